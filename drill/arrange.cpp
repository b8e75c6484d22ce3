#include "drill/arrange.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

template <class List>
std::string names_in(const List& list) {
  std::string out;
  for (const auto& item : list) out += (out.empty() ? "" : ", ") + item.id;
  return out.empty() ? "none" : out;
}

template <class List>
bool has_id(const List& list, const std::string& id) {
  return std::any_of(list.begin(), list.end(), [&](const auto& item) { return item.id == id; });
}

bool rolls_out(const sim::World& world) { return world.rollout.weight > 0; }

void take_schedule(const Drill& drill, const Action& action, sim::StrategyParams& seat) {
  if (!action.steps.empty()) {
    seat.steps = action.steps;
    return;
  }
  const auto strategy = find_strategy(drill, action.subject);
  seat.steps = strategy->params.steps;
  const auto watchers = seat.monitoring.watchers;
  const bool automatic = seat.monitoring.automatic;
  seat.monitoring = strategy->params.monitoring;
  seat.monitoring.watchers = watchers;
  seat.monitoring.automatic = automatic;
  seat.promote_after = strategy->params.promote_after;
}

void bypass(sim::StrategyParams& seat, const Action& action) {
  std::erase_if(seat.bypasses, [&](const auto& b) { return b.id == action.subject; });
  for (const sim::EnumName& name : names(sim::Compensation{})) {
    if (name.text != action.detail) continue;
    seat.bypasses.push_back({action.subject, action.reason, static_cast<sim::Compensation>(name.value)});
  }
}

void assign(sim::StrategyParams& seat, const std::string& duty, bool on) {
  if (duty == "decision-maker") seat.decision_maker = on;
  if (duty == "rollback-operator") seat.staff_rollback = on;
  if (duty == "on-call-cover") seat.on_call_cover = on;
}

}  // namespace

sim::Strategy seated(const sim::Scenario& scenario, sim::StrategyParams params) {
  sim::Strategy seat = sim::prepare(scenario, std::move(params));
  for (std::size_t s = 0; s < scenario.params.signals.size(); ++s) {
    seat.reads_stable[s] = true;
    const int signal = static_cast<int>(s);
    if (std::find(seat.signals.begin(), seat.signals.end(), signal) == seat.signals.end())
      seat.signals.push_back(signal);
  }
  return seat;
}

sim::Strategy empty_seat(const sim::Scenario& scenario) {
  sim::StrategyParams params;
  params.id = "trainee";
  params.check_identity = false;  // until the trainee says so
  params.communicate = true;      // once it is ordered
  params.max_attempts = 1000;
  params.monitoring.reports_to_act = sim::kMaxReportsToAct;
  return seated(scenario, std::move(params));
}

std::optional<sim::Strategy> find_strategy(const Drill& drill, const std::string& name) {
  if (name.find_first_of("/\\.") != std::string::npos) return std::nullopt;  // an id, never a file
  scenarios::Problems problems;
  return scenarios::load_strategy(name, *drill.loaded, problems);
}

sim::Strategy normal_way(const Drill& drill) {
  sim::Strategy way = drill.seat;
  if (const auto normal = find_strategy(drill, "full-canary")) {
    way = *normal;
  } else {
    for (const sim::Strategy& strategy : drill.loaded->strategies) {
      if (!strategy.params.ships) continue;
      way = strategy;
      break;
    }
  }
  if (drill.seat.containment >= 0) way.containment = drill.seat.containment;
  return way;
}

std::string query_arrangement(const Drill& drill, const Action& a) {
  const sim::ScenarioParams& p = drill.scenario().params;
  const sim::World& w = drill.world;
  switch (a.verb) {
    case Verb::schedule:
      if (rolls_out(w)) return "the rollout is under way: its schedule stays; roll back to start another";
      if (!a.steps.empty()) return "";
      if (const auto s = find_strategy(drill, a.subject); s && !s->params.steps.empty()) return "";
      return fmt::format("no shipped schedule \"{}\" fits this scenario; it lists {}",
                         scenarios::visible(a.subject, 40),
                         p.strategies.empty() ? "none" : fmt::format("{}", fmt::join(p.strategies, ", ")));
    case Verb::watchers: return rolls_out(w) ? "who watches is settled before the rollout begins" : "";
    case Verb::automatic: return "";
    case Verb::rule:
      if (is_busy(w.seat, sim::Stage::approvals)) return "approvers are being asked; wait for their answers";
      if (has_id(p.approvals, a.subject)) return "";
      return fmt::format("the scenario has no approval rule \"{}\"; it has {}",
                         scenarios::visible(a.subject, 40), names_in(p.approvals));
    case Verb::mitigate:
      if (w.record.contained) return "a mitigation is on; lift it first";
      if (has_id(p.containment, a.subject)) return "";
      return fmt::format("there is no mitigation \"{}\"; there is {}", scenarios::visible(a.subject, 40),
                         names_in(p.containment));
    case Verb::bypass:
      if (a.subject == "freeze" && a.detail == "senior-approval" && is_busy(w.seat, sim::Stage::approvals))
        return "approvers are being asked; wait for their answers";
      return "";
    case Verb::keep: return has_id(drill.seat.params.bypasses, a.subject) ? "" : "it is not bypassed";
    default: return "";
  }
}

void arrange(Drill& drill, const Action& a) {
  sim::StrategyParams params = drill.seat.params;
  switch (a.verb) {
    case Verb::schedule: take_schedule(drill, a, params); break;
    case Verb::watchers: params.monitoring.watchers = scenarios::parse_integer(a.subject).value; break;
    case Verb::automatic: params.monitoring.automatic = a.subject == "on"; break;
    case Verb::rule: params.approvals = a.subject; break;
    case Verb::mitigate: params.containment = a.subject; break;
    case Verb::bypass: bypass(params, a); break;
    case Verb::keep: std::erase_if(params.bypasses, [&](const auto& b) { return b.id == a.subject; }); break;
    case Verb::assign: assign(params, a.subject, true); break;
    case Verb::relieve: assign(params, a.subject, false); break;
    default: return;
  }
  const auto people = [](const sim::Strategy& seat) {
    std::vector<int> out;
    for (const auto& leaf : seat.plan.leaves) out.push_back(leaf.person);
    return out;
  };
  const auto before = people(drill.seat);
  drill.seat = seated(drill.scenario(), std::move(params));
  // Another rule, or a senior approval on top: what was approved before is not what is needed now.
  if (people(drill.seat) != before) drill.world.seat.done &= ~sim::bit_of(sim::Stage::approvals);
}

}  // namespace breakglass::drill
