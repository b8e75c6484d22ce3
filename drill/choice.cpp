#include "drill/choice.hpp"

#include <fmt/format.h>

#include "analysis/timeline_text.hpp"

namespace breakglass::drill {
namespace {

using analysis::percent;

// The step that an order would go to; one past the last: the rollout is declared complete.
std::size_t step_after(const Drill& drill, const Action& a) {
  if (a.order == sim::Order::ship) return 0;
  if (!a.detail.empty()) return std::stoul(a.detail) - 1;
  const int next = drill.world.rollout.step + 1;
  return static_cast<std::size_t>(next);
}

const sim::StepParams* step_at(const Drill& drill, std::size_t step) {
  const auto& steps = drill.seat.params.steps;
  return step < steps.size() ? &steps[step] : nullptr;
}

std::string service(const Drill& drill) { return drill.scenario().params.change.service; }

std::string serving(const Drill& drill) {
  return fmt::format("{} of traffic on {}", percent(drill.world.rollout.weight), service(drill));
}

std::string step_text(const Drill& drill, std::size_t step) {
  const sim::StepParams* to = step_at(drill, step);
  if (to == nullptr) return "No schedule is chosen.";
  return fmt::format("{} of traffic on {} meets the change, for {}, step {} of {}.", percent(to->weight),
                     service(drill), analysis::short_time(sim::to_seconds(to->duration)), step + 1,
                     drill.seat.params.steps.size());
}

std::string promote_text(const Drill& drill, std::size_t step) {
  if (step_at(drill, step) != nullptr) return step_text(drill, step);
  return fmt::format("The rollout is declared over; the change keeps {}.", serving(drill));
}

std::string contain_text(const Drill& drill) {
  const int chosen = drill.seat.containment;
  if (chosen < 0) return "No mitigation is chosen.";
  const auto& m = drill.scenario().params.containment[static_cast<std::size_t>(chosen)];
  return fmt::format("{} stops {} of the ongoing harm{}.", m.id, percent(m.stops),
                     m.cost_per_request > 0 || m.cost_per_second > 0 ? ", at a cost while it is on" : "");
}

std::string order_effect(const Drill& drill, const Action& a) {
  using O = sim::Order;
  switch (a.order) {
    case O::ship: return step_text(drill, 0);
    case O::promote: return promote_text(drill, step_after(drill, a));
    case O::roll_back: return fmt::format("Takes {} back to 0%.", serving(drill));
    case O::contain: return contain_text(drill);
    case O::lift_containment: return "Switches the mitigation off; what it stopped goes on.";
    case O::run_gate: return "The evaluation runs before any traffic meets the change.";
    case O::ask_approval: return "Pages everybody whom the rule needs.";
    case O::coordinate: return "Waits for the other changes of the planned order.";
    case O::verify_rollback: return "Rehearses the way back before it is needed.";
    case O::communicate: return "Customers are told what happens.";
    case O::check_accounts: return "An approval counts only from its approver's own account.";
    case O::investigate: return "Somebody looks into what was flagged or suspected.";
    case O::verify_resolution: return "Somebody looks whether the harm has stopped.";
    case O::run_bypassed_gates: return "The evaluation that was bypassed runs now.";
    case O::fix_forward: return "A refinement is written while the change serves.";
    case O::hold_postmortem: return "The postmortem is called.";
  }
  return "";
}

std::string order_title(const Drill& drill, const Action& a) {
  using O = sim::Order;
  const sim::StepParams* to = step_at(drill, step_after(drill, a));
  switch (a.order) {
    case O::ship: return to == nullptr ? "Ship" : "Ship to " + percent(to->weight);
    case O::promote: return to == nullptr ? "Declare it done" : "Promote to " + percent(to->weight);
    case O::roll_back: return "Roll back";
    case O::contain: return "Contain";
    case O::lift_containment: return "Lift the containment";
    case O::run_gate: return "Run the evaluation";
    case O::ask_approval: return "Ask for approval";
    case O::coordinate: return "Coordinate";
    case O::verify_rollback: return "Verify the rollback";
    case O::communicate: return "Tell customers";
    case O::check_accounts: return "Check accounts";
    case O::investigate: return "Investigate";
    case O::verify_resolution: return "Verify the resolution";
    case O::run_bypassed_gates: return "Run the bypassed gates";
    case O::fix_forward: return "Fix forward";
    case O::hold_postmortem: return "Hold the postmortem";
  }
  return "";
}

std::string hold_text(const Drill& drill) {
  if (drill.world.rollout.weight > 0) return fmt::format("Stays at {}.", serving(drill));
  return "Nothing ships yet; the harm goes on.";
}

}  // namespace

std::string question_for(const Drill& drill, const Action& a) {
  if (a.verb == Verb::close)
    return "Close the drill? The team goes on from here; what you leave undone counts as left undone.";
  if (a.verb == Verb::refuse) return "Refuse? The change goes to the normal queue, and your part is over.";
  if (a.verb != Verb::order) return "";
  if (a.order == sim::Order::roll_back) {
    return fmt::format("Roll back {} from {}? The ongoing harm comes back.", service(drill),
                       percent(drill.world.rollout.weight));
  }
  if (a.order != sim::Order::ship && a.order != sim::Order::promote) return "";
  const sim::StepParams* to = step_at(drill, step_after(drill, a));
  if (to == nullptr || to->weight < 1) return "";
  return fmt::format("Put {} in front of 100% of traffic{}?", service(drill),
                     a.order == sim::Order::ship ? ", without any canary" : "");
}

Choice choice_of(const Drill& drill, const Action& a) {
  Choice choice{print_action(a), "", "", query(drill, a), question_for(drill, a)};
  if (a.verb == Verb::order) {
    choice.title = order_title(drill, a);
    choice.effect = order_effect(drill, a);
  } else if (a.verb == Verb::hold) {
    choice.title = "Hold";
    choice.effect = hold_text(drill);
  } else if (a.verb == Verb::close) {
    choice.title = "Close the drill";
    choice.effect = "Your part is over; the team goes on from here.";
  } else if (a.verb == Verb::refuse) {
    choice.title = "Refuse";
    choice.effect = "Not an emergency: the change goes to the normal queue.";
  } else {
    choice.title = choice.line;
  }
  return choice;
}

Choice choice_of(const Drill& drill, sim::Order order) {
  Action action;
  action.verb = Verb::order;
  action.order = order;
  return choice_of(drill, action);
}

std::vector<Choice> rollout_choices(const Drill& drill) {
  std::vector<Choice> out;
  if (drill.world.rollout.weight <= 0) {
    out.push_back(choice_of(drill, sim::Order::ship));
  } else {
    out.push_back(choice_of(drill, sim::Order::promote));
  }
  out.push_back(choice_of(drill, Action{}));  // hold
  out.push_back(choice_of(drill, sim::Order::roll_back));
  if (!drill.scenario().params.containment.empty()) {
    out.push_back(
        choice_of(drill, drill.world.record.contained ? sim::Order::lift_containment : sim::Order::contain));
  }
  return out;
}

}  // namespace breakglass::drill
