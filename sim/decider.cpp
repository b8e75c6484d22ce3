#include "sim/decider.hpp"

#include <algorithm>

namespace breakglass::sim {

Decision autopilot(const StrategyParams& strategy, const Observation& o) {
  const auto begin = o.verdicts.begin();
  const auto end = begin + o.verdict_count;
  const auto bad = [](Outlook outlook) { return outlook == Outlook::failed || outlook == Outlook::error; };
  if (std::any_of(begin, end, bad)) return Decision::roll_back;
  if (!o.step_over) return Decision::go_on;
  if (std::find(begin, end, Outlook::inconclusive) == end) return Decision::promote;
  switch (strategy.monitoring.on_inconclusive) {
    case OnInconclusive::hold: return o.extensions < kMaxExtensions ? Decision::extend : Decision::roll_back;
    case OnInconclusive::promote: return Decision::promote;
    case OnInconclusive::roll_back: return Decision::roll_back;
  }
  return Decision::go_on;
}

}  // namespace breakglass::sim
