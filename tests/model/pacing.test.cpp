// The risk of ruin: the closed form against enumeration and simulation of compound Poisson sums.
#include "sim/model/pacing.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/kernel/variance.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

// P(cost > budget) where each of a Poisson number of exposures costs 1 or `big`, the latter with probability
// `share`: every pair of counts enumerated.
double enumerated(double exposures, double share, double big, double budget) {
  const auto pmf = [](int k, double mean) {
    return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
  };
  double within = 0;
  for (int ones = 0; ones <= budget; ++ones) {
    for (int bigs = 0; ones + bigs * big <= budget; ++bigs) {
      within += pmf(ones, exposures * (1 - share)) * pmf(bigs, exposures * share);
    }
  }
  return 1 - within;
}

}  // namespace

TEST_CASE("Where every exposure costs the same the tail is the Poisson law's, enumerated") {
  for (const double mean : {0.01, 0.5, 3.0, 40.0}) {
    for (const double budget : {0.0, 1.0, 2.5, 7.0, 60.0}) {
      double within = 0;
      for (int k = 0; k <= budget; ++k) within += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
      CHECK(sim::cost_tail(mean, {1, 0}, budget) == Approx(1 - within).margin(1e-12));
      CHECK(sim::cost_tail(mean, {0.1, 0}, budget * 0.1) == Approx(1 - within).margin(1e-12));
    }
  }
}

TEST_CASE("A budget may be used up to the last unit") {
  CHECK(sim::cost_tail(1, {0.1, 0}, 0.3) == Approx(1 - std::exp(-1.0) * (1 + 1 + 0.5 + 1.0 / 6)));
  CHECK(sim::cost_tail(1, {1, 0}, 2.999) == Approx(sim::cost_tail(1, {1, 0}, 2)));
}

TEST_CASE("Nothing to meet, or nothing to pay, ruins nobody") {
  CHECK(sim::cost_tail(0, {1, 0}, 5) == 0);
  CHECK(sim::cost_tail(100, {0, 0}, 5) == 0);
}

TEST_CASE("With unequal costs the matched moments stay within three points of the enumerated tail") {
  for (const double exposures : {5.0, 20.0, 60.0}) {
    const double share = 0.1, big = 4;
    const double mean = 1 - share + share * big;
    const double square = 1 - share + share * big * big;
    for (const double above : {1.2, 1.5, 2.0}) {
      const double budget = std::floor(exposures * mean * above) + 0.5;  // between two sums
      const double truth = enumerated(exposures, share, big, budget);
      const double said = sim::cost_tail(exposures, {mean, square - mean * mean}, budget);
      INFO(exposures << " exposures, budget " << budget << ": " << said << " against " << truth);
      CHECK(std::abs(said - truth) < 0.03);
      // The twin: a sum that forgets that costs vary.
      if (truth > 0.001 && truth < 0.1) CHECK(sim::cost_tail(exposures, {mean, 0}, budget) < 0.8 * truth);
    }
  }
}

TEST_CASE("Over simulated sums of lognormal costs the tail is right within a point and a half") {
  sim::Distribution cost;
  cost.kind = sim::Distribution::Kind::lognormal;
  cost.a = 1;
  cost.b = 3;
  const sim::ExposureCost moments{sim::mean(cost), sim::variance(cost)};
  sim::BulkUniforms uniforms({.seed = 3, .question = 86});
  for (const double budget : {30.0, 45.0, 60.0}) {
    int over = 0;
    const int runs = 60'000;
    for (int r = 0; r < runs; ++r) {
      const auto n = static_cast<int>(sim::poisson_quantile(uniforms(), 20));
      double sum = 0;
      for (int i = 0; i < n; ++i) sum += sim::quantile(cost, uniforms());
      over += sum > budget ? 1 : 0;
    }
    const double truth = over / static_cast<double>(runs);
    CHECK(std::abs(sim::cost_tail(20, moments, budget) - truth) < 0.015);
  }
}

TEST_CASE("The risk is the mixture of the hypotheses' tails, and falls with the budget") {
  const std::array<double, 3> belief = {0.7, 0.2, 0.1};
  const std::array<double, 3> exposures = {0, 2, 10};
  const sim::ExposureCost one{1, 0};
  for (const double budget : {0.0, 3.0, 9.0}) {
    CHECK(sim::ruin_probability(belief, exposures, one, budget) ==
          Approx(0.2 * sim::cost_tail(2, one, budget) + 0.1 * sim::cost_tail(10, one, budget)));
  }
  CHECK(sim::ruin_probability(belief, exposures, one, 3) > sim::ruin_probability(belief, exposures, one, 4));
  CHECK(sim::ruin_probability(belief, exposures, {2, 0}, 3) >
        sim::ruin_probability(belief, exposures, one, 3));
}
