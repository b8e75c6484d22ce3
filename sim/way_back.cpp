#include "sim/way_back.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

// From its begin to the last look of a verdict that meets no error; nothing if it looks for as long as the
// rollout lasts.
std::optional<Duration> last_look(const VerdictParams& v, Duration interval) {
  const Duration first = first_look(v, Time{}, interval), own = own_interval(v, interval);
  if (v.fixed) return first;
  if (v.threshold && v.threshold->count > 0) return first + (v.threshold->count - 1) * own;
  if (v.group_sequential) return first + (v.group_sequential->looks - 1) * own;
  if (v.judge) return length_of(*v.judge);
  return std::nullopt;
}

// Whether the verdict has ended before the step begins. Its own step waits for it.
bool is_over(const StrategyParams& strategy, const VerdictParams& v, std::size_t step) {
  const auto last = last_look(v, strategy.monitoring.interval);
  if (!last || v.in_step) return false;
  Duration sofar{};
  for (auto s = static_cast<std::size_t>(v.from_step) - 1; s < step; ++s) sofar += strategy.steps[s].duration;
  return *last < sofar;
}

bool can_fail(const StrategyParams& strategy, const VerdictParams& v) {
  if (!v.threshold || fails_on_data(*v.threshold)) return true;
  return v.no_data == NoData::error || (v.no_data == NoData::fail && v.threshold->failure_limit >= 0) ||
         (is_inconclusive_on_data(*v.threshold) &&
          strategy.monitoring.on_inconclusive != OnInconclusive::promote);
}

}  // namespace

bool can_fail_in(const StrategyParams& strategy, const VerdictParams& v, std::size_t step,
                 bool begins_there) {
  if (v.dry_run || !begins_in(v, static_cast<int>(step))) return false;
  if (!begins_there && is_over(strategy, v, step)) return false;
  // Once the way to full weight is decided, ticks check nothing any more.
  if (v.ticks && !begins_there && step > 0 && strategy.steps[step].weight >= 1) return false;
  const bool sees = !compares_arms(v) || strategy.steps[step].weight < 1;
  const bool fails_blind = v.no_data == NoData::error || v.no_data == NoData::fail;
  return can_fail(strategy, v) && (sees || (fails_blind && !v.judge));
}

bool reports_can_act(const ScenarioParams& scenario, const StrategyParams& strategy) {
  if (strategy.monitoring.reports_to_act <= 0 || !scenario.reports) return false;
  const auto& severities = scenario.change.regression.severities;
  const bool harms = std::any_of(severities.begin(), severities.end(),
                                 [](const SeverityParams& s) { return s.harm_per_request > 0; });
  const ReportsParams& reports = *scenario.reports;
  return (reports.probability > 0 && harms) || reports.false_rate * reports.blamed > 0;
}

bool can_take_back(const ScenarioParams& scenario, const StrategyParams& strategy, std::size_t step,
                   bool begins_there) {
  const MonitoringParams& m = strategy.monitoring;
  if (m.watchers > 0 && m.on_concern != OnConcern::ignore && !scenario.signals.empty()) return true;
  if (reports_can_act(scenario, strategy)) return true;
  if (strategy.pacing && step + 1 < strategy.steps.size()) return true;
  return std::any_of(m.verdicts.begin(), m.verdicts.end(),
                     [&](const VerdictParams& v) { return can_fail_in(strategy, v, step, begins_there); });
}

}  // namespace breakglass::sim
