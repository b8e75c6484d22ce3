// From the page to the first traffic on the change: triage, authoring, gate, approvals, coordination,
// verifying the rollback, waiting for the window, deploying. What the strategy bypasses is passed over.
#include <algorithm>

#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

// A gate that sends the same change back so often is no longer telling anything: the attempt is given up.
constexpr int kMaxRework = 60;

std::uint64_t attempt_of(const Run& run) { return static_cast<std::uint64_t>(run.world.draft.attempt); }
std::uint64_t rework_of(const Run& run) {
  return attempt_of(run) * 64 + static_cast<std::uint64_t>(run.world.draft.rework);
}

bool keeps(const Run& run, Stage stage) {
  const Strategy& strategy = run.strategy;
  switch (stage) {
    case Stage::eval_gate: return strategy.keeps_gate;
    case Stage::approvals: return !strategy.plan.empty();
    case Stage::coordination: return strategy.keeps_coordination;
    case Stage::verify_rollback: return strategy.params.verify_rollback;
    default: return true;
  }
}

void finish_after(Run& run, Duration time) { schedule(run, run.world.now + time, EventKind::stage_done); }

// Pages for one leaf of the plan, from the page number that was reached on.
void page_approver(Run& run, std::size_t i) {
  World& w = run.world;
  const Answer answer =
      answer_page(run.scenario.people, run.strategy.plan.leaves[i], run.scenario.clock, w.now,
                  w.draft.attempt, w.approvals.pages[i], draw_at(w, Question::answer_time, 0, 0));
  w.approvals.pages[i] = answer.pages;
  w.approvals.by[i] = answer.by;
  if (answer.at != kNever) schedule(run, answer.at, EventKind::answered, static_cast<int>(i));
}

// Pages those whose turn it is and who have not been paged.
void page_approvers(Run& run) {
  World& w = run.world;
  const std::uint32_t due = leaves_to_page(run.strategy.plan, w.approvals);
  for (std::size_t i = 0; i < run.strategy.plan.leaves.size(); ++i) {
    if ((due >> i & 1U) == 0) continue;
    w.approvals.asked |= 1U << i;
    note(run, ReasonKind::approval_asked, run.strategy.plan.leaves[i].person);
    page_approver(run, i);
  }
}

void ask_for_approval(Run& run) {
  run.world.approvals = {};
  run.world.approvals.asked_at = run.world.now;
  page_approvers(run);
}

// An approver counts once, in whoever's place they answered.
bool has_approved(const ApprovalState& state, std::int32_t who) {
  for (std::size_t i = 0; i < state.by.size(); ++i) {
    if ((state.approved >> i & 1U) != 0 && state.by[i] == who) return true;
  }
  return false;
}

void wait_for_window(Run& run) {
  World& w = run.world;
  const Time opens = next_start(run.scenario.calendar, run.scenario.clock, w.now, run.strategy.keeps_window,
                                run.strategy.keeps_freeze);
  if (opens == kNever) return abandon(run, 2);  // the calendar leaves no day in ten years
  if (opens > w.now) note(run, ReasonKind::waiting_for_window, -1, 0, to_seconds(opens - w.now));
  schedule(run, opens, EventKind::stage_done);
}

void coordinate(Run& run) {
  const CoordinationParams& coordination = *run.scenario.params.gates.coordination;
  Duration time{};
  for (std::int64_t i = 0; i < coordination.other_changes; ++i) {
    const Duration each = draw_time(run, coordination.time_each, Question::coordination_time,
                                    attempt_of(run) * 1024 + static_cast<std::uint64_t>(i));
    time = std::min(time + each, kFarthest);
  }
  finish_after(run, time);
}

void author_done(Run& run) {
  World& w = run.world;
  const std::int32_t hour = local_hour(run.scenario.clock, w.now);
  const bool at_night = hour >= 22 || hour < 6;
  const RegressionParams& regression = run.scenario.params.change.regression;
  w.draft.prior = regression_prior(regression, at_night, run.strategy.hasty);
  draw_truth(run.scenario.params.change, w.draft, draw_at(w, Question::regression, 0, 0));
  if (serves(run)) {
    // A refinement keeps what the change that serves has fixed, or does better.
    w.draft.effectiveness = std::max(w.draft.effectiveness, w.change.effectiveness);
  } else if (w.record.believes) {
    begin_belief(w.belief, w.draft.prior, run.scenario.shares);
  }
  note(run, ReasonKind::authored, -1, w.draft.rework, w.draft.prior);
}

// Returns whether the change passed.
bool gate_done(Run& run) {
  World& w = run.world;
  const EvalGateParams& gate = *run.scenario.params.gates.eval_gate;
  const double flag = w.draft.hypothesis > 0 ? gate.sensitivity : 1 - gate.specificity;
  if (uniform(draw_at(w, Question::gate_result, 0, rework_of(run))) < flag) {
    note(run, ReasonKind::gate_flagged, -1, ++w.draft.rework);
    if (w.draft.rework <= kMaxRework) {
      begin_stage(run, Stage::authoring);
    } else {
      abandon(run, 3);
    }
    return false;
  }
  if (w.record.believes && !serves(run)) observe_gate(w.belief, gate.specificity, 1 - gate.sensitivity);
  const double after = after_passing(w.draft.prior, gate.sensitivity, gate.specificity);
  note(run, ReasonKind::gate_passed, -1, 0, w.draft.prior, after);
  return true;
}

Stage next_stage(const Run& run, Stage stage) {
  auto next = static_cast<Stage>(static_cast<int>(stage) + 1);
  while (!keeps(run, next)) next = static_cast<Stage>(static_cast<int>(next) + 1);
  return next;
}

}  // namespace

void abandon(Run& run, int why) {
  run.world.rollout.stage = Stage::abandoned;
  note(run, ReasonKind::abandoned, -1, why);
}

bool serves(const Run& run) { return run.world.rollout.weight > 0; }

void note(Run& run, ReasonKind kind, int who, int n, double value, double value2) {
  if (!run.reasons) return;
  const World& w = run.world;
  const double belief = w.belief.hypotheses > 0 ? regression_probability(w.belief) : -1;
  run.reasons->push_back({w.now, kind, who, n, value, value2, 0, belief});
}

Duration draw_time(const Run& run, const Distribution& seconds, Question question, std::uint64_t index) {
  const double drawn = quantile(seconds, uniform(draw_at(run.world, question, 0, index)));
  return from_seconds(std::max(0.0, drawn));
}

void begin_stage(Run& run, Stage stage) {
  const ScenarioParams& p = run.scenario.params;
  run.world.rollout.stage = stage;
  switch (stage) {
    case Stage::triage:
      return finish_after(run, draw_time(run, p.response.triage, Question::triage_time, attempt_of(run)));
    case Stage::authoring:
      return finish_after(run, draw_time(run, p.change.author_time, Question::author_time, rework_of(run)));
    case Stage::eval_gate:
      return finish_after(run, draw_time(run, p.gates.eval_gate->time, Question::gate_time, rework_of(run)));
    case Stage::approvals: return ask_for_approval(run);
    case Stage::coordination: return coordinate(run);
    case Stage::verify_rollback: return finish_after(run, p.rollback.verify);
    case Stage::window: return wait_for_window(run);
    case Stage::deploying:
      note(run, ReasonKind::deploying);
      return finish_after(run, draw_time(run, p.response.deploy, Question::deploy_time, attempt_of(run)));
    case Stage::stepping: return begin_steps(run);
    case Stage::investigating:
      return finish_after(
          run, draw_time(run, p.response.investigate, Question::investigate_time, attempt_of(run)));
    case Stage::abandoned:
    case Stage::waiting:
    case Stage::rolling_back:
    case Stage::complete: return;
  }
}

void on_stage_done(Run& run) {
  World& w = run.world;
  const Stage stage = w.rollout.stage;
  switch (stage) {
    case Stage::triage:
      note(run, ReasonKind::triaged);
      begin_containment(run);
      if (!run.strategy.params.ships) {
        w.rollout.stage = Stage::waiting;
        return;
      }
      break;
    case Stage::authoring: author_done(run); break;
    case Stage::eval_gate:
      if (!gate_done(run)) return;
      break;
    case Stage::coordination: note(run, ReasonKind::coordinated); break;
    case Stage::verify_rollback:
      w.rollout.rollback_verified = true;
      note(run, ReasonKind::rollback_verified);
      break;
    case Stage::investigating:
      note(run, ReasonKind::investigated);
      w.draft.attempt = w.change.attempt + 1;
      w.draft.rework = 0;
      return begin_stage(run, Stage::authoring);
    default: break;
  }
  begin_stage(run, next_stage(run, stage));
}

void on_answered(Run& run, int person) {
  World& w = run.world;
  if (w.rollout.stage != Stage::approvals) return;  // enough others had answered before
  const auto i = static_cast<std::size_t>(person);
  const int asked = run.strategy.plan.leaves[i].person;
  if (has_approved(w.approvals, w.approvals.by[i])) {
    note(run, ReasonKind::answered_twice, asked, w.approvals.pages[i], w.approvals.by[i]);
    return page_approver(run, i);
  }
  w.approvals.approved |= 1U << i;
  note(run, ReasonKind::answered, asked, w.approvals.pages[i], w.approvals.by[i]);
  if (standing(run.strategy.plan, w.approvals) != Standing::approved) return page_approvers(run);
  w.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::answered; });
  note(run, ReasonKind::approved);
  begin_stage(run, next_stage(run, Stage::approvals));
}

}  // namespace breakglass::sim
