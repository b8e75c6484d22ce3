#include "sim/model/monitor/sprt.hpp"

#include <algorithm>

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {

SprtBounds sprt_bounds(const SprtParams& p) {
  return {log((1 - p.beta) / p.alpha), log(p.beta / (1 - p.alpha))};
}

double sprt_increment(const SprtParams& params, const Baseline& baseline, double items, double sum) {
  const double good = baseline.level;
  const double bad = good * params.ratio + params.difference;
  switch (baseline.law) {
    case Baseline::Law::bernoulli: {
      constexpr double kHair = 1e-12;
      const double p0 = std::clamp(good, kHair, 1 - kHair);
      const double p1 = std::clamp(bad, kHair, 1 - kHair);
      return sum * log(p1 / p0) + (items - sum) * log((1 - p1) / (1 - p0));
    }
    case Baseline::Law::poisson: return sum * log(bad / good) - items * (bad - good);
    case Baseline::Law::normal: {
      const double variance = baseline.sd * baseline.sd;
      return (bad - good) / variance * (sum - items * (good + bad) / 2);
    }
  }
  return 0;
}

void look_sprt(const SprtParams& params, NoData no_data, const Baseline& baseline, Duration interval,
               Time now, VerdictState& state) {
  const SprtBounds bounds = sprt_bounds(params);
  state.next_look = now + interval;
  if (state.evidence.change_items <= 0) {
    if (no_data == NoData::fail) state.outlook = Outlook::failed;
    return;
  }
  keep_measure(state, state.evidence.change_sum / state.evidence.change_items);
  state.log_ratio += sprt_increment(params, baseline, state.evidence.change_items, state.evidence.change_sum);
  state.evidence = {};
  ++state.measurements;
  if (state.log_ratio >= bounds.upper) {
    state.outlook = Outlook::failed;
  } else if (state.log_ratio <= bounds.lower) {
    // The baseline is accepted for now; the change goes on serving, so the watch begins again.
    state.log_ratio = 0;
    ++state.restarts;
  }
}

}  // namespace breakglass::sim
