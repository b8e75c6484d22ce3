#include "sim/model/monitor/always_valid.hpp"

#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/model/monitor/information.hpp"

namespace breakglass::sim {

double log_mixture(double s, double v, double rho, bool two_sided) {
  const double all = v + rho;
  const double both = log(rho / all) / 2 + s * s / (2 * all);
  return two_sided ? both : both + log(2 * normal_cdf(s / std::sqrt(all)));
}

ConfidenceSequence confidence_sequence(double s, double v, double rho, double alpha) {
  const double all = v + rho;
  const double half = std::sqrt(all * log(all / (rho * alpha * alpha))) / v;
  return {s / v - half, s / v + half};
}

void look_always_valid(const AlwaysValidParams& p, NoData no_data, const Baseline& baseline,
                       Duration interval, Time now, VerdictState& state) {
  state.next_look = now + interval;
  const Increment increment = increment_of(baseline, p.measure, p.direction, state.evidence);
  if (!(increment.information > 0)) {
    if (no_data == NoData::fail) state.outlook = Outlook::failed;
    return;
  }
  keep_measure(state, state.evidence.change_sum / state.evidence.change_items);
  state.evidence = {};
  ++state.measurements;
  state.log_ratio += (increment.difference - p.tolerance) * increment.information;
  state.information += increment.information;
  const double rho = 1 / (p.effect * p.effect);
  const double evidence = log_mixture(state.log_ratio, state.information, rho, p.two_sided);
  if (state.log_ratio > 0 && evidence >= -log(p.alpha)) state.outlook = Outlook::failed;
}

}  // namespace breakglass::sim
