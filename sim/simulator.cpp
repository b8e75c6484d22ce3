#include "sim/simulator.hpp"

#include <algorithm>

#include "sim/kernel/check.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

void handle(Run& run, const Event& event) {
  switch (event.kind) {
    case EventKind::burst: return on_burst(run, event.who);
    case EventKind::onset: return on_onset(run);
    case EventKind::deadline: return on_deadline(run);
    case EventKind::contained: return on_contained(run);
    case EventKind::measure: return on_measure(run, event.who);
    case EventKind::look: return on_look(run);
    case EventKind::stage_done: return on_stage_done(run, static_cast<Stage>(event.who));
    case EventKind::answered: return on_answered(run, event.who);
    case EventKind::step_over: return on_step_over(run);
    case EventKind::rollback_tried: return on_rollback_tried(run);
    case EventKind::late_gate: return on_late_gate(run);
    case EventKind::late_investigated: return on_late_investigated(run);
    case EventKind::verified: return on_verified(run);
    case EventKind::communicated: return on_communicated(run);
    case EventKind::repaired: return on_repaired(run);
    case EventKind::ask_again: return on_ask_again(run);
    case EventKind::promoted: return on_promoted(run);
    case EventKind::rollback_decided: return on_rollback_decided(run);
    case EventKind::step_down: return on_step_down(run);
    case EventKind::postmortem_held: return on_postmortem(run);
    case EventKind::publish: return on_publish(run, event.who);
    case EventKind::glance: return on_glance(run);
    case EventKind::concern: return on_concern(run);
    case EventKind::concern_resolved: return on_concern_resolved(run);
    case EventKind::report_check: return on_report_check(run);
    case EventKind::report: return on_report(run, event.who);
    case EventKind::report_triaged: return on_report_triaged(run);
    case EventKind::reports_looked_into: return on_reports_looked_into(run);
  }
}

}  // namespace

void advance(const Scenario& scenario, const Strategy& strategy, World& world, Time until, Reasons* reasons) {
  Run run{scenario, strategy, world, reasons};
  until = std::min(until, horizon(scenario));
  while (world.queue.next_time() <= until) {
    const Scheduled<Event> next = world.queue.pop();
    BG_CHECK(next.at >= world.now, "an event lies in the past");
    world.now = next.at;
    handle(run, next.payload);
  }
  world.now = std::max(world.now, until);
}

World begin(const Scenario& scenario, const Strategy& strategy, const BeginOptions& options) {
  World world;
  world.seed = options.seed;
  world.replication = options.replication;
  world.record.believes = options.belief || strategy.params.pacing;
  world.seat.manned = options.manned;
  world.record.real = uniform(draw_at(world, Question::is_real, 0, 0)) < scenario.params.real;
  Run run{scenario, strategy, world, options.reasons};
  note(run, ReasonKind::paged);
  begin_traffic(run);
  begin_judging(run);
  if (options.manned || strategy.params.ships || strategy.containment >= 0) begin_stage(run, Stage::triage);
  return world;
}

Outcome outcome_of(const Scenario& scenario, const Strategy& strategy, World world) {
  Run run{scenario, strategy, world, nullptr};
  settle_harm(run);
  Outcome outcome;
  outcome.harm = world.ledger.harm;
  outcome.users_harmed = users_harmed(world.users, scenario.classes);
  outcome.requests_on_regression = world.record.requests_on_regression;
  outcome.shipped_at = world.record.shipped_at;
  outcome.full_at = world.record.full_at;
  outcome.closed_at = world.record.closed_at;
  outcome.flags = world.record.flags;
  if (!world.record.real) outcome.flags |= static_cast<std::uint32_t>(Flag::false_alarm);
  if (world.ledger.last_above < world.now) {
    outcome.harm_stopped_at = world.ledger.last_above;
    outcome.flags |= static_cast<std::uint32_t>(Flag::harm_stopped);
  }
  return outcome;
}

Outcome simulate(const Scenario& scenario, const Strategy& strategy, std::uint64_t seed,
                 std::uint32_t replication) {
  World world = begin(scenario, strategy, {.seed = seed, .replication = replication});
  advance(scenario, strategy, world, horizon(scenario));
  return outcome_of(scenario, strategy, world);
}

}  // namespace breakglass::sim
