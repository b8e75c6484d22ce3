// A regression that only costs latency: whose pool melts, what that costs, and which verdict notices. Through
// whole runs; confidence 99.9%, seeds fixed.
#include <catch2/catch.hpp>

#include "tests/model/queue_oracles.hpp"
#include "tests/sim/request_scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr std::uint32_t kWorlds = 40;
constexpr double kRate = 8.5, kService = 0.8;  // seconds: a load of 6.8
constexpr Time kFirstTraffic = seconds{1000};

// A change that makes serving take `ratio` times as long, on a service with `servers` and room for 60 to
// wait. A rejected request is one failed request; nothing else does harm.
sim::ScenarioParams slow_change(double ratio, std::int64_t servers, Duration horizon = seconds{20'000}) {
  sim::ScenarioParams p = served(scene(horizon), servers, exponential_time(kService));
  p.traffic.entry[0].rate_per_s = kRate;
  p.services[0].queue = 60;
  p.harm.ongoing.per_request = 0;
  p.harm.rejected = 1;
  p.change.regression.probability = 1;
  p.change.regression.severities = {severity(1)};
  p.change.regression.severities[0].service_time_ratio = ratio;
  sim::SignalParams latency;
  latency.id = "latency";
  latency.kind = sim::SignalKind::mean;
  latency.of = sim::SignalOf::latency;
  latency.baseline = kService;
  latency.sd = kService;
  latency.window = minutes{1};
  sim::SignalParams rejected = ratio_signal(0.001);
  rejected.id = "rejected";
  rejected.of = sim::SignalOf::rejected;
  p.signals = {latency, rejected};
  return p;
}

// The share of an arm's requests that are rejected once its line has filled, by the harm that is booked.
Moments share_rejected(const sim::ScenarioParams& p, double weight, int arm) {
  const Prepared run(p, rollout({{weight, p.horizon}, {1, minutes{1}}}));
  const std::size_t source = arm == 0 ? 0 : 2;
  Moments share;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    sim::World w = run.begin(31, r);
    sim::advance(run.scenario, run.strategy, w, kFirstTraffic + seconds{2000});
    settle(run, w);
    const double harm = w.ledger.harm[source];
    const auto arrived = pool_of(run, w, arm).arrived;
    sim::advance(run.scenario, run.strategy, w, p.horizon);
    settle(run, w);
    share.add((w.ledger.harm[source] - harm) / static_cast<double>(pool_of(run, w, arm).arrived - arrived));
  }
  return share;
}

sim::StrategyParams canary(double first) {
  sim::StrategyParams s = rollout({{first, minutes{20}}, {0.5, minutes{20}}, {1, minutes{20}}});
  s.monitoring.automatic = true;
  s.max_attempts = 1;
  return s;
}

sim::StrategyParams judged_by(sim::StrategyParams s, const std::string& signal, double above) {
  sim::VerdictParams v;
  v.signal = signal;
  v.no_data = sim::NoData::ignore;
  v.threshold.emplace();
  v.threshold->above = above;
  v.threshold->failure_limit = 2;
  s.monitoring.verdicts.push_back(v);
  return s;
}

struct Ended {
  int rolled_back = 0;  // of the worlds
  int in_first_step = 0;
  int full = 0;
  double harm = 0;  // mean
};

Ended ends(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  const Prepared run(p, s);
  Ended e;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    sim::Reasons reasons;
    sim::World w = run.run(32, r, false, &reasons);
    const sim::Outcome o = sim::outcome_of(run.scenario, run.strategy, w);
    e.rolled_back += o.has(sim::Flag::rolled_back) ? 1 : 0;
    e.full += o.full_at != sim::kNever ? 1 : 0;
    e.harm += total(o) / kWorlds;
    for (const auto& reason : reasons) {
      if (reason.kind == sim::ReasonKind::rollback_began && reason.at < kFirstTraffic + minutes{20})
        ++e.in_first_step;
    }
  }
  return e;
}

}  // namespace

TEST_CASE("An overloaded canary pool rejects 1 - 1/load of its requests, to 1%, and the stable pool none") {
  // One server of ten for a tenth of the requests, twice as slow: a load of 0.85 * 1.6 = 1.36.
  const sim::ScenarioParams p = slow_change(2, 10, seconds{60'000});
  const double load = kRate * 0.1 * kService * 2;
  CHECK(blocked(1, load, 60) == Approx(1 - 1 / load).epsilon(1e-6));
  CHECK(mean_is(share_rejected(p, 0.1, 1), 1 - 1 / load));
  CHECK(share_rejected(p, 0.1, 0).mean() == 0);
  const Moments slower = share_rejected(slow_change(2.02, 10, seconds{60'000}), 0.1, 1);
  CHECK_FALSE(near(slower.mean(), slower.mean_error(), 1 - 1 / load));
  CHECK(share_rejected(slow_change(1, 10), 0.1, 1).mean() < 1e-4);  // a clean change does not melt
}

TEST_CASE("An overloaded fleet rejects 1 - servers/load of all requests, to 1%") {
  const double load = kRate * kService * 2;
  CHECK(blocked(10, load, 60) == Approx(1 - 10 / load).epsilon(1e-3));
  CHECK(mean_is(share_rejected(slow_change(2, 10), 1, 1), blocked(10, load, 60)));
  const Moments slower = share_rejected(slow_change(2.02, 10), 1, 1);
  CHECK_FALSE(near(slower.mean(), slower.mean_error(), blocked(10, load, 60)));
}

TEST_CASE("A stable pool that gives servers to the canary rejects more than one that keeps them") {
  // Half of 12 requests a second, for all of 10 servers or for 5 of them, and room for 3 to wait.
  sim::ScenarioParams p = slow_change(1, 10, seconds{80'000});
  p.traffic.entry[0].rate_per_s = 12;
  p.services[0].queue = 3;
  CHECK(share_rejected(p, 0.5, 0).mean() < 0.01);
  p.services[0].scale_stable = true;
  CHECK(mean_is(share_rejected(p, 0.5, 0), blocked(5, 6 * kService, 3)));
}

TEST_CASE("What melts a canary pool is noticed in its first step by rejections, and by no drawn signal") {
  sim::ScenarioParams p = slow_change(2, 10, seconds{6000});
  p.signals.push_back(ratio_signal(0.01));
  const int all = static_cast<int>(kWorlds);
  const Ended unseen = ends(p, canary(0.1));
  CHECK(unseen.full == all);
  const Ended drawn = ends(p, judged_by(canary(0.1), "errors", 0.1));
  CHECK(drawn.rolled_back == 0);
  CHECK(drawn.harm == unseen.harm);
  const Ended seen = ends(p, judged_by(canary(0.1), "rejected", 0.1));
  CHECK(seen.in_first_step == all);
  CHECK(seen.full == 0);
  CHECK(seen.harm < 0.05 * unseen.harm);
  p.change.regression.probability = 0;  // the twin: a clean change melts nothing, and is left alone
  const Ended clean = ends(p, judged_by(canary(0.1), "rejected", 0.1));
  CHECK(clean.rolled_back == 0);
  CHECK(clean.full == all);
}

TEST_CASE("A canary with room to spare hides from rejections what latency shows, and the fleet melts") {
  // 1% of 35 requests a second has one of 40 servers for itself: a load of 0.45 where all of them have 1.12.
  sim::ScenarioParams p = slow_change(1.6, 40, seconds{6000});
  p.traffic.entry[0].rate_per_s = 35;
  const int all = static_cast<int>(kWorlds);
  const Ended late = ends(p, judged_by(canary(0.01), "rejected", 0.03));
  CHECK(late.in_first_step == 0);
  CHECK(late.rolled_back == all);
  const Ended early = ends(p, judged_by(canary(0.01), "latency", 2));
  CHECK(early.in_first_step == all);
  CHECK(early.harm == 0);
  CHECK(late.harm > 100);
  p.change.regression.probability = 0;
  CHECK(ends(p, judged_by(canary(0.01), "latency", 2)).full > all * 9 / 10);
}
