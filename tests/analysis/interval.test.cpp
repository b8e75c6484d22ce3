#include "analysis/estimate/interval.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "analysis/estimate/binomial.hpp"
#include "draws.hpp"

namespace breakglass::analysis {
namespace {

using testing::Draws;

// The share of 10,000 repeated experiments whose interval holds the truth. With 95% coverage its standard
// deviation is 0.22 points, so the accepted band of 94.3% to 95.7% is three of them to each side.
constexpr int kExperiments = 10'000;
double coverage(std::uint64_t seed, const std::function<bool(Draws&)>& covers) {
  Draws draws(seed);
  int hits = 0;
  for (int i = 0; i < kExperiments; ++i) hits += covers(draws) ? 1 : 0;
  return static_cast<double>(hits) / kExperiments;
}

bool is_nominal(double share) { return share >= 0.943 && share <= 0.957; }

using Law = std::function<double(Draws&)>;
using MeanInterval = std::function<Interval(const Moments&)>;

double mean_coverage(std::uint64_t seed, int n, double truth, const Law& law, const MeanInterval& interval) {
  return coverage(seed, [&](Draws& draws) {
    Moments m;
    for (int i = 0; i < n; ++i) add(m, law(draws));
    return contains(interval(m), truth);
  });
}

Interval student(const Moments& m) { return *student_interval(m); }
double normal_law(Draws& draws) { return 3 + 2 * draws.normal(); }
double exponential_law(Draws& draws) { return draws.exponential(); }

TEST_CASE("Student's interval covers a normal mean at its nominal rate, from two values on") {
  for (const int n : {2, 5, 30}) {
    CAPTURE(n);
    REQUIRE(is_nominal(mean_coverage(100, n, 3, normal_law, student)));
  }
}

TEST_CASE("Student's interval covers the mean of a skewed law at its nominal rate with 400 values") {
  REQUIRE(is_nominal(mean_coverage(101, 400, 1, exponential_law, student)));
}

TEST_CASE("the coverage test catches a normal quantile in Student's place at five values") {
  const MeanInterval with_z = [](const Moments& m) { return *student_interval(m, 1.959963984540054); };
  REQUIRE_FALSE(is_nominal(mean_coverage(100, 5, 3, normal_law, with_z)));
}

TEST_CASE("the coverage test catches a variance divided by n at five values") {
  const MeanInterval with_n = [](const Moments& m) {
    const double half = student_factor(m.count) * std::sqrt(m.m2) / static_cast<double>(m.count);
    return Interval{m.mean - half, m.mean + half};
  };
  REQUIRE_FALSE(is_nominal(mean_coverage(100, 5, 3, normal_law, with_n)));
}

TEST_CASE("the coverage test catches a standard deviation divided by n instead of its root") {
  const MeanInterval too_narrow = [](const Moments& m) {
    const double half = student_factor(m.count) * standard_deviation(m) / static_cast<double>(m.count);
    return Interval{m.mean - half, m.mean + half};
  };
  REQUIRE_FALSE(is_nominal(mean_coverage(101, 400, 1, exponential_law, too_narrow)));
}

TEST_CASE("Student's interval is defined where there is little to go by") {
  Moments m;
  REQUIRE_FALSE(student_interval(m));
  REQUIRE(student_factor(0) == 0);
  REQUIRE(student_factor(1) == 0);
  add(m, 7);
  REQUIRE_FALSE(student_interval(m));
  add(m, 7);
  REQUIRE(*student_interval(m) == Interval{7, 7});
}

using ProbabilityInterval = std::function<Interval(std::uint64_t, std::uint64_t)>;

double proportion_coverage(std::uint64_t n, double p, const ProbabilityInterval& interval) {
  return coverage(102, [&](Draws& draws) {
    std::uint64_t successes = 0;
    for (std::uint64_t i = 0; i < n; ++i) successes += draws.happens(p) ? 1 : 0;
    return contains(interval(successes, n), p);
  });
}

// Counts are discrete, so the true coverage at one p oscillates about 95%; the band is the wider one of 93.5%
// to 96.5%.
TEST_CASE("Wilson's interval covers a probability at its nominal rate") {
  for (const double p : {0.05, 0.2, 0.5, 0.93}) {
    CAPTURE(p);
    const double share = proportion_coverage(400, p, wilson_interval);
    REQUIRE(share >= 0.935);
    REQUIRE(share <= 0.965);
  }
}

// Without any drawing: the probability of all counts whose interval holds p.
double exact_coverage(std::uint64_t n, double p) {
  double covered = 0;
  for (std::uint64_t k = 0; k <= n; ++k) {
    if (!contains(wilson_interval(k, n), p)) continue;
    const auto count = static_cast<std::int64_t>(k);
    covered += binomial_tails(count, n, p).lower - binomial_tails(count - 1, n, p).lower;
  }
  return covered;
}

TEST_CASE("Wilson's interval covers 95% on average over all probabilities, computed exactly") {
  double sum = 0;
  int points = 0;
  for (double p = 0.0201; p < 0.98; p += 0.0097) {
    const double covered = exact_coverage(200, p);
    CAPTURE(p);
    REQUIRE(covered > 0.925);
    REQUIRE(covered < 0.975);
    sum += covered;
    points += 1;
  }
  REQUIRE(sum / points == Approx(0.95).margin(0.002));
}

TEST_CASE("the coverage test catches the textbook interval of a small probability") {
  const ProbabilityInterval textbook = [](std::uint64_t k, std::uint64_t trials) {
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(k) / n;
    const double half = 1.96 * std::sqrt(p * (1 - p) / n);
    return Interval{p - half, p + half};
  };
  REQUIRE_FALSE(is_nominal(proportion_coverage(60, 0.05, textbook)));
}

TEST_CASE("Wilson's interval has its published values and exact ends") {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  const Interval many = wilson_interval(81, 263);
  REQUIRE(many.low == Approx(0.2553).margin(5e-5));
  REQUIRE(many.high == Approx(0.3662).margin(5e-5));
  const Interval few = wilson_interval(15, 148);
  REQUIRE(few.low == Approx(0.0624).margin(5e-5));
  REQUIRE(few.high == Approx(0.1605).margin(5e-5));
  REQUIRE(wilson_interval(0, 20).low == 0);
  REQUIRE(wilson_interval(0, 20).high == Approx(0.1611).margin(5e-5));
  REQUIRE(wilson_interval(29, 29).high == 1);
  REQUIRE(wilson_interval(29, 29).low == Approx(0.8830).margin(5e-5));
  REQUIRE(wilson_interval(0, 0) == Interval{0, 1});
}

using Ranks = std::function<RankInterval(std::uint64_t, double)>;

double quantile_coverage(std::size_t n, double share, const Law& law, double truth, const Ranks& ranks_of) {
  const RankInterval ranks = ranks_of(n, share);
  return coverage(103, [&](Draws& draws) {
    std::vector<double> values(n);
    for (double& value : values) value = law(draws);
    std::sort(values.begin(), values.end());
    const bool above = !ranks.low || values[*ranks.low - 1] <= truth;
    const bool below = !ranks.high || truth <= values[*ranks.high - 1];
    return above && below;
  });
}

TEST_CASE("order-statistic intervals cover quantiles at least at their nominal rate") {
  for (const double share : {0.05, 0.5, 0.95, 0.99}) {
    for (const std::size_t n : {25U, 400U}) {
      CAPTURE(share, n);
      REQUIRE(quantile_coverage(n, share, exponential_law, -std::log(1 - share), quantile_ranks) >= 0.943);
    }
  }
}

TEST_CASE("order-statistic intervals cover quantiles of a law with ties") {
  const Law coarse = [](Draws& draws) { return std::floor(2 * draws.exponential()); };
  // P(X <= 1) = 1 - exp(-1) = 0.632 and P(X <= 0) = 0.393: the median is 1.
  REQUIRE(quantile_coverage(100, 0.5, coarse, 1, quantile_ranks) >= 0.943);
}

TEST_CASE("the coverage test catches order-statistic ranks that are a little too far inside") {
  const Ranks shrunk = [](std::uint64_t n, double share) {
    RankInterval ranks = quantile_ranks(n, share);
    ranks.low = *ranks.low + 2;
    ranks.high = *ranks.high - 2;
    return ranks;
  };
  REQUIRE(quantile_coverage(400, 0.5, exponential_law, std::log(2), shrunk) < 0.943);
}

TEST_CASE("order-statistic ranks are the innermost of the published tables and end where the sample does") {
  // Conover, Practical Nonparametric Statistics: the median of 10 values lies between the 2nd and the
  // 9th, 97.9%.
  REQUIRE(quantile_ranks(10, 0.5) == RankInterval{2, 9});
  // 5 values reach the median with 93.75% only, 6 with 96.9%.
  REQUIRE(quantile_ranks(5, 0.5) == RankInterval{});
  REQUIRE(quantile_ranks(6, 0.5) == RankInterval{1, 6});
  const RankInterval tail = quantile_ranks(100, 0.99);
  REQUIRE(tail.low);
  REQUIRE_FALSE(tail.high);
  REQUIRE(quantile_ranks(0, 0.5) == RankInterval{});
  const RankInterval many = quantile_ranks(1'000'000, 0.5);
  REQUIRE(*many.low == 1'000'001 - *many.high);
  REQUIRE(*many.high - *many.low == Approx(1960).margin(2));
}

}  // namespace
}  // namespace breakglass::analysis
