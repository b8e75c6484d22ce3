// A base request rate over the horizon as steps, with running integrals, so that the expected traffic of any
// window (and the expected traffic weighted by a growing probability of harm) costs two look-ups, however
// much traffic there is.
#pragma once

#include <vector>

#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct RateCurve {
  std::vector<Time> knots;           // ascending, knots[0] = 0; the last is the horizon
  std::vector<double> rate_per_s;    // in [knots[i], knots[i+1])
  std::vector<double> cumulative;    // expected requests in [0, knots[i])
  std::vector<double> growth;        // integral of the growth of harm over [0, knots[i]), in seconds
  std::vector<double> weighted;      // integral of rate * growth' over [0, knots[i])
  std::vector<std::uint32_t> guide;  // the first step of each of guide.size() equal parts of the horizon
  Duration guide_part{1};            // how long such a part is
};

// Appends a step that lasts until `until`; steps of no length are left out.
void append_step(RateCurve& curve, Time until, double rate_per_s);

// Builds the integrals. `growth_until(t)` is the integral over [0, t) of the growth of harm (see harm.hpp);
// it is a parameter, because this part knows nothing of harm.
template <class GrowthUntil>
void integrate(RateCurve& curve, GrowthUntil growth_until);

// The step that holds instant t (clamped to the horizon).
std::size_t step_at(const RateCurve& curve, Time t);

// Expected requests in [0, t).
double requests_until(const RateCurve& curve, Time t);

// Expected requests in [from, until). Within one step it is the rate times the length, so a short window late
// in the horizon loses no digits to the difference of two large integrals.
double requests_between(const RateCurve& curve, Time from, Time until);

// Integral of rate * growth' over [from, until), where growth_from and growth_until are the growth integral
// at the two ends.
double weighted_between(const RateCurve& curve, Time from, Time until, double growth_from,
                        double growth_until);

namespace detail {
void begin_integrals(RateCurve& curve);
}

template <class GrowthUntil>
void integrate(RateCurve& curve, GrowthUntil growth_until) {
  detail::begin_integrals(curve);
  for (std::size_t i = 0; i < curve.knots.size(); ++i) {
    curve.growth[i] = growth_until(curve.knots[i]);
    if (i == 0) continue;
    const double rate = curve.rate_per_s[i - 1];
    curve.cumulative[i] = curve.cumulative[i - 1] + rate * to_seconds(curve.knots[i] - curve.knots[i - 1]);
    curve.weighted[i] = curve.weighted[i - 1] + rate * (curve.growth[i] - curve.growth[i - 1]);
  }
}

}  // namespace breakglass::sim
