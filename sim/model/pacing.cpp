#include "sim/model/pacing.hpp"

#include <cmath>

#include "sim/kernel/special.hpp"

namespace breakglass::sim {

double cost_tail(double exposures, const ExposureCost& cost, double budget) {
  if (exposures <= 0 || cost.mean <= 0) return budget < 0 ? 1 : 0;
  const double unit = (cost.mean * cost.mean + cost.variance) / cost.mean;
  const double count = exposures * cost.mean / unit;
  // More than n of them: P(Poisson(c) >= n + 1) is P(Gamma(n + 1) <= c). Where every exposure costs the same,
  // a budget of a whole number of them may be used up to the last, whatever the division rounds to; where
  // costs vary, the sum has no lattice, and the steps are smoothed: half a unit either way.
  const double units = budget / unit;
  const double shape = cost.variance > 0 ? units + 0.5 : std::floor(units * (1 + 1e-12)) + 1;
  return shape <= 0 ? 1 : gamma_tails(count, shape).lower;
}

double ruin_probability(std::span<const double> belief, std::span<const double> exposures,
                        const ExposureCost& cost, double budget) {
  double sum = 0;
  for (std::size_t k = 0; k < belief.size(); ++k) {
    if (belief[k] > 0) sum += belief[k] * cost_tail(exposures[k], cost, budget);
  }
  return sum;
}

}  // namespace breakglass::sim
