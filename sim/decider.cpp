#include "sim/decider.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

Decision paced(const Observation& o) {
  switch (o.pace) {
    case Pace::stay: return Decision::stay;
    case Pace::back: return Decision::roll_back;
    case Pace::free:
    case Pace::go: break;
  }
  return Decision::promote;
}

}  // namespace

Decision autopilot(const StrategyParams& strategy, const Observation& o) {
  const auto begin = o.verdicts.begin();
  const auto end = begin + o.verdict_count;
  const auto bad = [](Outlook outlook) { return outlook == Outlook::failed || outlook == Outlook::error; };
  if (std::any_of(begin, end, bad)) return Decision::roll_back;
  const MonitoringParams& monitoring = strategy.monitoring;
  if (monitoring.reports_to_act > 0 && o.reports >= monitoring.reports_to_act) return Decision::roll_back;
  if (o.concern == Concern::raised && monitoring.on_concern == OnConcern::roll_back)
    return Decision::roll_back;
  if (o.concern == Concern::raised && monitoring.on_concern == OnConcern::hold) return Decision::investigate;
  if (o.concern == Concern::investigated) return Decision::go_on;
  if (!o.step_over) return Decision::go_on;
  if (std::find(begin, end, Outlook::inconclusive) == end) return paced(o);
  switch (strategy.monitoring.on_inconclusive) {
    case OnInconclusive::hold: return o.extensions < kMaxExtensions ? Decision::extend : Decision::roll_back;
    case OnInconclusive::promote: return paced(o);
    case OnInconclusive::roll_back: return Decision::roll_back;
  }
  return Decision::go_on;
}

}  // namespace breakglass::sim
