#include "sim/command.hpp"

#include "sim/kernel/check.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

bool is_pending(const World& world, EventKind kind) {
  bool found = false;
  world.queue.for_each_in_order([&](const auto& event) { found |= event.payload.kind == kind; });
  return found;
}

bool comes_back(const World& world) {
  return world.rollout.stage == Stage::deciding || world.rollout.stage == Stage::rolling_back;
}

// Of work that is done beside the rollout, for the change that is ready.
Hindrance beside(const World& world, Stage stage) {
  if (!world.seat.ready) return Hindrance::no_change;
  if (is_busy(world.seat, stage)) return Hindrance::under_way;
  return is_done(world.seat, stage) ? Hindrance::done : Hindrance::none;
}

Hindrance may_gate(const Scenario& scenario, const World& world) {
  return scenario.params.gates.eval_gate ? beside(world, Stage::eval_gate) : Hindrance::not_here;
}

Hindrance may_ask(const Strategy& strategy, const World& world) {
  return strategy.plan.empty() ? Hindrance::nobody_needed : beside(world, Stage::approvals);
}

Hindrance may_coordinate(const Scenario& scenario, const World& world) {
  const auto& coordination = scenario.params.gates.coordination;
  if (!coordination || coordination->other_changes == 0) return Hindrance::not_here;
  return beside(world, Stage::coordination);
}

// The way back can be rehearsed before there is a change: it leads to the version that serves.
Hindrance may_verify_rollback(const World& world) {
  if (is_busy(world.seat, Stage::verify_rollback)) return Hindrance::under_way;
  return world.rollout.rollback_verified ? Hindrance::done : Hindrance::none;
}

Hindrance may_communicate(const Scenario& scenario, const World& world) {
  if (!scenario.params.communication) return Hindrance::not_here;
  if (world.record.informed) return Hindrance::done;
  return is_pending(world, EventKind::communicated) ? Hindrance::under_way : Hindrance::none;
}

Hindrance may_contain(const Strategy& strategy, const World& world) {
  if (strategy.containment < 0) return Hindrance::not_here;
  if (world.record.contained) return Hindrance::done;
  return is_pending(world, EventKind::contained) ? Hindrance::under_way : Hindrance::none;
}

Hindrance may_lift(const Strategy& strategy, const World& world) {
  if (strategy.containment < 0) return Hindrance::not_here;
  const bool on = world.record.contained || is_pending(world, EventKind::contained);
  return on ? Hindrance::none : Hindrance::done;
}

Hindrance may_ship(const Strategy& strategy, const World& world) {
  if (comes_back(world)) return Hindrance::coming_back;
  const Stage stage = world.rollout.stage;
  if (stage == Stage::deploying || stage == Stage::stepping) return Hindrance::under_way;
  if (!world.seat.ready) return Hindrance::no_change;
  return strategy.params.steps.empty() ? Hindrance::no_schedule : Hindrance::none;
}

Hindrance may_promote(const Strategy& strategy, const World& world, int step) {
  if (world.rollout.stage != Stage::stepping) return Hindrance::not_stepping;
  if (world.rollout.promoting) return Hindrance::under_way;
  const int next = step < 0 ? world.rollout.step + 1 : step;
  const bool exists = next > world.rollout.step && next <= static_cast<int>(strategy.params.steps.size());
  return exists ? Hindrance::none : Hindrance::no_such_step;
}

Hindrance may_roll_back(const World& world) {
  if (comes_back(world)) return Hindrance::coming_back;
  return world.rollout.weight > 0 ? Hindrance::none : Hindrance::nothing_serves;
}

Hindrance may_investigate(const World& world) {
  if (comes_back(world)) return Hindrance::coming_back;
  if (world.rollout.weight <= 0) return Hindrance::nothing_serves;
  const bool looking = is_pending(world, EventKind::concern_resolved) ||
                       is_pending(world, EventKind::late_investigated) || world.reports.looked_into;
  if (looking) return Hindrance::under_way;
  const bool suspicion = world.seat.flagged || world.watchers.concerns > 0 || world.reports.triaged > 0;
  if (world.seat.looked_into) return Hindrance::done;
  return suspicion ? Hindrance::none : Hindrance::nothing_flagged;
}

Hindrance may_verify_resolution(const World& world) {
  if (world.rollout.weight <= 0) return Hindrance::nothing_serves;
  return is_pending(world, EventKind::verified) ? Hindrance::under_way : Hindrance::none;
}

Hindrance may_run_late(const Scenario& scenario, const World& world) {
  if (!scenario.params.gates.eval_gate) return Hindrance::not_here;
  if (world.rollout.weight < 1) return Hindrance::not_complete;
  if (is_pending(world, EventKind::late_gate)) return Hindrance::under_way;
  return world.record.gates_ran || world.seat.flagged ? Hindrance::done : Hindrance::none;
}

Hindrance may_fix_forward(const Strategy& strategy, const World& world) {
  if (comes_back(world)) return Hindrance::coming_back;
  if (world.rollout.stage != Stage::complete) return Hindrance::not_complete;
  return world.change.attempt + 1 < strategy.params.max_attempts ? Hindrance::none : Hindrance::no_attempts;
}

Hindrance may_close(const World& world) {
  if (world.record.closed_at != kNever) return Hindrance::done;
  return is_pending(world, EventKind::postmortem_held) ? Hindrance::under_way : Hindrance::none;
}

// What is under way beside it goes on; a wait for the window begins anew, because it may be bypassed by now.
void ship(Run& run) {
  cancel_stage(run, Stage::window);
  begin_stage(run, Stage::window);
}

// A person may promote before the step has lasted its time: its end is then of no interest any more.
void promote(Run& run, int step) {
  cancel(run, EventKind::step_over);
  promote_to(run, step < 0 ? run.world.rollout.step + 1 : step);
}

void investigate(Run& run) {
  World& w = run.world;
  w.seat.looked_into = true;
  if (w.seat.flagged) return begin_investigating(run);
  if (w.reports.triaged > 0) return look_into_reports(run);
  w.watchers.concern = Concern::investigated;
  look_into_again(run);
}

// What the evaluation after promotion has flagged is looked into; where it has not run it is begun.
void take_over_gate(Run& run) {
  const World& w = run.world;
  const bool in_hand = is_pending(w, EventKind::late_gate) || is_pending(w, EventKind::late_investigated);
  if (w.record.gates_ran || in_hand) return;
  if (w.seat.flagged) return begin_investigating(run);
  begin_late_gate(run);
}

}  // namespace

void look_into_again(Run& run) {
  World& w = run.world;
  const Distribution& time = run.scenario.params.response.investigate;
  const auto index = static_cast<std::uint64_t>(w.now.count());
  schedule(run, w.now + stretched(run, draw_time(run, time, Question::concern_time, index)),
           EventKind::concern_resolved);
}

Hindrance query(const Scenario& scenario, const Strategy& strategy, const World& world,
                const Command& command) {
  if (world.now >= horizon(scenario)) return Hindrance::over;
  switch (command.order) {
    case Order::run_gate: return may_gate(scenario, world);
    case Order::ask_approval: return may_ask(strategy, world);
    case Order::coordinate: return may_coordinate(scenario, world);
    case Order::verify_rollback: return may_verify_rollback(world);
    case Order::communicate: return may_communicate(scenario, world);
    case Order::contain: return may_contain(strategy, world);
    case Order::lift_containment: return may_lift(strategy, world);
    case Order::check_accounts: return world.seat.distrusted ? Hindrance::done : Hindrance::none;
    case Order::ship: return may_ship(strategy, world);
    case Order::promote: return may_promote(strategy, world, command.step);
    case Order::roll_back: return may_roll_back(world);
    case Order::investigate: return may_investigate(world);
    case Order::verify_resolution: return may_verify_resolution(world);
    case Order::run_bypassed_gates: return may_run_late(scenario, world);
    case Order::fix_forward: return may_fix_forward(strategy, world);
    case Order::hold_postmortem: return may_close(world);
  }
  return Hindrance::not_here;
}

void submit(const Scenario& scenario, const Strategy& strategy, World& world, const Command& command,
            Reasons* reasons) {
  BG_CHECK(query(scenario, strategy, world, command) == Hindrance::none, "an impossible order is given");
  Run run{scenario, strategy, world, reasons};
  switch (command.order) {
    case Order::run_gate: return begin_beside(run, Stage::eval_gate);
    case Order::ask_approval: return begin_beside(run, Stage::approvals);
    case Order::coordinate: return begin_beside(run, Stage::coordination);
    case Order::verify_rollback: return begin_beside(run, Stage::verify_rollback);
    case Order::communicate: return begin_communication(run);
    case Order::contain: return begin_containment(run);
    case Order::lift_containment: return end_containment(run);
    case Order::check_accounts: return distrust_accounts(run);
    case Order::ship: return ship(run);
    case Order::promote: return promote(run, command.step);
    case Order::roll_back: return ask_rollback(run, kByPerson);
    case Order::investigate: return investigate(run);
    case Order::verify_resolution: return begin_verifying(run);
    case Order::run_bypassed_gates: return run_late_gate(run);
    case Order::fix_forward: return begin_refining(run);
    case Order::hold_postmortem: return hold_postmortem(run);
  }
}

void hand_over(const Scenario& scenario, const Strategy& strategy, World& world, Reasons* reasons) {
  Run run{scenario, strategy, world, reasons};
  world.seat.manned = false;
  const bool overdue = world.seat.step_over;
  world.seat.step_over = false;
  const Stage stage = world.rollout.stage;
  if (stage == Stage::window || stage == Stage::deploying) return;  // it is on its way, and goes on by itself
  if (world.seat.ready) return begin_stage(run, next_stage(run, Stage::authoring));
  if (world.rollout.stage == Stage::stepping) {
    act_on_reports(run);
    if (world.rollout.stage != Stage::stepping) return;
    remeasure(run);
    if (overdue) schedule(run, world.now, EventKind::step_over);
    if (world.rollout.weight >= 1) take_over_gate(run);
    return;
  }
  if (world.rollout.stage != Stage::complete) return;
  end_containment(run);
  take_over_gate(run);
  if (!is_pending(world, EventKind::verified)) begin_verifying(run);
  act_on_reports(run);
}

}  // namespace breakglass::sim
