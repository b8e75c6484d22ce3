#include "analysis/estimate/paired.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "draws.hpp"

namespace breakglass::analysis {
namespace {

using testing::Draws;

// Two strategies in worlds of very different size: what they share is ten times what sets them apart.
struct World {
  double a, b;
};
constexpr double kTruth = -0.5;
World draw_world(Draws& draws) {
  const double shared = 10 * draws.normal();
  return {shared + draws.normal(), shared + draws.normal() - kTruth};
}

PairedMoments experiment(Draws& draws, int n) {
  PairedMoments pairs;
  for (int i = 0; i < n; ++i) {
    const World world = draw_world(draws);
    add(pairs, world.a, world.b);
  }
  return pairs;
}

// Over 10,000 experiments; the standard deviation of a coverage of 95% is 0.22 points.
double coverage(const std::function<bool(const PairedMoments&)>& covers) {
  Draws draws(200);
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) hits += covers(experiment(draws, 50)) ? 1 : 0;
  return hits / 10'000.0;
}
bool is_nominal(double share) { return share >= 0.943 && share <= 0.957; }

TEST_CASE("the paired interval covers the mean difference at its nominal rate") {
  REQUIRE(
      is_nominal(coverage([](const PairedMoments& p) { return contains(*difference_interval(p), kTruth); })));
}

TEST_CASE("the coverage test catches an interval that forgets the pairing") {
  const auto unpaired = [](const PairedMoments& p) {
    const double half = student_factor(p.a.count) * std::hypot(standard_error(p.a), standard_error(p.b));
    return std::fabs(p.difference.mean - kTruth) <= half;
  };
  REQUIRE_FALSE(is_nominal(coverage(unpaired)));
}

TEST_CASE("Wilson's interval of the share of worlds in which a is lower covers it at its nominal rate") {
  const double truth = 0.5 * std::erfc(-0.5 / 2);  // P(N(kTruth, 2) < 0) = Phi(0.5 / sqrt 2)
  const double share = coverage([&](const PairedMoments& p) {
    return contains(wilson_interval(p.a_lower, p.difference.count), truth);
  });
  REQUIRE(share >= 0.935);  // of a discrete count, so the wider band
  REQUIRE(share <= 0.965);
}

TEST_CASE("the variance of the difference is what the correlation says") {
  Draws draws(201);
  const PairedMoments p = experiment(draws, 5000);
  const double expected =
      variance(p.a) + variance(p.b) - 2 * *correlation(p) * standard_deviation(p.a) * standard_deviation(p.b);
  REQUIRE(variance(p.difference) == Approx(expected).epsilon(1e-9));
  REQUIRE(*correlation(p) == Approx(100.0 / 101).margin(0.001));
  REQUIRE(variance(p.difference) < (variance(p.a) + variance(p.b)) / 50);
}

TEST_CASE("merged pairs agree with pairs added one by one") {
  Draws draws(202);
  PairedMoments whole;
  PairedMoments merged;
  for (int block = 0; block < 20; ++block) {
    PairedMoments part;
    for (int i = 0; i < 37; ++i) {
      const World world = draw_world(draws);
      add(whole, world.a, world.b);
      add(part, world.a, world.b);
    }
    merge(merged, part);
    merge(merged, PairedMoments{});
  }
  REQUIRE(merged.difference.count == whole.difference.count);
  REQUIRE(merged.difference.mean == Approx(whole.difference.mean).epsilon(1e-12));
  REQUIRE(merged.co_moment == Approx(whole.co_moment).epsilon(1e-12));
  REQUIRE(merged.a_lower == whole.a_lower);
}

TEST_CASE("ties count for neither side, and what does not vary has no correlation") {
  PairedMoments p;
  REQUIRE_FALSE(difference_interval(p));
  add(p, 1, 1);
  add(p, 1, 2);
  add(p, 1, 0);
  add(p, 1, 1);
  REQUIRE(p.a_lower == 1);
  REQUIRE(p.ties == 2);
  REQUIRE_FALSE(correlation(p));
  PairedMoments same;
  for (const double x : {1.0, 2.0, 5.0}) add(same, x, x);
  REQUIRE(*difference_interval(same) == Interval{0, 0});
  REQUIRE(*correlation(same) == 1);
}

}  // namespace
}  // namespace breakglass::analysis
