// Moments of samples, and the question that the statistical tests ask of them: does the estimate agree with
// its closed form, and would it disagree with one that is 1% off? Confidence 99.9% (two-sided), seeds fixed.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace breakglass::tests {

inline constexpr double kZ = 3.2905;  // of a normal, 99.9% two-sided

class Moments {
 public:
  void add(double x) {
    const double old = n_;
    n_ += 1;
    const double d = x - mean_;
    const double dn = d / n_;
    const double t = d * dn * old;
    mean_ += dn;
    m4_ += t * dn * dn * (n_ * n_ - 3 * n_ + 3) + 6 * dn * dn * m2_ - 4 * dn * m3_;
    m3_ += t * dn * (n_ - 2) - 3 * dn * m2_;
    m2_ += t;
  }
  double n() const { return n_; }
  double mean() const { return mean_; }
  double variance() const { return m2_ / (n_ - 1); }
  double mean_error() const { return std::sqrt(variance() / n_); }
  // Of the variance, from the fourth moment.
  double variance_error() const {
    const double v = m2_ / n_;
    return std::sqrt(std::max(m4_ / n_ - v * v, 0.0) / n_);
  }

 private:
  double n_ = 0, mean_ = 0, m2_ = 0, m3_ = 0, m4_ = 0;
};

inline bool near(double estimate, double error, double expected) {
  return std::abs(estimate - expected) <= kZ * error;
}

// Agrees with `expected`, and with neither 0.99 nor 1.01 times it: the sabotage twin of every use.
inline bool only(double estimate, double error, double expected) {
  return near(estimate, error, expected) && !near(estimate, error, expected * 1.01) &&
         !near(estimate, error, expected * 0.99);
}
inline bool mean_is(const Moments& m, double expected) { return only(m.mean(), m.mean_error(), expected); }
inline bool variance_is(const Moments& m, double expected) {
  return only(m.variance(), m.variance_error(), expected);
}

// A share of n independent trials.
inline double share_error(double share, double n) {
  return std::sqrt(std::max(share * (1 - share), 1e-12) / n);
}
inline bool share_is(double count, double n, double expected) {
  return only(count / n, share_error(expected, n), expected);
}

// Kolmogorov's distance times the square root of n; 1.95 is exceeded by chance in one case of 1,000.
inline double kolmogorov(std::vector<double> draws, const std::function<double(double)>& cdf) {
  std::sort(draws.begin(), draws.end());
  const auto n = static_cast<double>(draws.size());
  double worst = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double f = cdf(draws[i]);
    worst = std::max({worst, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  return worst * std::sqrt(n);
}
inline constexpr double kKolmogorov999 = 1.95;

}  // namespace breakglass::tests
