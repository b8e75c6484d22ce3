#include "analysis/estimate/quantiles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "draws.hpp"

namespace breakglass::analysis {
namespace {

constexpr Level kP5{5, 100};
constexpr Level kMedian{50, 100};
constexpr Level kP95{95, 100};
constexpr Level kP99{99, 100};

TEST_CASE("quantiles are those of R's and NumPy's default") {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.05, 0.5, 0.95, 0.99])
  const std::vector<double> values{1, 1, 2, 3, 4, 5, 6, 9};
  const OrderedSample sample{values};
  REQUIRE(*quantile(sample, kP5) == Approx(1.0));
  REQUIRE(*quantile(sample, kMedian) == Approx(3.5));
  REQUIRE(*quantile(sample, kP95) == Approx(7.95));
  REQUIRE(*quantile(sample, kP99) == Approx(8.79));
}

// The definition again, in the paper's words: Q(p) = (1 - g) X_j + g X_(j+1) with m = 1 - p, j = floor(np +
// m).
double brute_force(const std::vector<double>& ascending, long double p) {
  const auto n = static_cast<long double>(ascending.size());
  const long double position = n * p + 1 - p;
  const long double j = std::floor(position + 1e-12L);
  const long double g = std::max(0.0L, position - j);
  const auto i = static_cast<std::size_t>(j);
  const long double below = ascending[i - 1];
  const long double above = ascending[std::min(i, ascending.size() - 1)];
  return static_cast<double>((1 - g) * below + g * above);
}

TEST_CASE("quantiles agree with brute force for every sample size up to 300") {
  testing::Draws draws(5);
  std::vector<double> values;
  for (std::size_t n = 1; n <= 300; ++n) {
    values.push_back(draws.exponential());
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    for (const Level level : {kP5, kMedian, kP95, kP99}) {
      const long double p = static_cast<long double>(level.parts) / level.of;
      REQUIRE(*quantile(OrderedSample{sorted}, level) == Approx(brute_force(sorted, p)).epsilon(1e-12));
    }
  }
}

TEST_CASE("a quantile that falls among the censored is unknown, and its neighbour below is not") {
  const std::vector<double> known{10, 20, 30};
  const OrderedSample sample{known, 2, 100};  // 10 20 30 >=100 >=100
  REQUIRE(*quantile(sample, kMedian) == 30);
  REQUIRE_FALSE(quantile(sample, Level{51, 100}));  // needs a little of the fourth
  REQUIRE_FALSE(quantile(sample, kP95));
  REQUIRE_FALSE(quantile(OrderedSample{{}, 4, 100}, kP5));
  REQUIRE_FALSE(quantile(OrderedSample{}, kMedian));
}

TEST_CASE("a level that hits a rank exactly needs no neighbour, whatever 0.05 is in binary") {
  for (std::uint64_t n = 101; n < 100'000; n += 100) {
    for (const Level level : {kP5, kMedian, kP95, kP99}) REQUIRE(quantile_position(n, level).weight == 0);
  }
}

// Every value twenty times: then a twentieth of the sample is a whole number of values.
double brute_force_cvar(std::vector<double> values) {
  std::sort(values.begin(), values.end(), std::greater<>());
  const std::size_t mass = values.size();
  double sum = 0;
  for (std::size_t i = 0; i < mass; ++i) sum += values[i / 20];
  return sum / static_cast<double>(mass);
}

TEST_CASE("CVaR95 is the mean of exactly the worst twentieth, for every sample size") {
  testing::Draws draws(6);
  std::vector<double> values;
  for (std::size_t n = 1; n <= 200; ++n) {
    values.push_back(draws.exponential());
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const double expected = n < 20 ? sorted.back() : brute_force_cvar(values);
    REQUIRE(*cvar95(OrderedSample{sorted}) == Approx(expected).epsilon(1e-12));
  }
  REQUIRE_FALSE(cvar95(OrderedSample{}));
}

TEST_CASE("CVaR95 of censored values counts them as the horizon") {
  std::vector<double> known(98);
  for (std::size_t i = 0; i < known.size(); ++i) known[i] = static_cast<double>(i);
  REQUIRE(*cvar95(OrderedSample{known, 2, 1000}) == Approx((2 * 1000 + 97 + 96 + 95) / 5.0));
  REQUIRE(*cvar95(OrderedSample{known, 50, 1000}) == 1000);
  REQUIRE(*cvar95(OrderedSample{{}, 3, 1000}) == 1000);
}

}  // namespace
}  // namespace breakglass::analysis
