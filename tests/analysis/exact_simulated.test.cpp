// The exact solver and the simulator tell the same: of one verdict that is looked at, and of whole worlds.
// Both ways the fault that must be caught is planted: odds that are 1% off, and limits that are one off.
#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/exact.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using analysis::MeasurementOdds;
using analysis::ThresholdExact;
using analysis::ThresholdLimits;

namespace {

ThresholdExact exactly(const ThresholdLimits& limits, const MeasurementOdds& odds) {
  const auto exact = analysis::solve_threshold(limits, odds);
  REQUIRE(exact);
  return *exact;
}

sim::ThresholdParams threshold_of(const ThresholdLimits& limits) {
  sim::ThresholdParams t;
  t.count = limits.count;
  t.failure_limit = limits.failure_limit;
  t.consecutive_error_limit = limits.consecutive_error_limit;
  t.inconclusive_limit = limits.inconclusive_limit;
  t.error_retry = minutes{1};  // as any other look: the chain has one kind of step
  return t;
}

struct Ended {
  double runs = 0, passed = 0, failed = 0, inconclusive = 0;
  Moments looks;
};

// Looks at one verdict again and again: above 0.9 fails, below 0.5 passes, no items is an error.
Ended look_again(const ThresholdLimits& limits, const MeasurementOdds& odds, int runs) {
  sim::VerdictParams verdict;
  verdict.threshold = threshold_of(limits);
  verdict.threshold->above = 0.9;
  verdict.threshold->pass_below = 0.5;
  sim::BulkUniforms next({.seed = 71});
  Ended ended;
  for (int r = 0; r < runs; ++r) {
    sim::VerdictState state;
    int looks = 0;
    for (; state.outlook == sim::Outlook::running; ++looks) {
      const double u = next();
      const double level = u < odds.pass ? 0.1 : u < odds.pass + odds.fail ? 1.0 : 0.7;
      state.evidence = {u < 1 - odds.error ? 100.0 : 0.0, level * 100, 0, 0};
      sim::look(verdict, {}, minutes{1}, state.next_look, state);
    }
    ended.runs += 1;
    ended.passed += state.outlook == sim::Outlook::passed;
    ended.failed += state.outlook == sim::Outlook::failed || state.outlook == sim::Outlook::error;
    ended.inconclusive += state.outlook == sim::Outlook::inconclusive;
    ended.looks.add(looks);
  }
  return ended;
}

bool agrees(const Ended& ended, const ThresholdExact& exact) {
  const double failed = exact.failed + exact.erred;
  return near(ended.passed / ended.runs, share_error(exact.passed, ended.runs), exact.passed) &&
         near(ended.failed / ended.runs, share_error(failed, ended.runs), failed) &&
         near(ended.inconclusive / ended.runs, share_error(exact.inconclusive, ended.runs),
              exact.inconclusive) &&
         near(ended.looks.mean(), ended.looks.mean_error(), exact.mean_looks) &&
         near(ended.looks.variance(), ended.looks.variance_error(), exact.variance_looks);
}

// A canary that is measured every minute with three requests on average: a window's errors and successes are
// Poisson variables, so the odds of a measurement are a double sum. Nothing but the one verdict ends it.
constexpr double kRate = 0.05;
constexpr double kErrors = 0.2;
constexpr double kBound = 0.45;

MeasurementOdds odds_of_window() {
  const double items = kRate * 60;
  const auto poisson = [](double mean, int k) {
    return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
  };
  MeasurementOdds odds;
  for (int bad = 0; bad < 60; ++bad) {
    for (int good = 0; good < 80; ++good) {
      const double p = poisson(items * kErrors, bad) * poisson(items * (1 - kErrors), good);
      if (bad + good == 0) {
        odds.error += p;
      } else if (bad > kBound * (bad + good)) {
        odds.fail += p;
      } else {
        odds.pass += p;
      }
    }
  }
  return odds;
}

struct Watched {
  double runs = 0, rolled_back = 0;
  Moments seconds_to_rollback;  // of those, from the first traffic to the decision
};

Watched watch(const ThresholdLimits& limits, std::uint32_t runs) {
  sim::ScenarioParams p = scene(seconds{6000});
  p.traffic.entry[0].rate_per_s = kRate;
  p.harm.ongoing.per_request = 0.001;
  p.response.verify.sensitivity = 0;
  p.signals = {ratio_signal(kErrors, minutes{1})};
  sim::StrategyParams s = rollout({{1, seconds{4500}}});
  s.max_attempts = 1;
  s.monitoring.interval = minutes{1};
  s.monitoring.verdicts.resize(1);
  s.monitoring.verdicts[0].signal = "errors";
  s.monitoring.verdicts[0].threshold = threshold_of(limits);
  s.monitoring.verdicts[0].threshold->above = kBound;
  s.monitoring.verdicts[0].threshold->initial_delay = seconds{90};  // half a window after each publication
  const Prepared prepared(p, s);
  Watched watched;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::World w = prepared.begin(72, r);
    while (w.queue.next_time() <= sim::horizon(prepared.scenario) &&
           w.rollout.stage != sim::Stage::rolling_back)
      sim::advance(prepared.scenario, prepared.strategy, w, w.queue.next_time());
    watched.runs += 1;
    if (w.rollout.stage != sim::Stage::rolling_back) continue;
    watched.rolled_back += 1;
    watched.seconds_to_rollback.add(sim::to_seconds(w.now) - 1000);
  }
  return watched;
}

}  // namespace

TEST_CASE("A verdict that is looked at ends as its chain says") {
  const ThresholdLimits limits{
      .count = 12, .failure_limit = 2, .consecutive_error_limit = 1, .inconclusive_limit = 1};
  const MeasurementOdds odds{.pass = 0.74, .fail = 0.12, .inconclusive = 0.06, .error = 0.08};
  const Ended ended = look_again(limits, odds, 1'500'000);
  CHECK(agrees(ended, exactly(limits, odds)));
  // The planted faults: a limit that is one off, and odds of failure that are 1% off.
  ThresholdLimits wrong = limits;
  wrong.failure_limit = 3;
  CHECK_FALSE(agrees(ended, exactly(wrong, odds)));
  wrong = limits;
  wrong.consecutive_error_limit = 2;
  CHECK_FALSE(agrees(ended, exactly(wrong, odds)));
  CHECK_FALSE(
      agrees(ended, exactly(limits, {.pass = 0.7388, .fail = 0.1212, .inconclusive = 0.06, .error = 0.08})));
}

TEST_CASE("A world under a threshold verdict rolls back as often, and after as long, as the chain says") {
  const ThresholdLimits limits{.count = 40, .failure_limit = 4, .consecutive_error_limit = 1};
  const MeasurementOdds odds = odds_of_window();
  const ThresholdExact exact = exactly(limits, odds);
  const double rolls_back = exact.failed + exact.erred;
  const Watched watched = watch(limits, 100'000);
  WARN("rolls back: simulated " << watched.rolled_back / watched.runs << ", solved " << rolls_back);
  CHECK(share_is(watched.rolled_back, watched.runs, rolls_back));

  // Without a count it always ends within the horizon or so, and the looks have the chain's mean.
  const ThresholdLimits endless{.failure_limit = 1, .consecutive_error_limit = 0};
  const Watched ends = watch(endless, 60'000);
  const ThresholdExact chain = exactly(endless, odds);
  REQUIRE(ends.rolled_back == ends.runs);
  const double expected_s = 90 + (chain.mean_looks - 1) * 60;
  WARN("seconds to the rollback: simulated " << ends.seconds_to_rollback.mean() << ", solved " << expected_s);
  CHECK(mean_is(ends.seconds_to_rollback, expected_s));
}
