#include "analysis/sweep/race.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "sweep_scenes.hpp"

namespace breakglass::analysis {
namespace {

using testing::situation;

bool deep() { return std::getenv("BREAKGLASS_DEEP") != nullptr; }

TEST_CASE("a stratum's share of the worlds is its weight") {
  const Situation there = situation(0.03, 0.3);
  const Strata strata = strata_of(there.scenario);
  REQUIRE(strata.weights.size() == 2);
  std::vector<double> seen(2, 0);
  const int worlds = 200'000;
  for (std::uint32_t r = 0; r < worlds; ++r) seen[strata.of(5, r)] += 1;
  for (std::size_t k = 0; k < 2; ++k) {
    const double w = strata.weights[k];
    REQUIRE(std::abs(seen[k] / worlds - w) < 3 * std::sqrt(w * (1 - w) / worlds));
  }
  REQUIRE(std::min(strata.weights[0], strata.weights[1]) == Approx(0.03));
}

TEST_CASE("strata never hold what is impossible, and share a home where they are rare") {
  REQUIRE(strata_of(situation(0, 0.3).scenario).weights == std::vector<double>{1});
  REQUIRE(strata_of(situation(1, 0.3).scenario).weights == std::vector<double>{1});
  REQUIRE(strata_of(situation(5e-5, 0.3).scenario).weights.size() == 2);
  REQUIRE(strata_of(situation(1e-7, 0.3).scenario).weights == std::vector<double>{1});
}

// The share of experiments whose 95% interval of bold's mean, 1000 + 3000 p, holds it.
double coverage(double p, double truth, int experiments) {
  const Situation there = situation(p, 0.3);
  const std::size_t bold[] = {0};
  int hits = 0;
  for (int i = 0; i < experiments; ++i) {
    WorldSample sample(there, 100 + static_cast<std::uint64_t>(i));
    sample.extend(bold, std::vector<std::size_t>{60, 60});
    hits += contains(interval_of(sample.mean(0)), truth);
  }
  return static_cast<double>(hits) / experiments;
}

TEST_CASE(
    "a stratified mean is unbiased and its interval covers, also of a regression of one in a thousand") {
  const int experiments = deep() ? 2000 : 500;
  const double margin = 3 * std::sqrt(0.95 * 0.05 / experiments);
  for (const double p : {0.001, 0.3}) {
    CAPTURE(p);
    REQUIRE(std::abs(coverage(p, 1000 + 3000 * p, experiments) - 0.95) < margin);
  }
  // Sabotage: a truth that is 1% off, or a probability that is.
  REQUIRE(coverage(0.3, 1.01 * 1900, experiments) < 0.95 - margin);
  REQUIRE(coverage(0.3, 1000 + 3000 * 1.01 * 0.3, experiments) < 0.95 - margin);
}

// The share of races between two strategies that are equal in truth which end with a certain winner.
double false_winners(double alpha, int races) {
  const Situation there = situation(1, 0.1);
  int certain = 0;
  for (int i = 0; i < races; ++i)
    certain += race(there, {7000 + static_cast<std::uint64_t>(i), 1024, alpha}).is_certain;
  return static_cast<double>(certain) / races;
}

TEST_CASE("of two strategies that are equal in truth one wins in at most 5% of races") {
  const int races = deep() ? 4000 : 1000;
  const double limit = 0.05 + 3 * std::sqrt(0.05 * 0.95 / races);
  REQUIRE(false_winners(kRaceAlpha, races) < limit);
  // Sabotage: every one of the three looks at 5%.
  REQUIRE(false_winners(3 * kRaceAlpha, races) > limit);
}

TEST_CASE("a race finds the better one, is certain, and then stops") {
  const Situation there = situation(0.2, 0.3);  // bold 1600, doing nothing 2000
  const RaceResult result = race(there, {});
  REQUIRE(result.best == 0);
  REQUIRE(result.is_certain);
  REQUIRE(result.next == 1);
  REQUIRE(contains(interval_of(result.lead, 0.001), 400));
  REQUIRE(result.means[0].worlds < 1024);
}

TEST_CASE("strategies that do the same in every world are equal, and told so early") {
  Situation there = situation(0.2, 0.3);
  there.strategies[1] = there.strategies[0];
  const RaceResult result = race(there, {});
  REQUIRE(result.is_equal);
  REQUIRE_FALSE(result.is_certain);
  REQUIRE(result.means[0].worlds <= 512);
}

TEST_CASE("one strategy alone is the best of all") {
  Situation there = situation(0.2, 0.3);
  there.strategies.pop_back();
  const RaceResult result = race(there, {});
  REQUIRE(result.is_certain);
  REQUIRE(result.next == 0);
}

TEST_CASE("worlds go where weight and spread are, and none is left without") {
  const std::vector<double> weights{0.9, 0.1};
  const std::vector<double> spreads{1, 90};
  REQUIRE(allocate(weights, spreads, 900, 16) == std::vector<std::size_t>{325, 575});
  REQUIRE(allocate(weights, std::vector<double>{0, 0}, 100, 16) == std::vector<std::size_t>{90, 16});
}

}  // namespace
}  // namespace breakglass::analysis
