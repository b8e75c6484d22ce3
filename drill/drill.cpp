#include "drill/drill.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/timeline_text.hpp"
#include "drill/arrange.hpp"
#include "drill/handover.hpp"
#include "drill/hindrance.hpp"
#include "drill/view.hpp"
#include "sim/command.hpp"
#include "sim/kernel/check.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

// Puts what has just happened into words: by what is arranged now, which may be something else later.
void tell(Drill& drill) {
  for (; drill.told_until < drill.reasons.size(); ++drill.told_until) {
    const sim::Reason& reason = drill.reasons[drill.told_until];
    if (is_news(reason))
      drill.told.push_back({reason.at, analysis::describe(drill.scenario(), drill.seat, reason)});
  }
}

sim::Time next_fact(const Drill& drill) {
  sim::Time next = sim::kNever;
  for (const auto& fact : drill.scenario().params.brief.facts) {
    if (fact.at > drill.world.now) next = std::min(next, sim::Time{fact.at});
  }
  return next;
}

void take_note(Drill& drill, const Action& a) {
  Notes& notes = drill.notes;
  switch (a.verb) {
    case Verb::classify:
      for (const sim::EnumName& name : names(sim::Category{})) {
        if (name.text == a.subject) notes.category = static_cast<sim::Category>(name.value);
      }
      notes.classified_at = drill.world.now;
      return;
    case Verb::believe:
      if (a.regression >= 0) notes.regression = a.regression;
      if (a.real >= 0) notes.real = a.real;
      return;
    case Verb::refuse:
      notes.refused = true;
      notes.refusal = a.reason;
      notes.closed_at = drill.world.now;
      return;
    case Verb::review: {
      const auto at = std::find_if(notes.review.begin(), notes.review.end(),
                                   [&](const auto& answer) { return answer.first == a.subject; });
      if (at != notes.review.end())
        at->second = a.reason;
      else
        notes.review.emplace_back(a.subject, a.reason);
      return;
    }
    case Verb::close:
      notes.closed = true;
      notes.closed_at = drill.world.now;
      return;
    default: return;
  }
}

}  // namespace

// Which of the things that happen ask for attention: everything but readings of the dashboards.
bool is_news(const sim::Reason& reason) { return reason.kind != sim::ReasonKind::published; }

Drill begin_drill(std::shared_ptr<const scenarios::LoadedScenario> loaded, const Setup& setup) {
  Drill drill;
  drill.loaded = std::move(loaded);
  drill.setup = setup;
  drill.seat = empty_seat(drill.scenario());
  drill.world = sim::begin(drill.scenario(), drill.seat,
                           {.seed = setup.seed,
                            .replication = setup.replication,
                            .manned = true,
                            .belief = true,
                            .reasons = &drill.reasons});
  tell(drill);
  drill.desk = open_desk(drill.scenario(), drill.world);
  drill.planned = setup.injects;
  apply_planned(drill);
  turn_luck(drill);
  return drill;
}

std::string query(const Drill& drill, const Action& action) {
  if (is_over(drill)) return "the drill is over: `debrief` shows what it came to";
  if (action.verb == Verb::refuse && drill.world.rollout.weight > 0)
    return "the change is in front of traffic already; roll it back first";
  if (action.verb == Verb::inject) return query_inject(drill, action);
  if (action.verb == Verb::answer || action.verb == Verb::status) return query_desk(drill, action);
  if (action.verb != Verb::order) return query_arrangement(drill, action);
  const sim::Command command = command_of(action);
  return words_for(sim::query(drill.scenario(), drill.seat, drill.world, command), command.order);
}

void submit(Drill& drill, const Action& action) {
  BG_CHECK(query(drill, action).empty(), "an action that is not possible is submitted");
  drill.entries.push_back({drill.world.now, action, fingerprint(look(drill))});
  if (action.verb == Verb::order) {
    sim::submit(drill.scenario(), drill.seat, drill.world, command_of(action), &drill.reasons);
    // What it brings about at once happens before anything else is done at the same moment: also in a replay.
    sim::advance(drill.scenario(), drill.seat, drill.world, drill.world.now, &drill.reasons);
    tell(drill);
  } else if (action.verb == Verb::inject) {
    apply_inject(drill, action);
  } else {
    arrange(drill, action);
    take_note(drill, action);
    submit_desk(drill, action);
  }
  turn_luck(drill);
}

void wait_until(Drill& drill, sim::Time until) {
  const auto& branch = drill.setup.branch;
  while (!is_over(drill)) {
    // In the order in which things happen, however long the wait is that they happen in.
    sim::Time stop = std::min({until, next_planned(drill), next_at_desk(drill)});
    if (branch && !drill.has_turned && drill.world.now < branch->at) stop = std::min(stop, branch->at);
    sim::advance(drill.scenario(), drill.seat, drill.world, stop, &drill.reasons);
    tell(drill);
    catch_up(drill);
    apply_planned(drill);
    turn_luck(drill);
    if (stop >= until) return;
  }
}

void wait_for_news(Drill& drill, sim::Time at_most) {
  const std::size_t heard = drill.told.size();
  const sim::Time last = std::min({at_most, next_fact(drill), sim::Time{sim::horizon(drill.scenario())}});
  while (drill.world.now < last && !is_over(drill)) {
    wait_until(drill, std::min({drill.world.queue.next_time(), next_at_desk(drill), last}));
    if (drill.told.size() > heard) return;
  }
}

bool is_over(const Drill& drill) {
  return drill.notes.closed || drill.notes.refused || drill.world.now >= sim::horizon(drill.scenario());
}

sim::World run_out(const Drill& drill) {
  Drill rest = drill;
  const sim::Strategy way = hand_over(drill, drill.seat, rest.world, drill.notes.refused);
  keep_wakes(rest);
  while (next_planned(rest) < sim::horizon(rest.scenario())) {
    sim::advance(rest.scenario(), way, rest.world, next_planned(rest));
    apply_planned(rest);
  }
  sim::advance(rest.scenario(), way, rest.world, sim::horizon(rest.scenario()));
  return rest.world;
}

std::string_view phase_of(const Drill& drill) {
  const sim::World& w = drill.world;
  if (is_over(drill)) return "debrief";
  if (w.rollout.weight > 0) return w.rollout.stage == sim::Stage::complete ? "close" : "roll out";
  if (!drill.notes.category) return w.rollout.stage == sim::Stage::triage ? "page" : "classify";
  if (drill.seat.params.bypasses.empty() && drill.seat.plan.empty()) return "scope";
  return is_done(w.seat, sim::Stage::approvals) ? "prepare" : "approve";
}

}  // namespace breakglass::drill
