// d' and c against worked values, and their intervals against every outcome that there can be.
#include <catch2/catch.hpp>

#include "history/detection.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/special.hpp"

namespace breakglass::history {
namespace {

constexpr int kPages = 40;
constexpr double kHit = 0.85;
constexpr double kAlarm = 0.2;

// The probability that the interval, shrunk around its middle, holds the truth: summed over all outcomes.
double coverage(double shrink) {
  const double truth = sim::normal_quantile(kHit) - sim::normal_quantile(kAlarm);
  double covered = 0;
  for (int hits = 0; hits <= kPages; ++hits) {
    for (int alarms = 0; alarms <= kPages; ++alarms) {
      const auto found = detect({hits, kPages, alarms, kPages});
      const double half = shrink * analysis::half_width(found->d_ci95);
      if (truth < found->d - half || truth > found->d + half) continue;
      covered += sim::binomial_pmf(hits, kPages, kHit) * sim::binomial_pmf(alarms, kPages, kAlarm);
    }
  }
  return covered;
}

}  // namespace

TEST_CASE("d' and c by Hautus's correction") {
  // H = 18.5 / 21, F = 3.5 / 21; z by tables: 1.1798, -0.9674.
  const auto found = detect({18, 20, 3, 20});
  REQUIRE(found);
  CHECK(found->d == Approx(2.147).margin(0.001));
  CHECK(found->c == Approx(-0.106).margin(0.001));
  CHECK(analysis::half_width(found->c_ci95) == Approx(analysis::half_width(found->d_ci95) / 2));
}

TEST_CASE("who calls everything an emergency tells nothing apart, and leans that way") {
  const auto found = detect({10, 10, 10, 10});
  REQUIRE(found);
  CHECK(found->d == Approx(0).margin(1e-12));
  CHECK(found->c < -1);
  CHECK(detect({0, 10, 0, 10})->c > 1);
}

TEST_CASE("without pages of both kinds there is nothing to tell apart") {
  CHECK_FALSE(detect({3, 3, 0, 0}));
  CHECK_FALSE(detect({0, 0, 1, 3}));
}

TEST_CASE("the interval of d' holds the truth as often as it says; a narrower one does not") {
  CHECK(coverage(1) > 0.94);
  CHECK(coverage(1) < 0.97);
  CHECK(coverage(0.8) < 0.92);
}

}  // namespace breakglass::history
