#include "analysis/estimate/student.hpp"

#include <cmath>
#include <limits>

#include "analysis/estimate/root.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::analysis {
namespace {

// P(|T| > t) as .lower and P(|T| <= t) as .upper, for t >= 0, and x^a y^b / B, half of t times the density of
// |T|.
struct TwoSided {
  Tails tails;
  double kernel = 0;
};

TwoSided two_sided(double t, double dof) {
  constexpr double kHuge = 1e150;  // its square is still finite
  if (t > kHuge) return {{0, 1}, 0};
  const double x = dof / (dof + t * t);
  const double y = t * t / (dof + t * t);
  return {incomplete_beta(dof / 2, 0.5, x, y), beta_kernel(dof / 2, 0.5, x, y)};
}

// The t > 0 with P(|T| <= t) = inside and P(|T| > t) = outside = 1 - inside. Sought in log t on the smaller
// side, where the law is nearly a straight line on double logarithmic paper: a power of t in the tail, t
// itself in the middle.
double positive_quantile(double inside, double outside, double dof) {
  const bool is_tail = outside < 0.5;
  const double goal = sim::log(is_tail ? outside : inside);
  const auto excess = [&](double u) {
    const TwoSided at = two_sided(sim::exp(u), dof);
    const double value = is_tail ? at.tails.lower : at.tails.upper;
    if (!(value > 0)) return ValueAndSlope{is_tail ? 1e300 : -1e300, 0};
    const double distance = sim::log(value) - goal;
    return ValueAndSlope{is_tail ? -distance : distance, 2 * at.kernel / value};
  };
  // The first two terms of the Cornish-Fisher expansion, Abramowitz and Stegun 26.7.5.
  const double z = sim::normal_quantile(is_tail ? 1 - outside / 2 : 0.5 + inside / 2);
  const double start = z + (z * z * z + z) / (4 * dof);
  return sim::exp(find_root(-700, 700, sim::log(start), 1e-14, excess));
}

}  // namespace

Tails student_tails(double t, double dof) {
  const double beyond = two_sided(std::fabs(t), dof).tails.lower / 2;
  return t < 0 ? Tails{beyond, 1 - beyond} : Tails{1 - beyond, beyond};
}

double student_quantile(double p, double dof) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  if (!(p > 0)) return -kLargest;
  if (!(p < 1)) return kLargest;
  if (p == 0.5) return 0;
  if (p < 0.5) return -positive_quantile(1 - 2 * p, 2 * p, dof);
  return positive_quantile(2 * p - 1, 2 * (1 - p), dof);
}

}  // namespace breakglass::analysis
