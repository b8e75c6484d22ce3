#include "sim/bypass_scope.hpp"

#include <algorithm>

#include "sim/rollout_graph.hpp"

namespace breakglass::sim {
namespace {

bool by_category(Category category, Urgency urgency, Element element) {
  switch (category) {
    case Category::security:
    case Category::incident: return true;
    case Category::regulatory: return element != Element::eval_gate || urgency == Urgency::immediate_deadline;
    case Category::customer_blocking:
      return element != Element::eval_gate && element != Element::coordination;
    case Category::none: return false;
  }
  return false;
}

// Whether there is anything of that element to bypass.
bool has_element(const GatesParams& gates, Element element) {
  switch (element) {
    case Element::eval_gate: return gates.eval_gate.has_value();
    case Element::canary: return true;
    case Element::change_window: return gates.change_window.has_value();
    case Element::freeze: return !gates.freeze.empty();
    case Element::coordination: return gates.coordination && gates.coordination->other_changes > 0;
  }
  return false;
}

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

void add_bypasses(const Scenario& scenario, const Strategy& strategy, std::vector<std::string>& found) {
  const std::string category = quoted(name_of(scenario.params.category));
  for (const EnumName& name : kElementNames) {
    const auto element = static_cast<Element>(name.value);
    if (!bypasses(strategy.params.bypasses, element) || !has_element(scenario.params.gates, element))
      continue;
    if (may_bypass(scenario.params, element)) continue;
    found.push_back("it bypasses " + quoted(name.text) + ", which an emergency of category " + category +
                    " does not allow");
  }
}

// From the end of a window's begin to its publication, of the quickest signal that the strategy looks at.
Duration quickest_measurement(const Scenario& scenario, const Strategy& strategy) {
  Duration quickest = Duration::max();
  for (const int s : strategy.signals) {
    const SignalParams& signal = scenario.params.signals[static_cast<std::size_t>(s)];
    quickest = std::min(quickest, signal.window + signal.delay);
  }
  return strategy.signals.empty() ? Duration{} : quickest;
}

// How it goes to everybody at once, in words; empty: it has a canary.
std::string straight_to_all(const Scenario& scenario, const Strategy& strategy) {
  const auto& steps = strategy.params.steps;
  if (steps.empty() || is_canary(scenario, strategy)) return {};
  if (steps.front().weight >= 1) return "it goes straight to 100%";
  const StepParams& big = *std::find_if(steps.begin(), steps.end(),
                                        [](const StepParams& s) { return s.weight > kMostOfACanary; });
  return "it goes straight to 100% by way of " + weight_text(big.weight) +
         " (no measurement of half of the traffic or less can be seen before)";
}

void add_straight_to_all(const Scenario& scenario, const Strategy& strategy,
                         std::vector<std::string>& found) {
  const std::string straight = straight_to_all(scenario, strategy);
  if (straight.empty()) return;
  const Urgency urgency = scenario.params.urgency;
  const StrategyParams& p = strategy.params;
  if (!bypasses(p.bypasses, Element::canary)) {
    found.push_back(straight + ", and does not say that it bypasses \"canary\", nor why");
  }
  if (urgency != Urgency::active_exploitation && urgency != Urgency::immediate_deadline) {
    found.push_back(straight +
                    " without a canary: that is reserved for urgency "
                    "\"active-exploitation\" and \"immediate-deadline\", and this one is " +
                    quoted(name_of(urgency)));
    return;
  }
  const std::pair<bool, const char*> duties[] = {
      {p.verify_rollback, "a verified rollback (verify_rollback)"},
      {p.staff_rollback, "a staffed rollback (staff_rollback)"},
      {p.decision_maker, "a named decision-maker (decision_maker)"},
      {p.communicate, "customers told in parallel (communicate)"},
      {p.monitoring.watchers > 0, "people watching (monitoring.watchers)"}};
  for (const auto& [kept, text] : duties) {
    if (!kept) found.push_back(straight + " without " + text);
  }
}

std::string somebody_with(Authority authority) {
  switch (authority) {
    case Authority::senior_engineer: return "a senior engineer";
    case Authority::platform_lead: return "a platform lead";
    case Authority::security_lead: return "a security lead";
    case Authority::executive: return "an executive";
    case Authority::none: break;
  }
  return "anybody";
}

void add_authorities(const Scenario& scenario, const Strategy& strategy, std::vector<std::string>& found) {
  if (strategy.plan.empty()) return;  // the rollout graph says so
  const bool emergency = !strategy.params.bypasses.empty();
  for (const Authority authority : required_authorities(scenario.params, emergency)) {
    if (!can_do_without(strategy.plan, authority)) continue;
    found.push_back("its approval rule " + quoted(strategy.params.approvals) + " can be satisfied without " +
                    somebody_with(authority) + ", whose approval this change needs");
  }
}

}  // namespace

bool is_canary(const Scenario& scenario, const Strategy& strategy) {
  Duration watched{};
  double requests = 0;
  for (const StepParams& step : strategy.params.steps) {
    if (step.weight > kMostOfACanary) break;
    watched += step.duration;
    requests += scenario.mean_rate_per_s * step.weight * to_seconds(step.duration);
    if (strategy.params.pacing) break;  // it may go on to any step from here
  }
  return requests >= 1 && watched >= quickest_measurement(scenario, strategy);
}

bool may_bypass(const ScenarioParams& scenario, Element element) {
  const auto& own = scenario.bypass_scope;
  if (own.empty()) return by_category(scenario.category, scenario.urgency, element);
  return std::find(own.begin(), own.end(), name_of(element)) != own.end();
}

std::vector<Authority> required_authorities(const ScenarioParams& scenario, bool emergency) {
  std::vector<Authority> needed;
  const ChangeParams& change = scenario.change;
  const bool wide = change.kind == ChangeKind::model || change.kind == ChangeKind::infrastructure;
  if (change.scope == ChangeScope::broad) {
    needed.push_back(Authority::executive);
  } else if (wide || change.scope == ChangeScope::platform) {
    needed.push_back(Authority::platform_lead);
  } else {
    needed.push_back(Authority::senior_engineer);
  }
  if (emergency && scenario.category == Category::security) needed.push_back(Authority::security_lead);
  return needed;
}

bool can_do_without(const ApprovalPlan& plan, Authority authority) {
  ApprovalState state;
  for (std::size_t i = 0; i < plan.leaves.size(); ++i) {
    if (!holds(plan.leaves[i].needed, authority)) state.approved |= 1U << i;
  }
  return standing(plan, state) == Standing::approved;
}

std::vector<std::string> outside_scope(const Scenario& scenario, const Strategy& strategy) {
  std::vector<std::string> found;
  if (!strategy.params.ships) return found;
  add_bypasses(scenario, strategy, found);
  add_straight_to_all(scenario, strategy, found);
  add_authorities(scenario, strategy, found);
  return found;
}

}  // namespace breakglass::sim
