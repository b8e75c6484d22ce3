// Verdicts inside a rollout as real controllers give them: Flagger's ticks, Argo's inline and background
// analysis.
#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/samplers.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::ReasonKind;

namespace {

constexpr Duration kTick = minutes{1};

// A signal whose every reading is an independent normal number with mean 1 and standard deviation 1: the
// items' own noise is nothing, and the drift forgets within a second.
sim::ScenarioParams noisy_scene() {
  sim::ScenarioParams p = scene(hours{3});
  p.response.deploy = fixed(60);
  sim::SignalParams signal;
  signal.id = "metric";
  signal.kind = sim::SignalKind::mean;
  signal.baseline = 1;
  signal.sd = 1e-6;
  signal.window = seconds{30};
  signal.delay = seconds{10};
  signal.drift = sim::DriftParams{1.0, seconds{1}};
  p.signals.push_back(signal);
  p.harm.ongoing.per_request = 0;
  return p;
}

// A reading lies above it with probability q.
double bound_of(double q) { return sim::normal_quantile(1 - q, 1, 1); }

sim::StrategyParams ticking(int weights, int threshold, double bound) {
  sim::StrategyParams s;
  s.id = "ticking";
  for (int i = 1; i <= weights; ++i) s.steps.push_back({0.05 * i, kTick});
  s.steps.push_back({1, kTick});
  s.monitoring.interval = kTick;
  s.monitoring.automatic = true;
  s.max_attempts = 1;
  s.promote_after = kTick;
  sim::VerdictParams v;
  v.signal = "metric";
  v.no_data = sim::NoData::fail;
  v.ticks.emplace();
  v.ticks->above = bound;
  v.ticks->threshold = threshold;
  s.monitoring.verdicts.push_back(v);
  return s;
}

sim::StrategyParams analysed(int count, int limit, double bound) {
  sim::StrategyParams s;
  s.id = "analysed";
  s.steps = {{0.5, seconds{1}}, {1, kTick}};
  s.monitoring.interval = kTick;
  s.monitoring.automatic = true;
  s.max_attempts = 1;
  sim::VerdictParams v;
  v.signal = "metric";
  v.no_data = sim::NoData::fail;  // windows are merged to one reading a look
  v.in_step = 1;
  v.threshold.emplace();
  v.threshold->above = bound;
  v.threshold->count = count;
  v.threshold->failure_limit = limit;
  s.monitoring.verdicts.push_back(v);
  return s;
}

Moments share_rolled_back(const sim::StrategyParams& strategy, int worlds) {
  const Prepared run(noisy_scene(), strategy);
  Moments moments;
  for (int r = 0; r < worlds; ++r) {
    const bool back = run.outcome(11, static_cast<std::uint32_t>(r)).has(sim::Flag::rolled_back);
    moments.add(back ? 1 : 0);
  }
  return moments;
}

double choose(int n, int k) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0));
}
// P(`threshold` failures before `passes` passes).
double ticks_roll_back(int threshold, int passes, double q) {
  double sum = 0;
  for (int k = 0; k < passes; ++k) {
    sum += choose(threshold - 1 + k, k) * std::pow(q, threshold) * std::pow(1 - q, k);
  }
  return sum;
}
double binomial_above(int n, int limit, double q) {
  double sum = 0;
  for (int k = limit + 1; k <= n; ++k) sum += choose(n, k) * std::pow(q, k) * std::pow(1 - q, n - k);
  return sum;
}

std::vector<Time> times_of(const sim::Reasons& reasons, ReasonKind kind) {
  std::vector<Time> times;
  for (const sim::Reason& r : reasons) {
    if (r.kind == kind) times.push_back(r.at);
  }
  return times;
}

sim::Reasons told(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  const Prepared run(p, s);
  sim::Reasons reasons;
  run.run(3, 0, false, &reasons);
  return reasons;
}

constexpr double kNeverFails = 1e9;
constexpr double kAlwaysFails = -1e9;

}  // namespace

TEST_CASE("Ticks roll a healthy release back as their failed checks add up, not as they come in a row") {
  CHECK(ticks_roll_back(5, 10, 0.10) == Approx(0.0092).epsilon(0.01));
  const Moments rare = share_rolled_back(ticking(10, 5, bound_of(0.10)), 60'000);
  CHECK(near(rare.mean(), rare.mean_error(), ticks_roll_back(5, 10, 0.10)));
  CHECK_FALSE(near(rare.mean(), rare.mean_error(), 0.0001));  // five failures in a row
  const double often = ticks_roll_back(3, 5, 0.3);
  const Moments common = share_rolled_back(ticking(5, 3, bound_of(0.3)), 250'000);
  CHECK(near(common.mean(), common.mean_error(), often));
  CHECK_FALSE(near(common.mean(), common.mean_error(), often * 1.02));
}

TEST_CASE("A release whose every check passes is promoted to the second that the ticks say") {
  constexpr int kWeights = 4;
  const sim::Reasons reasons = told(noisy_scene(), ticking(kWeights, 2, kNeverFails));
  const Time detected = times_of(reasons, ReasonKind::deploying).at(0);
  const auto steps = times_of(reasons, ReasonKind::step);
  REQUIRE(steps.size() == kWeights + 1);
  for (int i = 1; i <= kWeights; ++i) CHECK(steps[static_cast<std::size_t>(i - 1)] == detected + i * kTick);
  CHECK(times_of(reasons, ReasonKind::promoting).at(0) == detected + (kWeights + 1) * kTick);
  CHECK(times_of(reasons, ReasonKind::full).at(0) == detected + (kWeights + 2) * kTick);
  CHECK(times_of(reasons, ReasonKind::complete).at(0) == detected + (kWeights + 3) * kTick);
}

TEST_CASE(
    "A release whose every check fails is rolled back one tick after the threshold, at its first weight") {
  for (const int threshold : {1, 3, 5}) {
    const sim::Reasons reasons = told(noisy_scene(), ticking(10, threshold, kAlwaysFails));
    const auto steps = times_of(reasons, ReasonKind::step);
    REQUIRE(steps.size() == 1);
    CHECK(times_of(reasons, ReasonKind::rollback_began).at(0) == steps[0] + (threshold + 1) * kTick);
  }
}

TEST_CASE("Two metrics of one controller by ticks count their failed checks together, one a tick") {
  sim::StrategyParams s = ticking(10, 4, kAlwaysFails);
  s.monitoring.verdicts.push_back(s.monitoring.verdicts[0]);
  const sim::Reasons reasons = told(noisy_scene(), s);
  const Time first = times_of(reasons, ReasonKind::step).at(0);
  CHECK(times_of(reasons, ReasonKind::rollback_began).at(0) == first + 5 * kTick);
}

TEST_CASE("An inline analysis aborts with the binomial probability, and its step lasts as long as it does") {
  CHECK(binomial_above(10, 0, 0.01) == Approx(0.0956).epsilon(0.001));
  const Moments rare = share_rolled_back(analysed(10, 0, bound_of(0.01)), 60'000);
  CHECK(near(rare.mean(), rare.mean_error(), binomial_above(10, 0, 0.01)));
  const double often = binomial_above(10, 3, 0.35);
  const Moments common = share_rolled_back(analysed(10, 3, bound_of(0.35)), 150'000);
  CHECK(near(common.mean(), common.mean_error(), often));
  CHECK_FALSE(near(common.mean(), common.mean_error(), often * 1.02));

  const sim::Reasons reasons = told(noisy_scene(), analysed(10, 0, kNeverFails));
  const auto steps = times_of(reasons, ReasonKind::step);
  REQUIRE(steps.size() == 2);
  CHECK(steps[1] == steps[0] + 10 * kTick);
}

TEST_CASE("A step that lasts longer than its analysis ends at its own time") {
  sim::StrategyParams s = analysed(3, 0, kNeverFails);
  s.steps[0].duration = minutes{20};
  const auto steps = times_of(told(noisy_scene(), s), ReasonKind::step);
  REQUIRE(steps.size() == 2);
  CHECK(steps[1] == steps[0] + minutes{20});
}

TEST_CASE("A dry run is told and never acted on") {
  sim::StrategyParams s = analysed(5, 0, kAlwaysFails);
  s.monitoring.verdicts[0].dry_run = true;
  const sim::Reasons reasons = told(noisy_scene(), s);
  CHECK(times_of(reasons, ReasonKind::verdict_failed).size() == 1);
  CHECK(times_of(reasons, ReasonKind::rollback_began).empty());
  CHECK(times_of(reasons, ReasonKind::complete).size() == 1);
}

TEST_CASE("A background analysis begins with its step and fails the rollout there") {
  sim::StrategyParams s = analysed(0, 0, kAlwaysFails);
  s.steps = {{0.1, minutes{10}}, {0.5, minutes{10}}, {1, minutes{10}}};
  s.monitoring.verdicts[0].in_step.reset();
  s.monitoring.verdicts[0].from_step = 2;
  const sim::Reasons reasons = told(noisy_scene(), s);
  const auto steps = times_of(reasons, ReasonKind::step);
  REQUIRE(steps.size() == 2);
  CHECK(times_of(reasons, ReasonKind::rollback_began).at(0) == steps[1] + kTick);
}

TEST_CASE("Ticks that compare with the stable arm see it, without anybody else who reads it") {
  sim::ScenarioParams p = scene(hours{3});
  p.traffic.counts = sim::Counts::expected;
  p.signals.push_back(ratio_signal(0.01, seconds{30}));
  sim::StrategyParams s = ticking(2, 1, 0.9);
  s.monitoring.verdicts[0].signal = "errors";
  s.monitoring.verdicts[0].no_data = sim::NoData::ignore;
  s.monitoring.verdicts[0].ticks->measure = sim::Measure::ratio_to_stable;
  CHECK(times_of(told(p, s), ReasonKind::rollback_began).size() == 1);  // both arms alike: a ratio of 1
  s.monitoring.verdicts[0].ticks->above = 1.1;
  CHECK(times_of(told(p, s), ReasonKind::rollback_began).empty());
}

TEST_CASE("An initial delay of nothing measures with the first traffic, and finds nothing published yet") {
  sim::StrategyParams s = analysed(3, 0, kNeverFails);
  s.monitoring.verdicts[0].threshold->initial_delay = Duration{};
  const sim::Reasons at_once = told(noisy_scene(), s);
  const Time begins = times_of(at_once, ReasonKind::step).at(0);
  REQUIRE(times_of(at_once, ReasonKind::verdict_failed).size() == 1);  // no data fails it
  CHECK(times_of(at_once, ReasonKind::verdict_failed)[0] == begins);
  s.monitoring.verdicts[0].threshold->initial_delay.reset();
  CHECK(times_of(told(noisy_scene(), s), ReasonKind::verdict_failed).empty());
}
