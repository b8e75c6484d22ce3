// Asking for approval: who is paged, what they say, and what a refusal does.
#include <algorithm>

#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

const ApprovalLeaf& leaf_at(const Run& run, std::size_t i) { return run.strategy.plan.leaves[i]; }

void set_bit(std::uint32_t& bits, std::size_t i, bool on) {
  bits = (bits & ~(1U << i)) | (on ? 1U << i : 0U);
}

// Sends the next page for one leaf of the plan; what becomes of it is known later.
void page(Run& run, std::size_t i, int person) {
  World& w = run.world;
  ApprovalState& state = w.approvals;
  state.by[i] = person;
  if (state.pages[i] >= kMaxPages) return;  // for good
  const bool called = (state.called >> i & 1U) != 0;
  const Page sent =
      send_page(run.scenario.people, leaf_at(run, i), person, run.scenario.clock, w.now, w.draft.attempt,
                state.pages[i]++, called, draw_at(w, Question::answer_time, 0, 0));
  set_bit(state.missed, i, sent.reply == Reply::missed);
  set_bit(state.impostor, i, sent.reply == Reply::impostor);
  schedule(run, sent.at, EventKind::answered, static_cast<int>(i));
}

void page_approver(Run& run, std::size_t i) { page(run, i, leaf_at(run, i).person); }

// What has become of the last page for a leaf.
Reply reply_to(const Run& run, std::size_t i) {
  const ApprovalState& state = run.world.approvals;
  if ((state.impostor >> i & 1U) != 0) return Reply::impostor;
  if ((state.missed >> i & 1U) != 0) return Reply::missed;
  const Approver& who = run.scenario.people[static_cast<std::size_t>(state.by[i])];
  return holds(who.authority, leaf_at(run, i).needed) ? Reply::answered : Reply::without_authority;
}

// A page that was not answered by somebody who counts goes on to the next.
void pass_on(Run& run, std::size_t i, Reply reply) {
  const ApprovalState& state = run.world.approvals;
  const int next = next_paged(run.scenario.people, leaf_at(run, i), state.by[i], reply);
  const ReasonKind told = reply == Reply::missed ? ReasonKind::page_missed : ReasonKind::passed_on;
  note(run, told, state.by[i], state.pages[i], next);
  page(run, i, next);
}

// Pages those whose turn it is and who have not been paged.
void page_due(Run& run) {
  World& w = run.world;
  const std::uint32_t due = leaves_to_page(run.strategy.plan, w.approvals);
  for (std::size_t i = 0; i < run.strategy.plan.leaves.size(); ++i) {
    if ((due >> i & 1U) == 0) continue;
    w.approvals.asked |= 1U << i;
    note(run, ReasonKind::approval_asked, leaf_at(run, i).person);
    page_approver(run, i);
  }
}

// An approver counts once. Where somebody's approval counts already; -1: nowhere.
int place_of(const ApprovalState& state, std::int32_t who) {
  for (std::size_t i = 0; i < state.by.size(); ++i) {
    if ((state.approved >> i & 1U) != 0 && state.by[i] == who) return static_cast<int>(i);
  }
  return -1;
}

void stop_asking(Run& run) { cancel(run, EventKind::answered); }

void refuse(Run& run) {
  World& w = run.world;
  stop_asking(run);
  flag(run, Flag::approval_refused);
  note(run, ReasonKind::refused, -1, w.rollout.asks);
  if (manned(run)) return clear_busy(w.seat, Stage::approvals, false);
  switch (run.strategy.params.on_refusal) {
    case OnRefusal::ask_again:
      if (w.rollout.asks >= kMaxAsks) return abandon(run, 4);
      return schedule(run, w.now + run.strategy.params.ask_again, EventKind::ask_again);
    case OnRefusal::give_up: return abandon(run, 4);
    case OnRefusal::ship:
      flag(run, Flag::shipped_unapproved);
      note(run, ReasonKind::shipped_unapproved);
      return begin_stage(run, next_stage(run, Stage::approvals));
  }
}

void approve(Run& run) {
  World& w = run.world;
  stop_asking(run);
  if (w.record.believes && !serves(run) && w.draft.reviewed < 1) {
    observe_gate(w.belief, 1, w.draft.reviewed);
  }
  note(run, ReasonKind::approved);
  if (is_busy(w.seat, Stage::approvals)) clear_busy(w.seat, Stage::approvals, true);
  if (!manned(run) && w.rollout.stage == Stage::approvals)
    begin_stage(run, next_stage(run, Stage::approvals));
}

void count_approval(Run& run, std::size_t i) {
  World& w = run.world;
  w.approvals.approved |= 1U << i;
  if (standing(run.strategy.plan, w.approvals) == Standing::approved) return approve(run);
  page_due(run);
}

// Whoever stood in for somebody and is then asked for themselves counts in their own place, which nobody else
// may be able to fill; the other one is open again.
void take_own_place(Run& run, std::size_t from, std::size_t own) {
  World& w = run.world;
  w.approvals.approved &= ~(1U << from);
  w.approvals.asked &= ~(1U << from);
  note(run, ReasonKind::took_own_place, leaf_at(run, own).person, leaf_at(run, from).person);
  count_approval(run, own);
}

// A false approval has been noticed: the page stands, and the next answer comes from the person.
void ask_in_person(Run& run, std::size_t i) {
  note(run, ReasonKind::impostor_noticed, run.world.approvals.by[i]);
  set_bit(run.world.approvals.called, i, true);
  page_approver(run, i);
}

// An approval from somebody else's account: either it is noticed and the page stands, or it counts.
void answered_by_impostor(Run& run, std::size_t i) {
  const int asked = leaf_at(run, i).person;
  if (run.strategy.params.check_identity || run.world.seat.distrusted) {
    return ask_in_person(run, i);
  }
  flag(run, Flag::shipped_unapproved);
  note(run, ReasonKind::impostor_believed, asked, run.world.approvals.pages[i], run.world.approvals.by[i]);
  count_approval(run, i);
}

}  // namespace

void ask_approvers(Run& run) {
  World& w = run.world;
  ApprovalState fresh;
  fresh.asked_at = w.now;
  // Who is asked once more, for the same attempt, gets further pages, with answers of their own.
  if (w.rollout.asks++ > 0) {
    fresh.pages = w.approvals.pages;
    fresh.called = w.approvals.called;
  }
  w.approvals = fresh;
  page_due(run);
}

void distrust_accounts(Run& run) {
  World& w = run.world;
  w.seat.distrusted = true;
  for (std::size_t i = 0; i < run.strategy.plan.leaves.size(); ++i) {
    const std::uint32_t bit = 1U << i;
    if ((w.approvals.approved & w.approvals.impostor & bit) == 0) continue;
    w.approvals.approved &= ~bit;
    w.seat.done &= ~bit_of(Stage::approvals);
    set_busy(w.seat, Stage::approvals);
    ask_in_person(run, i);
  }
}

void page_again(Run& run, int leaf) {
  ApprovalState& state = run.world.approvals;
  const auto i = static_cast<std::size_t>(leaf);
  --state.pages[i];
  page(run, i, state.by[i]);
}

void on_ask_again(Run& run) {
  note(run, ReasonKind::asked_again, -1, run.world.rollout.asks + 1);
  ask_approvers(run);
}

void on_answered(Run& run, int leaf) {
  World& w = run.world;
  if (w.rollout.stage != Stage::approvals && !is_busy(w.seat, Stage::approvals))
    return;  // enough others had answered before
  const auto i = static_cast<std::size_t>(leaf);
  const Reply reply = reply_to(run, i);
  if (reply == Reply::impostor) return answered_by_impostor(run, i);
  if (reply != Reply::answered) return pass_on(run, i, reply);
  const int asked = leaf_at(run, i).person;
  const int by = w.approvals.by[i];
  const int pages = w.approvals.pages[i];
  if (const int place = place_of(w.approvals, by); place >= 0) {
    if (by == asked) return take_own_place(run, static_cast<std::size_t>(place), i);
    note(run, ReasonKind::answered_twice, asked, pages, by);
    return page_approver(run, i);
  }
  const Approver& person = run.scenario.people[static_cast<std::size_t>(by)];
  // Whoever reviews reads the change itself, and asks what the emergency is: how well they see is drawn.
  switch (say(person, by, w.record.real, w.draft.hypothesis > 0, w.draft.attempt, pages,
              draw_at(w, Question::answer_declined, 0, 0))) {
    case Saying::approves:
      note(run, ReasonKind::answered, asked, pages, by);
      w.draft.reviewed *= 1 - person.catches;
      return count_approval(run, i);
    case Saying::catches:
      note(run, ReasonKind::caught, asked, pages, by);
      stop_asking(run);
      return rework(run);
    case Saying::sees_through:
    case Saying::declines:
      note(run, ReasonKind::declined, asked, pages, by);
      w.approvals.refused |= 1U << i;
      if (standing(run.strategy.plan, w.approvals) == Standing::refused) return refuse(run);
      return page_due(run);
  }
}

}  // namespace breakglass::sim
