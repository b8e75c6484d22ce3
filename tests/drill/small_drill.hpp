// Drills small enough to be solved exactly. All times are fixed; what is random is what the change carries,
// how well the fix works, how many requests come and how many of them fail.
//
// The change is written at kReadyAt. Time then goes in periods of ten minutes; in each one window of one
// signal is measured, and published `lag` periods after its end. Harm runs at a fixed rate where the change
// does not stop it, and with every request on a regression with a fixed probability. A rollback takes kBack,
// and a second change is ready `rework` periods after it was asked for; the horizon comes before a third.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "drill/drill.hpp"
#include "tests/sim/scenes.hpp"

namespace breakglass::tests {

struct SmallDrill {
  double prior = 0.3;                      // P(the change carries a regression)
  std::vector<double> weights = {0.2, 1};  // of the steps, each a period long but the last
  double requests = 50;                    // mean of a period
  double clean = 0.02;                     // share of requests that fail on a clean change,
  double bad = 0.2;                        // and on a regression
  double harm_per_s = 1;                   // ongoing
  double harm_per_request = 1;             // of a regression
  double half_fix = 0.2;  // P(the fix stops half of the ongoing harm); otherwise it stops all
  int periods = 5;        // from kReadyAt to the horizon
  int lag = 0;
  int rework = 3;
};

inline constexpr seconds kPeriod{600}, kReadyAt{600}, kBack{120};

inline std::shared_ptr<const scenarios::LoadedScenario> load(const SmallDrill& d) {
  sim::ScenarioParams p = scene(kReadyAt + d.periods * kPeriod);
  p.id = "small";
  p.start = "2026-03-02T10:00:00+00:00";
  p.traffic.entry[0].rate_per_s = d.requests / sim::to_seconds(kPeriod);
  p.harm.ongoing.per_request = 0;
  p.harm.ongoing.per_second = d.harm_per_s;
  p.change.author_time = fixed(300);
  p.change.fix_effectiveness = fixed(1);
  p.change.fix_effectiveness.atoms = {{0.5, d.half_fix}};
  p.change.regression.probability = d.prior;
  p.change.regression.severities = {severity(1, d.harm_per_request)};
  p.change.regression.severities[0].moves = {{"errors", d.bad / d.clean, 0}};
  p.signals = {ratio_signal(d.clean, kPeriod)};
  p.signals[0].delay = d.lag * kPeriod;
  p.response.deploy = fixed(0);
  p.response.investigate = fixed(sim::to_seconds(d.rework * kPeriod - kBack) - 300);
  p.rollback.verified.time = p.rollback.unverified.time = fixed(sim::to_seconds(kBack));

  std::vector<sim::StepParams> steps;
  for (const double weight : d.weights) steps.push_back({weight, kPeriod});
  steps.back().duration = 100 * kPeriod;
  sim::StrategyParams strategy = rollout(steps);
  strategy.max_attempts = 2;
  strategy.monitoring.reports_to_act = 0;

  auto loaded = std::make_shared<scenarios::LoadedScenario>();
  loaded->scenario = sim::prepare(std::move(p));
  loaded->strategies = {sim::prepare(loaded->scenario, do_nothing()),
                        sim::prepare(loaded->scenario, strategy)};
  return loaded;
}

// Drawn so that neither shipping blindly nor never shipping is best.
inline SmallDrill random_small(std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  const auto between = [&](double low, double high) {
    return low + (high - low) * (static_cast<double>(bits() >> 11) * 0x1p-53);
  };
  SmallDrill d;
  d.prior = between(0.2, 0.45);
  d.lag = seed % 2 == 0 ? 1 : 0;
  d.weights = {between(0.1, 0.25), 1};
  if (d.lag == 0) d.weights.insert(d.weights.begin() + 1, between(0.35, 0.6));
  d.requests = between(25, 45);
  d.clean = between(0.02, 0.06);
  d.bad = d.clean * between(2.5, 5);
  d.half_fix = between(0.1, 0.6);
  // At full weight a regression does three to five times the harm that the change is to stop.
  d.harm_per_request = between(0.5, 1);
  d.harm_per_s = d.harm_per_request * d.requests / 600 / between(3, 5);
  d.periods = 5 + static_cast<int>(bits() % 2);
  d.rework = 3;
  return d;
}

// What somebody who plays such a drill can see and do at the end of a period.
enum class Move { hold, promote, roll_back };

// Where a rollout stands: whole periods since kReadyAt, the step, the step of the last window that is not yet
// published (-1: none), and the requests on this change that have failed and that have not, as published.
struct SmallState {
  int attempt = 0;
  int period = 0;
  int step = 0;
  int pending = -1;
  int failed = 0;
  int passed = 0;
};

}  // namespace breakglass::tests
