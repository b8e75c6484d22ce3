#include "analysis/estimate/beta.hpp"

#include <cmath>

#include "analysis/estimate/root.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::analysis {
namespace {

constexpr double kTwoPi = 6.283185307179586476925286766559;
constexpr double kHalfLogTwoPi = 0.91893853320467274178032973640562;

// What Stirling's formula leaves out of log n!, Loader (2000), section 3: the series is exact to rounding
// above 15.
double stirling_error(double n) {
  if (n <= 15) return sim::log_gamma(n + 1) - (n + 0.5) * sim::log(n) + n - kHalfLogTwoPi;
  const double nn = n * n;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / nn) / nn) / nn) / nn) / n;
}

// x log(x / m) + m - x, the deviance part of Loader (2000), section 2: by series where x is near m, because
// there the three terms cancel.
double deviance(double x, double m) {
  const double difference = x - m;
  if (std::fabs(difference) >= 0.1 * (x + m)) return x * sim::log(x / m) + m - x;
  const double v = difference / (x + m);
  double sum = difference * v;
  double term = 2 * x * v;
  for (int j = 1; j < 1000; ++j) {
    term *= v * v;
    const double next = sum + term / (2 * j + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

double away_from_zero(double value) {
  constexpr double kTiny = 1e-300;
  return std::fabs(value) < kTiny ? kTiny : value;
}

// The continued fraction of DLMF 8.17.22 without its factor: 1/(1+ d1/(1+ d2/(1+ ...))).
double continued_fraction(double a, double b, double x) {
  constexpr double kRelative = 1e-16;
  const int limit = 1000 + static_cast<int>(20 * std::sqrt(std::fmin(a + b, 1e12)));
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double result = d;
  for (int i = 1; i < limit; ++i) {
    const double m = i;
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away_from_zero(1 + even * d);
    c = away_from_zero(1 + even / c);
    result *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away_from_zero(1 + odd * d);
    c = away_from_zero(1 + odd / c);
    result *= d * c;
    if (std::fabs(d * c - 1) <= kRelative) break;
  }
  return result;
}

// The x with I_x(a, b) = p, sought in log x, where log I is nearly straight for small x.
double lower_quantile(double p, double a, double b, double high) {
  const double log_p = sim::log(p);
  const auto excess = [&](double u) {
    const double x = sim::exp(u);
    const double integral = incomplete_beta(a, b, x).lower;
    if (!(integral > 0)) return ValueAndSlope{-1e300, 0};
    return ValueAndSlope{sim::log(integral) - log_p, beta_kernel(a, b, x, 1 - x) / ((1 - x) * integral)};
  };
  constexpr double kLogSmallest = -745;
  return sim::exp(find_root(kLogSmallest, sim::log(high), sim::log(high), 1e-14, excess));
}

}  // namespace

double beta_kernel(double a, double b, double x, double y) {
  if (!(x > 0) || !(y > 0)) return 0;
  const double n = a + b;
  const double log_rest =
      stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y);
  return std::sqrt(a / n * b / kTwoPi) * sim::exp(log_rest);
}

Tails incomplete_beta(double a, double b, double x, double y) {
  if (!(x > 0)) return {0, 1};
  if (!(y > 0)) return {1, 0};
  const double kernel = beta_kernel(a, b, x, y);
  if (x <= (a + 1) / (a + b + 2)) {
    const double lower = std::fmin(1, kernel / a * continued_fraction(a, b, x));
    return {lower, 1 - lower};
  }
  const double upper = std::fmin(1, kernel / b * continued_fraction(b, a, y));
  return {1 - upper, upper};
}

Tails incomplete_beta(double a, double b, double x) { return incomplete_beta(a, b, x, 1 - x); }

double beta_quantile(double p, double a, double b) {
  if (!(p > 0)) return 0;
  if (!(p < 1)) return 1;
  const double mean = a / (a + b);
  const Tails at_mean = incomplete_beta(a, b, mean);
  if (p <= at_mean.lower) return lower_quantile(p, a, b, mean);
  return 1 - lower_quantile(1 - p, b, a, b / (a + b));
}

}  // namespace breakglass::analysis
