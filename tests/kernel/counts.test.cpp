// Poisson and binomial draws against the exact laws of Boost.Math. The statistical tests make 10^6 draws each
// and accept p in (0.001, 0.999); with fixed uniforms they always give the same answer.
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "tests/kernel/statistics_support.hpp"

namespace sim = breakglass::sim;
namespace bm = boost::math;
using breakglass::tests::chi_square_p;
using breakglass::tests::fixed_uniforms;
using breakglass::tests::plausible;

namespace {

constexpr double kLeastU = 0x1p-53, kLargestU = 1 - 0x1p-53;

const std::vector<double>& million() {
  static const auto uniforms = fixed_uniforms(1'000'000, 3);
  return uniforms;
}

double poisson_p(double drawn_mean, double true_mean) {
  return chi_square_p(
      million(), [&](double u) { return sim::poisson_quantile(u, drawn_mean); },
      [&](double k) { return bm::cdf(bm::poisson_distribution<>(true_mean), k); });
}

double binomial_p(double n, double drawn_p, double true_p) {
  return chi_square_p(
      million(), [&](double u) { return sim::binomial_quantile(u, n, drawn_p); },
      [&](double k) { return bm::cdf(bm::binomial_distribution<>(n, true_p), k); });
}

// Whether k is the inverse at u: P(X <= k - 1) < u <= P(X <= k), up to 1e-12 on either side.
template <class Law>
bool inverts(const Law& law, double u, double k) {
  const double above = bm::cdf(law, k), below = k > 0 ? bm::cdf(law, k - 1) : 0;
  return u <= above + 1e-12 && u > below - 1e-12;
}

// Uniforms a hair's breadth on either side of the steps of the law, where only an exact correction is right.
template <class Law, class Draw>
bool right_at_steps(const Law& law, double low, double high, const Draw& draw) {
  for (double k = std::max(0.0, low); k <= high; k += 1) {
    const double step = bm::cdf(law, k);
    for (const double offset : {-1e-4, -1e-7, -1e-10, 1e-10, 1e-7, 1e-4}) {
      const double u = step * (1 + offset);
      if (u >= 1 - 1e-11 || u < 1e-14) continue;
      if (!inverts(law, u, draw(u))) return false;
    }
  }
  return true;
}

bool rises(const std::function<double(double)>& draw) {
  double last = draw(kLeastU);
  for (int i = 1; i < 200'000; ++i) {
    const double next = draw(i / 200'000.0);
    if (next < last) return false;
    last = next;
  }
  return draw(kLargestU) >= last;
}

}  // namespace

TEST_CASE(
    "Poisson draws follow the exact law on both sides of the switch of method, which is at a mean of 8") {
  for (const double mean :
       {0.008, 0.5, 2.0, 5.0, 7.5, 7.999, 8.0, 8.5, 12.0, 24.0, 100.0, 2400.0, 1e5, 2.4e6}) {
    CAPTURE(mean);
    CHECK(plausible(poisson_p(mean, mean)));
  }
}

TEST_CASE("Poisson draws with a mean off by 1% are caught") {
  for (const double mean : {0.5, 5.0, 24.0, 2400.0}) {
    CAPTURE(mean);
    CHECK_FALSE(plausible(poisson_p(mean * 1.01, mean)));
  }
}

TEST_CASE("Binomial draws follow the exact law on both sides of the switches: n p = 8 and p = 1/2") {
  const double kCases[][2] = {{1, 0.3},    {24, 0.008},   {24, 0.33},    {24, 0.34},     {15, 0.5},
                              {17, 0.5},   {24, 0.7},     {2400, 0.003}, {2400, 0.0034}, {2400, 0.008},
                              {2400, 0.4}, {2400, 0.97},  {100, 0.0799}, {100, 0.0801},  {100, 0.93},
                              {1e5, 0.5},  {2.4e6, 0.03}, {2.4e6, 3e-6}};
  for (const auto& [n, p] : kCases) {
    CAPTURE(n, p);
    CHECK(plausible(binomial_p(n, p, p)));
  }
}

TEST_CASE("Binomial draws with p off by 1% are caught") {
  for (const double n : {24.0, 2400.0, 2.4e6}) {
    CAPTURE(n);
    CHECK_FALSE(plausible(binomial_p(n, 0.3 * 1.01, 0.3)));
  }
}

TEST_CASE("Every Poisson draw is the exact inverse, also right beside the steps") {
  for (const double mean : {0.1, 3.0, 7.99, 8.0, 8.5, 12.0, 24.0, 60.0, 333.0, 2400.0, 40'000.0}) {
    CAPTURE(mean);
    const bm::poisson_distribution<> law(mean);
    const double sd = std::sqrt(mean);
    const auto draw = [&](double u) { return sim::poisson_quantile(u, mean); };
    CHECK(right_at_steps(law, mean - 7 * sd, mean + 7 * sd, draw));
    for (const double u : fixed_uniforms(5'000, 4)) REQUIRE(inverts(law, u, draw(u)));
  }
}

TEST_CASE("Every binomial draw is the exact inverse, also right beside the steps") {
  for (const double n : {1.0, 16.0, 24.0, 100.0, 2400.0, 1e5}) {
    for (const double p : {1e-6, 0.003, 0.008, 0.1, 0.35, 0.5, 0.66, 0.95, 0.9999}) {
      CAPTURE(n, p);
      const bm::binomial_distribution<> law(n, p);
      const double sd = std::sqrt(n * p * (1 - p)) + 1;
      const auto draw = [&](double u) { return sim::binomial_quantile(u, n, p); };
      CHECK(right_at_steps(law, n * p - 7 * sd, std::min(n, n * p + 7 * sd), draw));
      for (const double u : fixed_uniforms(1'000, 5)) REQUIRE(inverts(law, u, draw(u)));
    }
  }
}

TEST_CASE("An inverse that rounds the curve without correction is caught beside the steps") {
  const double mean = 24;
  const bm::poisson_distribution<> law(mean);
  const auto uncorrected = [&](double u) {
    const double w = sim::normal_quantile(u);
    return std::max(0.0, std::floor(mean + std::sqrt(mean) * w + 1.0 / 3 + w * w / 6));
  };
  CHECK_FALSE(right_at_steps(law, 0, 60, uncorrected));
}

TEST_CASE("Counts rise with u") {
  for (const double mean : {0.5, 7.9, 8.1, 24.0, 2400.0, 1e9}) {
    CAPTURE(mean);
    CHECK(rises([&](double u) { return sim::poisson_quantile(u, mean); }));
  }
  for (const double p : {0.008, 0.3, 0.5, 0.8}) {
    CAPTURE(p);
    CHECK(rises([&](double u) { return sim::binomial_quantile(u, 24, p); }));
    CHECK(rises([&](double u) { return sim::binomial_quantile(u, 2400, p); }));
  }
}

TEST_CASE("Counts at the edges of their parameters are what they must be") {
  for (const double u : {kLeastU, 0.3, 0.999, kLargestU}) {
    CHECK(sim::poisson_quantile(u, 0) == 0);
    CHECK(sim::binomial_quantile(u, 0, 0.3) == 0);
    CHECK(sim::binomial_quantile(u, 10, 0) == 0);
    CHECK(sim::binomial_quantile(u, 10, 1) == 10);
    CHECK(sim::binomial_quantile(u, 1e12, 1) == 1e12);
    CHECK(sim::binomial_quantile(u, 1e12, 0) == 0);
    for (const double n : {1.0, 16.0, 17.0, 1e12}) {
      for (const double p : {1e-300, 1e-12, 0.5, 1 - 1e-12}) {
        const double k = sim::binomial_quantile(u, n, p);
        CHECK((k >= 0 && k <= n && k == std::floor(k)));
      }
    }
    for (const double mean : {1e-300, 1e-9, 7.99, 8.0, 1e12, 1e15}) {
      const double k = sim::poisson_quantile(u, mean);
      CHECK((k >= 0 && k == std::floor(k) && k <= mean + 9 * std::sqrt(mean) + 40));
    }
  }
  CHECK(sim::binomial_quantile(0.5, 1e12, 0.5) == 5e11);
}

TEST_CASE("Huge counts have the moments of their law") {
  double poisson_sum = 0, poisson_squares = 0, binomial_sum = 0, binomial_squares = 0;
  const double mean = 1e12, n = 1e12, p = 0.3, sd = std::sqrt(mean), binomial_sd = std::sqrt(n * p * (1 - p));
  for (const double u : million()) {
    const double x = (sim::poisson_quantile(u, mean) - mean) / sd;
    const double y = (sim::binomial_quantile(u, n, p) - n * p) / binomial_sd;
    poisson_sum += x;
    poisson_squares += x * x;
    binomial_sum += y;
    binomial_squares += y * y;
  }
  CHECK(std::fabs(poisson_sum) < 4 * 1e3);  // four standard errors
  CHECK(std::fabs(binomial_sum) < 4 * 1e3);
  CHECK(std::fabs(poisson_squares - 1e6) < 4 * std::sqrt(2e6));
  CHECK(std::fabs(binomial_squares - 1e6) < 4 * std::sqrt(2e6));
}

TEST_CASE("Inversion on one uniform makes a paired difference far less variable than independent draws") {
  double paired = 0, independent = 0;
  for (std::size_t i = 0; i + 1 < 200'000; i += 2) {
    const double a = sim::poisson_quantile(million()[i], 10), b = sim::poisson_quantile(million()[i], 12);
    const double c = sim::poisson_quantile(million()[i + 1], 12);
    paired += (b - a - 2) * (b - a - 2);
    independent += (c - a - 2) * (c - a - 2);
  }
  CHECK(paired * 50 < independent);
}
