#include "sim/decider.hpp"

namespace breakglass::sim {
namespace {

// What the verdicts that are no dry run come to.
struct Sum {
  bool bad = false;  // one has failed, or could not judge
  bool inconclusive = false;
};

Sum sum_up(const StrategyParams& strategy, const Observation& o) {
  Sum sum;
  for (std::int32_t v = 0; v < o.verdict_count; ++v) {
    const auto i = static_cast<std::size_t>(v);
    if (strategy.monitoring.verdicts[i].dry_run) continue;
    const Outlook outlook = o.verdicts[i];
    sum.bad |= outlook == Outlook::failed || outlook == Outlook::error;
    sum.inconclusive |= outlook == Outlook::inconclusive;
  }
  return sum;
}

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

bool has_failed(const StrategyParams& strategy, const Observation& o) { return sum_up(strategy, o).bad; }

Decision autopilot(const StrategyParams& strategy, const Observation& o) {
  const Sum sum = sum_up(strategy, o);
  if (sum.bad) return Decision::roll_back;
  const MonitoringParams& monitoring = strategy.monitoring;
  if (monitoring.reports_to_act > 0 && o.reports >= monitoring.reports_to_act) return Decision::roll_back;
  if (o.concern == Concern::raised && monitoring.on_concern == OnConcern::roll_back)
    return Decision::roll_back;
  if (o.concern == Concern::raised && monitoring.on_concern == OnConcern::hold) return Decision::investigate;
  if (o.concern == Concern::investigated) return Decision::go_on;
  if (!o.step_over || o.waiting) return Decision::go_on;
  if (o.held) return Decision::next_tick;
  if (!sum.inconclusive) return paced(o);
  switch (strategy.monitoring.on_inconclusive) {
    case OnInconclusive::hold: return o.extensions < kMaxExtensions ? Decision::extend : Decision::roll_back;
    case OnInconclusive::promote: return paced(o);
    case OnInconclusive::roll_back: return Decision::roll_back;
  }
  return Decision::go_on;
}

}  // namespace breakglass::sim
