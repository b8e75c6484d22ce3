#include "drill/hindrance.hpp"

#include <fmt/format.h>

namespace breakglass::drill {
namespace {

std::string not_here(sim::Order order) {
  switch (order) {
    case sim::Order::contain:
    case sim::Order::lift_containment:
      return "no mitigation is chosen: `mitigate` chooses one, if there is any";
    case sim::Order::communicate: return "there is nobody to tell in this scenario";
    case sim::Order::coordinate: return "no other change waits in a planned order";
    default: return "this scenario has no evaluation";
  }
}

}  // namespace

std::string words_for(sim::Hindrance hindrance, sim::Order order) {
  using H = sim::Hindrance;
  switch (hindrance) {
    case H::none: return "";
    case H::over: return "the scenario is over";
    case H::not_here: return not_here(order);
    case H::no_change: return "no change is ready yet: the team is writing it";
    case H::no_schedule: return "there is no schedule: choose one, as in `schedule compressed-canary`";
    case H::nobody_needed: return "no approval rule is chosen: choose one with `rule`";
    case H::under_way: return "it is under way";
    case H::done: return "it is done";
    case H::nothing_serves: return "no traffic is on the change";
    case H::not_stepping: return "the change is not in its steps";
    case H::no_such_step: return "that step is behind, or the schedule does not have it";
    case H::coming_back: return "a rollback is under way";
    case H::no_attempts: return "no further change will be written";
    case H::not_complete: return "the rollout is not complete";
    case H::nothing_flagged: return "nothing has been flagged or suspected";
  }
  return "";
}

}  // namespace breakglass::drill
