#include "analysis/estimate/best.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <functional>
#include <vector>

#include "analysis/estimate/paired.hpp"
#include "draws.hpp"

namespace breakglass::analysis {
namespace {

using testing::Draws;

TEST_CASE("the lowest mean wins, and whoever cannot be told from it is a tie") {
  const std::vector<double> means{3, 1, 1.1, 9};
  const std::vector<PairVerdict> pairs{{0, 1, Interval{1, 3}},   {0, 2, Interval{-5, 5}},
                                       {0, 3, Interval{-7, -5}}, {1, 2, Interval{-1, 0}},
                                       {1, 3, Interval{-9, -7}}, {2, 3, Interval{-9, -7}}};
  const Best best = best_of(means, pairs);
  REQUIRE(best.strategy == 1);
  REQUIRE(best.ties == std::vector<std::size_t>{2});
}

TEST_CASE("exact equals go to the earlier one, and a missing interval is a tie") {
  const std::vector<double> means{2, 2};
  const Best best = best_of(means, std::vector<PairVerdict>{{0, 1, std::nullopt}});
  REQUIRE(best.strategy == 0);
  REQUIRE(best.ties == std::vector<std::size_t>{1});
  REQUIRE(best_of(std::vector<double>{4}, {}).ties.empty());
}

// K strategies that are equal by construction, in 40 worlds that they share in part.
using Difference = std::function<std::optional<Interval>(const PairedMoments&)>;
Best equal_strategies(Draws& draws, std::size_t k, double shared_sd, const Difference& difference) {
  std::vector<PairedMoments> pairs(k * (k - 1) / 2);
  std::vector<double> values(k);
  std::vector<Moments> moments(k);
  for (int world = 0; world < 40; ++world) {
    const double shared = shared_sd * draws.normal();
    for (std::size_t i = 0; i < k; ++i) {
      values[i] = shared + draws.normal();
      add(moments[i], values[i]);
    }
    std::size_t p = 0;
    for (std::size_t a = 0; a < k; ++a) {
      for (std::size_t b = a + 1; b < k; ++b) add(pairs[p++], values[a], values[b]);
    }
  }
  std::vector<double> means;
  for (const Moments& m : moments) means.push_back(m.mean);
  std::vector<PairVerdict> verdicts;
  std::size_t p = 0;
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a + 1; b < k; ++b) verdicts.push_back({a, b, difference(pairs[p++])});
  }
  return best_of(means, verdicts);
}

struct Rates {
  double sole_winner = 0;
  double someone_left_out = 0;
};
Rates rates(std::size_t k, double shared_sd, const Difference& difference = difference_interval) {
  Draws draws(300);
  constexpr int kExperiments = 10'000;
  Rates r;
  for (int i = 0; i < kExperiments; ++i) {
    const Best best = equal_strategies(draws, k, shared_sd, difference);
    r.sole_winner += best.ties.empty() ? 1.0 / kExperiments : 0;
    r.someone_left_out += best.ties.size() + 1 < k ? 1.0 / kExperiments : 0;
  }
  return r;
}

// A rate of 5% over 10,000 experiments has a standard deviation of 0.22 points.
TEST_CASE("of two equal strategies one is called the winner in five percent of experiments") {
  for (const double shared_sd : {0.0, 5.0}) {
    const double rate = rates(2, shared_sd).sole_winner;
    REQUIRE(rate > 0.043);
    REQUIRE(rate < 0.057);
  }
}

TEST_CASE("the false-winner test catches a comparison that forgets the pairing") {
  const Difference unpaired = [](const PairedMoments& p) -> std::optional<Interval> {
    const double variance_of_mean = (variance(p.a) + variance(p.b)) / static_cast<double>(p.a.count);
    const double half = student_factor(p.a.count) * std::sqrt(variance_of_mean);
    return Interval{p.difference.mean - half, p.difference.mean + half};
  };
  REQUIRE(rates(2, 5, unpaired).sole_winner < 0.043);
}

TEST_CASE("the false-winner test catches intervals at ninety percent") {
  const Difference narrow = [](const PairedMoments& p) { return student_interval(p.difference, 1.685); };
  REQUIRE(rates(2, 5, narrow).sole_winner > 0.057);
}

TEST_CASE(
    "of more equal strategies a sole winner is rarer, and someone left out more frequent, as documented") {
  const Rates three = rates(3, 0);
  const Rates four = rates(4, 0);
  REQUIRE(three.sole_winner < 0.03);
  REQUIRE(four.sole_winner < 0.02);
  REQUIRE(three.someone_left_out == Approx(0.12).margin(0.015));
  REQUIRE(four.someone_left_out == Approx(0.20).margin(0.02));
}

}  // namespace
}  // namespace breakglass::analysis
