#include "sim/model/monitor/fixed.hpp"

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {

namespace {

Outlook outlook_without_data(NoData policy) {
  switch (policy) {
    case NoData::error: return Outlook::error;
    case NoData::fail: return Outlook::failed;
    case NoData::pass: return Outlook::passed;
    case NoData::ignore: return Outlook::inconclusive;
  }
  return Outlook::error;
}

}  // namespace

void look_fixed(const FixedParams& p, NoData no_data, const Baseline& baseline, VerdictState& state) {
  const Evidence& e = state.evidence;
  state.next_look = kNever;
  state.measurements = 1;
  const bool against_stable = needs_stable(p.measure);
  if (e.change_items <= 0 || (against_stable && e.stable_items <= 0)) {
    state.outlook = outlook_without_data(no_data);
    return;
  }
  const double level = e.change_sum / e.change_items;
  keep_measure(state, level);
  double reference = baseline.level;
  double error = standard_error(baseline, reference, e.change_items);
  if (against_stable) {
    const double pooled = (e.change_sum + e.stable_sum) / (e.change_items + e.stable_items);
    const double harmonic = 1 / (1 / e.change_items + 1 / e.stable_items);
    reference = e.stable_sum / e.stable_items;
    error = standard_error(baseline, pooled, harmonic);
  }
  const double sign = p.direction == Direction::increase ? 1 : -1;
  const double excess = sign * (level - reference);
  const bool fails = excess > 0 && excess > normal_quantile(1 - p.alpha) * error;
  state.outlook = fails ? Outlook::failed : Outlook::passed;
}

}  // namespace breakglass::sim
