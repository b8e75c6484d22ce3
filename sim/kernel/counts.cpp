// Quantiles of the two counting laws.
//
// Both start from one continuous curve. For a count X with cumulants k2, k3, ..., the variable Z whose
// cumulants are those of X less those of a uniform rounding error (Sheppard's corrections: k2 - 1/12, k4 +
// 1/120, k6 - 1/252) has P(X <= k) = P(Z <= k + 1/2) to all orders of the Euler-Maclaurin formula. Its
// quantile is the Cornish-Fisher series (Abramowitz and Stegun 26.2.49, through the fourth adjustment); with
// u = Phi(w),
//
//     X = floor(1/2 + mean + sd * (w + g1 h1(w) + ...)).
//
// For a Poisson variable its first terms are Giles's Q_N3. The error of the curve is known well enough (see
// from_curve) to tell when the floor is certain. Where it is not, the law decides: u against P(X <= k),
// summed from the candidate away from the mean, each side by its own tail so that nothing is a difference
// from 1.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "sim/kernel/check.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/fmath_inline.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/kernel/special.hpp"

namespace breakglass::sim {
namespace {

constexpr double kSmallMean =
    8;  // below: summing the probabilities from 0 is as quick and needs no correction

// std::floor for |x| < 2^62, which is a call where the target has no instruction for it.
double floor_of(double x) {
  const auto whole = static_cast<double>(static_cast<std::int64_t>(x));
  return whole > x ? whole - 1 : whole;
}

constexpr std::array<double, 128> make_reciprocals() {
  std::array<double, 128> r{};
  for (std::size_t i = 1; i < r.size(); ++i) r[i] = 1.0 / static_cast<double>(i);
  return r;
}
constexpr auto kReciprocal = make_reciprocals();

// Cumulants of Z above, as multiples of powers of its own standard deviation.
struct Shape {
  double sd;
  double variance;
  double inverse_variance_squared;
  double g1, g2, g3, g4;
};

Shape shape_of(double k2, double k3, double k4, double k5, double k6) {
  const double variance = k2 - 1.0 / 12;
  const double sd = std::sqrt(variance);
  const double r = 1 / variance;
  const double r2 = r * r;
  const double rsd = sd * r;
  return {sd, variance, r2, k3 * r * rsd, (k4 + 1.0 / 120) * r2, k5 * r2 * rsd, (k6 - 1.0 / 252) * (r2 * r)};
}

// 1/2 + sd * (the Cornish-Fisher series at w).
double curve(const Shape& s, double w) {
  const double w2 = w * w;
  const double he2 = w2 - 1, he3 = w * (w2 - 3), he4 = (w2 - 6) * w2 + 3, he5 = w * ((w2 - 10) * w2 + 15);
  const double g11 = s.g1 * s.g1;
  const double first = s.g1 * (he2 * (1.0 / 6));
  const double second = s.g2 * (he3 * (1.0 / 24)) - g11 * ((2 * he3 + w) * (1.0 / 36));
  const double third = s.g3 * (he4 * (1.0 / 120)) - s.g1 * s.g2 * ((he4 + he2) * (1.0 / 24)) +
                       s.g1 * g11 * ((12 * he4 + 19 * he2) * (1.0 / 324));
  const double fourth = s.g4 * (he5 * (1.0 / 720)) -
                        s.g2 * s.g2 * ((3 * he5 + 6 * he3 + 2 * w) * (1.0 / 384)) -
                        s.g1 * s.g3 * ((2 * he5 + 3 * he3) * (1.0 / 180)) +
                        g11 * s.g2 * ((14 * he5 + 37 * he3 + 8 * w) * (1.0 / 288)) -
                        g11 * g11 * ((252 * he5 + 832 * he3 + 227 * w) * (1.0 / 7776));
  return 0.5 + s.sd * (w + (first + (second + (third + fourth))));
}

// Whether u <= P(X <= k), of a Poisson law.
struct PoissonLaw {
  double mean;
  double most;
  bool reaches(double u, double k) const {
    double term = 1, sum = 1;
    if (k < mean) {
      const double r = 1 / mean;
      for (double j = k; term > sum * 1e-17; j -= 1) {
        term *= j * r;
        sum += term;
      }
      return u <= sum * poisson_pmf(k, mean);
    }
    for (double j = k + 2; term > sum * 1e-17; j += 1) {
      term *= mean / j;
      sum += term;
    }
    return 1 - u >= sum * poisson_pmf(k + 1, mean);
  }
};

// The same of a binomial law with p <= 1/2.
struct BinomialLaw {
  double n, p, mean;
  double most;
  bool reaches(double u, double k) const {
    if (k >= n) return true;
    const double q = 1 - p;
    double term = 1, sum = 1;
    if (k < mean) {
      const double odds = q / p;
      for (double j = k; term > sum * 1e-17; j -= 1) {
        term *= odds * j / (n - j + 1);
        sum += term;
      }
      return u <= sum * exp(log_binomial_pmf(k, n, p, q));
    }
    const double odds = p / q;
    for (double j = k + 2; term > sum * 1e-17 && j <= n; j += 1) {
      term *= odds * (n - j + 1) / j;
      sum += term;
    }
    return 1 - u >= sum * exp(log_binomial_pmf(k + 1, n, p, q));
  }
};

// The smallest k that reaches u, near `guess`. `reaches` depends on k alone and not on how k was found,
// so the answer rises with u.
template <class Law>
double settle(const Law& law, double u, double guess) {
  double k = std::clamp(guess, 0.0, law.most);
  if (law.reaches(u, k)) {
    while (k > 0 && law.reaches(u, k - 1)) k -= 1;
  } else {
    do k += 1;
    while (!law.reaches(u, k));
  }
  return k;
}

// `whole` + `fraction` is the mean; kept apart so that a mean of 1e12 loses nothing.
template <class Law>
double from_curve(const Law& law, const Shape& shape, double whole, double fraction, double u) {
  const double w = normal_quantile(u);
  const double x = fraction + curve(shape, w);
  const double below = floor_of(x);
  const double w2 = w * w;
  // The series' next term has w^6 and falls with the second power of the variance. The factors are
  // about four times the largest error found at any step of the two laws, for means from 8 to 10,000.
  const double slack = 0x1p-40 + (0.03 + w2 * w2 * w2 * 0.006) * shape.inverse_variance_squared;
  const double part = x - below;
  if (w2 < shape.variance && w2 < 36 && part > slack && part < 1 - slack) [[likely]]
    return whole + below;
  // Rounding alone is left: beyond this variance a step is so wide that 2^-40 of it is below 1e-15.
  if (shape.variance > 1e10) return std::clamp(whole + below, 0.0, law.most);
  return settle(law, u, whole + below);
}

// n * p - mean without rounding, where mean is the rounded product (Dekker).
double product_error(double n, double p, double mean) {
  const auto high_half = [](double a) {
    const double scaled = 0x1.0000002p+27 * a;
    return scaled - (scaled - a);
  };
  const double nh = high_half(n), ph = high_half(p);
  const double nl = n - nh, pl = p - ph;
  return ((nh * ph - mean) + nh * pl + nl * ph) + nl * pl;
}

// The two sums from 0. They end, at the latest, where a probability no longer moves the sum.
constexpr double kNegligible = 0x1p-60;

double small_poisson(double u, double mean) {
  double pmf = exp(-mean);
  double sum = pmf;
  std::size_t k = 0;
  while (sum < u) {
    ++k;
    pmf *= mean * kReciprocal[k];
    sum += pmf;
    if (pmf<kNegligible&& static_cast<double>(k)> mean) break;
  }
  return static_cast<double>(k);
}

double small_binomial(double u, double n, double p) {
  double pmf = exp(n * log1p(-p));
  double sum = pmf;
  const double odds = p / (1 - p);
  double left = n;
  std::size_t k = 0;
  while (sum < u && left > 0) {
    ++k;
    pmf *= odds * left * kReciprocal[k];
    left -= 1;
    sum += pmf;
    if (pmf<kNegligible&& static_cast<double>(k)> n * p) break;
  }
  return static_cast<double>(k);
}

// For p <= 1/2.
double lower_binomial(double u, double n, double p) {
  const double mean = n * p;
  if (mean < kSmallMean) return small_binomial(u, n, p);
  const double q = 1 - p;
  const double pq = p * q;
  const double variance = mean * q;
  const double whole = floor_of(mean);
  double fraction = mean - whole;
  if (mean > 0x1p20) fraction += product_error(n, p, mean);
  const double k4 = variance * (1 - 6 * pq);
  const double k5 = variance * (q - p) * (1 - 12 * pq);
  const double k6 = variance * (1 - 30 * pq + 120 * pq * pq);
  const BinomialLaw law{n, p, mean, n};
  return from_curve(law, shape_of(variance, variance * (q - p), k4, k5, k6), whole, fraction, u);
}

}  // namespace

double poisson_quantile(double u, double mean) {
  BG_CHECK(u > 0 && u < 1, "poisson_quantile: u is not inside (0, 1)");
  BG_CHECK(mean >= 0 && mean <= 1e15, "poisson_quantile: the mean is out of range");
  if (mean < kSmallMean) return small_poisson(u, mean);
  const double whole = floor_of(mean);
  const PoissonLaw law{mean, 0x1p53};
  return from_curve(law, shape_of(mean, mean, mean, mean, mean), whole, mean - whole, u);
}

double binomial_quantile(double u, double n, double p) {
  BG_CHECK(u > 0 && u < 1, "binomial_quantile: u is not inside (0, 1)");
  BG_CHECK(n >= 0 && n <= 1e12 && n == floor_of(n), "binomial_quantile: n is not a whole number in range");
  BG_CHECK(p >= 0 && p <= 1, "binomial_quantile: p is not a probability");
  return p <= 0.5 ? lower_binomial(u, n, p) : n - lower_binomial(1 - u, n, 1 - p);
}

}  // namespace breakglass::sim
