#include "sim/kernel/special.hpp"

#include <cmath>
#include <limits>

#include "sim/kernel/check.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

constexpr double kHalfLog2Pi = 0x1.d67f1c864beb5p-1;
constexpr double kTwoPi = 0x1.921fb54442d18p+2;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = 1e-300;      // keeps Lentz's method off zero
constexpr int kMaxTerms = 2'000'000;  // enough for shapes of 1e10

// Gamma(a + b) / (Gamma(a) Gamma(b)) x^a y^b, over a b / (a + b).
double log_beta_kernel(double x, double y, double a, double b) {
  const double n = a + b;
  const double shape = stirling_error(n) - stirling_error(a) - stirling_error(b);
  return shape - deviance(a, n * x) - deviance(b, n * y) + 0.5 * log(n / (kTwoPi * a) / b);
}

// P(X <= x) of a gamma law over x^a e^-x / Gamma(a + 1), for x < a + 1.
double gamma_series(double x, double a) {
  double term = 1, sum = 1;
  for (int i = 1; i < kMaxTerms && term > sum * 1e-17; ++i) {
    term *= x / (a + i);
    sum += term;
  }
  return sum;
}

// P(X > x) over x^a e^-x / Gamma(a), for x >= a + 1: modified Lentz.
double gamma_fraction(double x, double a) {
  double b = x + 1 - a;
  double c = 1 / kTiny;
  double d = 1 / b;
  double h = d;
  for (int i = 1; i < kMaxTerms; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::fabs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double factor = d * c;
    h *= factor;
    if (std::fabs(factor - 1) < 1e-16) break;
  }
  return h;
}

// P(X <= x) of a beta law over x^a y^b / (a B(a, b)), for x below the mean or so: modified Lentz.
double beta_fraction(double x, double a, double b) {
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  if (std::fabs(d) < kTiny) d = kTiny;
  d = 1 / d;
  double h = d;
  const auto step = [&](double coefficient) {
    d = 1 + coefficient * d;
    if (std::fabs(d) < kTiny) d = kTiny;
    c = 1 + coefficient / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    d = 1 / d;
    h *= d * c;
    return std::fabs(d * c - 1);
  };
  for (int m = 1; m < kMaxTerms; ++m) {
    step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    if (step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))) < 1e-16) break;
  }
  return h;
}

}  // namespace

double stirling_error(double x) {
  constexpr double kWhole[] = {0x1.4c071bcda0a5bp-4, 0x1.52a9b923ea649p-5, 0x1.c579a268d80b3p-6,
                               0x1.54a2662fd78a9p-6, 0x1.10b4e513fcbedp-6, 0x1.c6b167bebdf36p-7,
                               0x1.85d4d612e4a86p-7, 0x1.552805e7b3076p-7, 0x1.2f4871b12ab64p-7,
                               0x1.10f9d4c0743a7p-7, 0x1.f0593088014f8p-8, 0x1.c7018733aa9c6p-8,
                               0x1.a40514700f36cp-8, 0x1.86076c002d4a7p-8, 0x1.6c08f6f194a10p-8};
  if (x >= 8 || (x >= 1 && x == std::floor(x))) {
    if (x < 16 && x == std::floor(x)) return kWhole[static_cast<int>(x) - 1];
    const double r = 1 / x;
    const double r2 = r * r;  // DLMF 5.11.1
    if (x > 500) return r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260)));
    return r *
           (1.0 / 12 -
            r2 * (1.0 / 360 - r2 * (1.0 / 1260 -
                                    r2 * (1.0 / 1680 -
                                          r2 * (1.0 / 1188 -
                                                r2 * (691.0 / 360360 -
                                                      r2 * (1.0 / 156 - r2 * (3617.0 / 122400 -
                                                                              r2 * (43867.0 / 244188)))))))));
  }
  return log_gamma(x + 1) - (x + 0.5) * log(x) + x - kHalfLog2Pi;
}

double deviance(double x, double m) {
  const double difference = x - m;
  if (std::fabs(difference) >= 0.1 * (x + m)) return x == 0 ? m : x * log(x / m) - difference;
  // x log(x/m) = 2 x artanh(v): its series, whose first term joins m - x exactly.
  const double v = difference / (x + m);
  const double v2 = v * v;
  double sum = difference * v;
  double power = 2 * x * v;
  for (int j = 3; j < 60; j += 2) {
    power *= v2;
    const double next = sum + power / j;
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

double log_poisson_pmf(double k, double mean) {
  if (k == 0) return -mean;
  if (mean == 0) return -kInfinity;
  return -stirling_error(k) - deviance(k, mean) - 0.5 * log(kTwoPi * k);
}

double poisson_pmf(double k, double mean) {
  if (k == 0) return exp(-mean);
  if (mean == 0) return 0;
  return exp(-stirling_error(k) - deviance(k, mean)) / std::sqrt(kTwoPi * k);
}

double log_binomial_pmf(double k, double n, double p, double q) {
  if (p == 0 || q == 0) return k == (p == 0 ? 0 : n) ? 0 : -kInfinity;
  if (k == 0) return n * (p < q ? log1p(-p) : log(q));
  if (k == n) return n * (q < p ? log1p(-q) : log(p));
  const double rest = n - k;
  const double shape = stirling_error(n) - stirling_error(k) - stirling_error(rest);
  return shape - deviance(k, n * p) - deviance(rest, n * q) + 0.5 * log(n / (kTwoPi * k) / rest);
}

double binomial_pmf(double k, double n, double p) { return exp(log_binomial_pmf(k, n, p, 1 - p)); }

double log_beta(double a, double b) {
  const double n = a + b;
  const double kernel =
      stirling_error(n) - stirling_error(a) - stirling_error(b) + 0.5 * log(n / (kTwoPi * a) / b);
  return -a * log1p(b / a) - b * log1p(a / b) - kernel - log(a / n * b);
}

Tails gamma_tails(double x, double shape) {
  BG_CHECK(x >= 0 && shape > 0, "gamma_tails: out of range");
  if (x == 0) return {0, 1, 0};
  if (x == kInfinity) return {1, 0, 0};
  const double front = exp(-stirling_error(shape) - deviance(shape, x)) / std::sqrt(kTwoPi * shape);
  const double slope = front * shape;
  if (x < shape + 1) {
    const double lower = front * gamma_series(x, shape);
    return {lower, 1 - lower, slope};
  }
  const double upper = slope * gamma_fraction(x, shape);
  return {1 - upper, upper, slope};
}

Tails beta_tails(double x, double y, double a, double b) {
  BG_CHECK(x >= 0 && y >= 0 && a > 0 && b > 0, "beta_tails: out of range");
  if (x == 0) return {0, 1, 0};
  if (y == 0) return {1, 0, 0};
  const double slope = exp(log_beta_kernel(x, y, a, b)) * (a / (a + b)) * b;
  if (x <= (a + 1) / (a + b + 2)) {
    const double lower = slope / a * beta_fraction(x, a, b);
    return {lower, 1 - lower, slope};
  }
  const double upper = slope / b * beta_fraction(y, b, a);
  return {1 - upper, upper, slope};
}

}  // namespace breakglass::sim
