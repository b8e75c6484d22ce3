#include "drill/valuing.hpp"

#include <algorithm>

#include "sim/command.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

double harm_at_end(const sim::Scenario& scenario, const sim::Strategy& strategy, sim::World world) {
  sim::advance(scenario, strategy, world, sim::horizon(scenario));
  return sim::total_harm(sim::outcome_of(scenario, strategy, std::move(world)));
}

// Nobody decides until something asks for it, or for so long.
void leave_seat(const DecisionPoint& point, sim::World& world, const Wait& wait) {
  const sim::Scenario& scenario = point.at.scenario();
  const sim::Time last = std::min(world.now + wait.at_most, sim::Time{sim::horizon(scenario)});
  sim::Reasons reasons;
  while (world.now < last) {
    sim::advance(scenario, point.seat, world, std::min(world.queue.next_time(), last), &reasons);
    const bool asked = std::any_of(reasons.begin(), reasons.end(), [&](const sim::Reason& r) {
      return asks_for_decision(r.kind, point.decider != nullptr);
    });
    if (asked) return;
    reasons.clear();
  }
}

void give(const DecisionPoint& point, const sim::Strategy& seat, sim::World& world,
          const sim::Command& command) {
  const sim::Scenario& scenario = point.at.scenario();
  if (sim::query(scenario, seat, world, command) == sim::Hindrance::none)
    sim::submit(scenario, seat, world, command);
}

// The harm at the horizon if the reference goes on from a world.
double harm_of_going_on(const DecisionPoint& point, const sim::Strategy& during, sim::World world) {
  const sim::Scenario& scenario = point.at.scenario();
  const bool under_way = is_under_way(world);
  if (point.decider)
    return harm_of_deciding(scenario, under_way ? during : point.before_manned, point.decider,
                            std::move(world));
  const sim::Strategy& next = under_way ? during : point.before;
  if (next.params.communicate) give(point, next, world, {sim::Order::communicate, -1});
  if (next.containment >= 0 && !under_way) give(point, next, world, {sim::Order::contain, -1});
  // Approvers who are being asked are those of the trainee's rule.
  if (!under_way && is_busy(world.seat, sim::Stage::approvals)) {
    sim::Strategy asked = next;
    asked.plan = point.seat.plan;
    sim::hand_over(scenario, asked, world);
    return harm_at_end(scenario, asked, std::move(world));
  }
  sim::hand_over(scenario, next, world);
  return harm_at_end(scenario, next, std::move(world));
}

// The trainee's action.
Option chosen_option(const DecisionPoint& point) {
  Option chosen;
  chosen.name = "wait";
  chosen.chosen = true;
  if (point.entry >= 0) {
    const Action& action = point.at.entries[static_cast<std::size_t>(point.entry)].action;
    chosen.name = print_action(action);
    if (action.verb == Verb::refuse) chosen.kind = Option::Kind::refuse;
    if (action.verb == Verb::close) chosen.kind = Option::Kind::leave;
    if (action.verb == Verb::order) {
      chosen.kind = Option::Kind::order;
      chosen.command = command_of(action);
    }
  }
  if (chosen.kind == Option::Kind::reference || chosen.kind == Option::Kind::order)
    chosen.wait = Wait{point.acts_next ? point.until_next : sim::horizon(point.at.scenario())};
  return chosen;
}

Option order_option(std::string name, sim::Order order, int step) {
  Option option;
  option.kind = Option::Kind::order;
  option.name = std::move(name);
  option.command = {order, step};
  return option;
}

Option other_option(std::string name, Option::Kind kind) {
  Option option;
  option.kind = kind;
  option.name = std::move(name);
  return option;
}

}  // namespace

bool asks_for_decision(sim::ReasonKind kind, bool every_reading) {
  using enum sim::ReasonKind;
  switch (kind) {
    case published: return every_reading;
    case authored:
    case gate_passed:
    case gate_flagged:
    case approved:
    case refused:
    case caught:
    case step_over:
    case verdict_failed:
    case verdict_error:
    case concern_raised:
    case concern_real:
    case concern_false:
    case report_triaged:
    case late_gate_passed:
    case late_gate_flagged:
    case late_real:
    case late_false:
    case resolution_verified:
    case not_resolved:
    case rolled_back:
    case complete: return true;
    default: return false;
  }
}

double harm_of_option(const DecisionPoint& point, const Option& option, sim::World world) {
  const sim::Scenario& scenario = point.at.scenario();
  if (option.kind == Option::Kind::leave) {
    const sim::Strategy way = hand_over(point.at, point.seat, world, /*refused=*/false);
    return harm_at_end(scenario, way, std::move(world));
  }
  if (option.kind == Option::Kind::refuse) {
    sim::hand_over(scenario, point.normal, world);
    return harm_at_end(scenario, point.normal, std::move(world));
  }
  if (option.kind == Option::Kind::order) give(point, point.seat, world, option.command);
  if (option.wait) leave_seat(point, world, *option.wait);
  return harm_of_going_on(point, option.chosen ? point.during_after : point.during, std::move(world));
}

std::vector<Option> options_of(const DecisionPoint& point) {
  const Drill& at = point.at;
  std::vector<Option> out;
  const Option chosen = chosen_option(point);
  out.push_back(chosen);
  out.push_back(other_option("go on as the reference", Option::Kind::reference));
  if (chosen.kind == Option::Kind::leave) return out;
  const auto possible = [&](sim::Order order) {
    return sim::query(at.scenario(), point.seat, at.world, {order, -1}) == sim::Hindrance::none;
  };
  const auto add = [&](sim::Order order, const char* name, int step = -1) {
    if (!possible(order)) return;
    if (chosen.kind == Option::Kind::order && chosen.command.order == order && chosen.command.step == step)
      return;
    out.push_back(order_option(name, order, step));
  };
  add(sim::Order::ship, "ship");
  add(sim::Order::promote, "promote");
  const int last = static_cast<int>(point.seat.params.steps.size()) - 1;
  if (at.world.rollout.step >= 0 && at.world.rollout.step + 1 < last)
    add(sim::Order::promote, "promote to everybody", last);
  add(sim::Order::roll_back, "roll-back");
  add(sim::Order::contain, "contain");
  if (at.world.rollout.weight <= 0 && chosen.kind != Option::Kind::refuse)
    out.push_back(other_option("refuse", Option::Kind::refuse));
  if (chosen.name != "wait" && at.world.rollout.weight > 0) {
    out.push_back(other_option("wait for news", Option::Kind::reference));
    out.back().wait = Wait{sim::horizon(at.scenario())};
  }
  return out;
}

}  // namespace breakglass::drill
