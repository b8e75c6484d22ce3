// Belief is a martingale in any scenario without drift and reports, whatever is watched, however the watch is
// stopped: of
// many random worlds the beliefs sum to the number of regressions. Belief b is right about truth y with
// variance b (1 - b) at most, given what was seen, so the sum of b - y over independent worlds is normal with
// the sum of b (1 - b); beyond 3.29 standard deviations (99.9%) something is wrong.
//
// Only what is published may stop the watch here: an investigation that finds the truth out is not an
// observation that belief is told of, so no eval runs after promotion and there is one attempt. How often
// users report is not weighed, and neither is what a queue shows: so nobody reports, and no regression costs
// time.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kScenarios = 10'000;
constexpr int kTimes = 4;

struct Sum {
  double error = 0, variance = 0, learned = 0, worlds = 0;
  double z() const { return error / std::sqrt(variance); }
};

// By time: at four random instants of every world. `odds` multiplies what belief says, for the twin.
std::array<Sum, kTimes> watch(std::uint64_t first, double odds) {
  std::array<Sum, kTimes> sums;
  for (std::uint64_t seed = first; seed < first + kScenarios; ++seed) {
    RandomCase c = random_case(seed, kEverything & ~kDrift & ~kExpected & ~kReports);
    for (auto& severity : c.scenario.change.regression.severities) severity.service_time_ratio = 1;
    std::erase_if(c.strategy.bypasses, [](const auto& b) { return b.id == "eval-gate"; });
    c.scenario.response.verify.sensitivity = 0;
    c.strategy.max_attempts = 1;
    const Prepared prepared(c.scenario, c.strategy);
    for (std::uint32_t r = 0; r < 2; ++r) {
      sim::World w = prepared.begin(seed, r, true);
      for (int t = 0; t < kTimes; ++t) {
        sim::advance(prepared.scenario, prepared.strategy, w,
                     sim::horizon(prepared.scenario) * (t + 1) / kTimes);
        if (w.belief.hypotheses == 0) continue;
        const double b = sim::regression_probability(w.belief);
        const double said = odds * b / (1 - b + odds * b);
        const bool served = w.record.shipped_at != sim::kNever || w.rollout.rollout_began != sim::kNever;
        const double truth = (served ? w.change : w.draft).hypothesis > 0 ? 1 : 0;
        Sum& sum = sums[static_cast<std::size_t>(t)];
        sum.error += said - truth;
        sum.variance += said * (1 - said);
        sum.learned += b < 0.02 || b > 0.98;
        sum.worlds += 1;
      }
    }
  }
  return sums;
}

}  // namespace

TEST_CASE("Beliefs of random worlds sum to the number of regressions") {
  for (const Sum& sum : watch(2'000'000, 1)) {
    INFO("z = " << sum.z() << " over " << sum.worlds << " worlds");
    CHECK(std::abs(sum.z()) < kZ);
    CHECK(sum.worlds > 5'000);
  }
  // The twin: odds that are 15% too high.
  for (const Sum& sum : watch(2'000'000, 1.15)) CHECK(std::abs(sum.z()) > kZ);
}
