#include "drill/handover.hpp"

#include "drill/arrange.hpp"
#include "sim/command.hpp"

namespace breakglass::drill {
namespace {

// What the team does of itself is what a strategy does that says nothing about it.
sim::Strategy with_team(const sim::Strategy& seat) {
  const sim::StrategyParams habits;
  sim::Strategy own = seat;
  own.params.max_attempts = habits.max_attempts;
  own.params.monitoring.reports_to_act = habits.monitoring.reports_to_act;
  own.params.on_late_regression = habits.on_late_regression;
  return own;
}

}  // namespace

bool is_under_way(const sim::World& world) {
  switch (world.rollout.stage) {
    case sim::Stage::window:
    case sim::Stage::deploying:
    case sim::Stage::stepping:
    case sim::Stage::deciding:
    case sim::Stage::rolling_back:
    case sim::Stage::complete: return true;
    default: return world.rollout.weight > 0;
  }
}

sim::Strategy hand_over(const Drill& drill, const sim::Strategy& seat, sim::World& world, bool refused) {
  const bool under_way = is_under_way(world) && !refused;
  sim::Strategy way = under_way ? with_team(seat) : normal_way(drill);
  if (!under_way) {
    if (seat.containment >= 0) way.containment = seat.containment;
    // Approvers who are being asked are those of the trainee's rule.
    if (is_busy(world.seat, sim::Stage::approvals)) way.plan = seat.plan;
  }
  sim::hand_over(drill.scenario(), way, world);
  return way;
}

}  // namespace breakglass::drill
