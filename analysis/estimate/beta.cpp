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

// x log(x / m) + m - x for x = m + difference, the deviance part of Loader (2000), section 2: by series where
// x is near m, because there the three terms cancel.
double deviance(double x, double m, double difference) {
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

// a - (a+b) x = (a+b) y - b = a y - b x: how far x is below the mean. Taken from the smaller of x and y,
// which carries more digits below the point.
double distance_below_mean(double a, double b, double x, double y) {
  return x <= y ? a - (a + b) * x : (a + b) * y - b;
}

// The even part of the continued fraction DLMF 8.17.22, in the form of A. R. DiDonato and A. H. Morris,
// "Algorithm 708", ACM TOMS 18:3 (1992), whose terms hold a y - b x and so do not cancel for large a and b.
// I_x(a, b) is the kernel over its value.
double continued_fraction(double a, double b, double x, double y) {
  constexpr double kRelative = 1e-16;
  const double distance = distance_below_mean(a, b, x, y);
  const int limit = 1000 + static_cast<int>(20 * std::sqrt(std::fmin(a + b, 1e12)));
  double value = away_from_zero(a * (distance + 1) / (a + 1));
  double c = value;
  double d = 0;
  for (int i = 1; i < limit; ++i) {
    const double m = i;
    const double odd = a + 2 * m - 1;
    const double numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
    const double denominator =
        m + m * (b - m) * x / odd + (a + m) * (distance + 1 + m * (2 - x)) / (a + 2 * m + 1);
    d = 1 / away_from_zero(denominator + numerator * d);
    c = away_from_zero(denominator + numerator / c);
    value *= d * c;
    if (std::fabs(d * c - 1) <= kRelative) break;
  }
  return value;
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
  const double difference = distance_below_mean(a, b, x, y);
  const double log_rest = stirling_error(n) - stirling_error(a) - stirling_error(b) -
                          deviance(a, n * x, difference) - deviance(b, n * y, -difference);
  return std::sqrt(a / n * b / kTwoPi) * sim::exp(log_rest);
}

Tails incomplete_beta(double a, double b, double x, double y) {
  if (!(x > 0)) return {0, 1};
  if (!(y > 0)) return {1, 0};
  const double kernel = beta_kernel(a, b, x, y);
  if (x <= (a + 1) / (a + b + 2)) {
    const double lower = std::fmin(1, kernel / continued_fraction(a, b, x, y));
    return {lower, 1 - lower};
  }
  const double upper = std::fmin(1, kernel / continued_fraction(b, a, y, x));
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
