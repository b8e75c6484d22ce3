#include "sim/step_ends.hpp"

#include <algorithm>
#include <cmath>

#include "sim/most_items.hpp"

namespace breakglass::sim {
namespace {

std::string count_of(double items) { return std::to_string(static_cast<long long>(std::floor(items))); }

std::string why_without_data(const ScenarioParams& p, const SignalParams& signal, const VerdictParams& v,
                             Duration interval, double weight) {
  if (compares_arms(v) && weight >= 1) {
    return "its verdict on \"" + signal.id +
           "\" compares with the stable arm, to which full weight leaves no traffic: it waits for data for "
           "ever";
  }
  if (!v.threshold || v.threshold->min_items <= 0) return {};
  const bool stable_is_less = compares_arms(v) && weight > 0.5;
  const double most = most_items(p, signal, v, interval, stable_is_less ? 1 - weight : weight);
  if (v.threshold->min_items <= most) return {};
  return "its verdict on \"" + signal.id + "\" asks for measurements of " + count_of(v.threshold->min_items) +
         " items, and no measurement here can have more than " + count_of(most) +
         ": it waits for data for ever";
}

}  // namespace

bool waits_for_data(const VerdictParams& v) {
  return v.no_data == NoData::ignore && ((v.threshold && v.threshold->count > 0) || v.group_sequential);
}

std::string never_ends(const ScenarioParams& scenario, const StrategyParams& strategy, std::size_t step) {
  for (const VerdictParams& v : strategy.monitoring.verdicts) {
    if (v.in_step != static_cast<std::int64_t>(step) + 1 || v.dry_run || !waits_for_data(v)) continue;
    const auto signal = std::find_if(scenario.signals.begin(), scenario.signals.end(),
                                     [&v](const SignalParams& s) { return s.id == v.signal; });
    const std::string why =
        why_without_data(scenario, *signal, v, strategy.monitoring.interval, strategy.steps[step].weight);
    if (!why.empty()) return why;
  }
  return {};
}

}  // namespace breakglass::sim
