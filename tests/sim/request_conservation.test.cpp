// No request is lost or counted twice, through whole runs: at random instants of random worlds, whatever the
// pools go through, requests that arrived = served + rejected + in flight, by version and in total, and the
// ledger knows of every one of them.
#include <catch2/catch.hpp>

#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/request_scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kCases = 1000;

struct Case {
  sim::ScenarioParams scenario;
  sim::StrategyParams strategy;
};

void add_gateway(sim::ScenarioParams& p, Dice& dice) {
  p.services.push_back({"gateway", {{"agent", dice.chance(0.5) ? 1.0 : dice.between(0.3, 2.6)}}});
  auto& gateway = p.services.back();
  if (dice.chance(0.5)) {
    gateway.service_time = exponential_time(dice.between(0.1, 1));
    gateway.servers = dice.whole(1, 3);
    gateway.queue = dice.whole(0, 10);
  }
  sim::EntryParams entry;
  entry.id = "gateway";
  entry.rate_per_s = dice.between(0.1, 2);
  p.traffic.entry.push_back(entry);
}

void add_bursts(sim::EntryParams& entry, Dice& dice) {
  entry.burst.emplace();
  entry.burst->factor = dice.between(0, 4);
  entry.burst->mean_gap = dice.seconds(60, 2000);
  entry.burst->mean_length = dice.seconds(60, 1000);
}

// Every request does one unit of harm: served, as `ongoing` by the stable version or `residual` by the
// change; rejected, as `ongoing`, or `regression` by the change's pool.
Case random_queue(std::uint64_t seed) {
  Dice dice(seed, 7);
  Case c;
  auto& p = c.scenario =
      served(scene(seconds{8000}), dice.whole(1, 12), exponential_time(dice.between(1, 9)));
  auto& agent = p.services[0];
  agent.queue = dice.whole(0, 40);
  agent.scale_stable = dice.chance(0.5);
  if (dice.chance(0.2)) agent.servers = 0;
  p.traffic.entry[0].rate_per_s = dice.between(0.2, 2);
  if (dice.chance(0.5)) add_bursts(p.traffic.entry[0], dice);
  if (dice.chance(0.3)) agent.calls.push_back({"agent", 0.3});
  if (dice.chance(0.5)) add_gateway(p, dice);  // and `agent` lies elsewhere
  p.harm.ongoing.per_request = 1;
  p.harm.rejected = 1;
  p.change.fix_effectiveness = fixed(0);
  p.change.regression.probability = 0.5;
  p.change.regression.severities = {severity(1)};
  p.change.regression.severities[0].service_time_ratio = dice.between(1, 3);
  p.change.regression.severities[0].onset.segment = dice.chance(0.5) ? 1 : 0.5;
  sim::SignalParams signal = ratio_signal(0.001);
  signal.of = sim::SignalOf::rejected;
  p.signals.push_back(signal);
  c.strategy = rollout({{dice.between(0.01, 0.2), minutes{8}}, {0.5, minutes{8}}, {1, minutes{15}}});
  sim::VerdictParams v;
  v.signal = "errors";
  v.no_data = sim::NoData::ignore;
  v.threshold.emplace();
  v.threshold->above = 0.2;
  c.strategy.monitoring.verdicts.push_back(v);
  return c;
}

std::int64_t in_flight(const sim::FleetPool& pool) {
  return pool.busy + static_cast<std::int64_t>(pool.line.size());
}

std::string ledger_of_pools(const Prepared& run, const sim::World& w) {
  double served[2], rejected_before = 0;
  for (std::size_t i = 1; i < run.scenario.fleet.stations.size(); ++i)
    rejected_before += static_cast<double>(w.fleet.pools[i].rejected);
  for (int arm = 0; arm < 2; ++arm) {
    const sim::FleetPool& pool = pool_of(run, w, arm);
    served[arm] = static_cast<double>(pool.completed) + static_cast<double>(in_flight(pool));
  }
  const double stable_rejected = static_cast<double>(pool_of(run, w, 0).rejected);
  const double change_rejected = static_cast<double>(pool_of(run, w, 1).rejected);
  const auto& harm = w.ledger.harm;
  if (harm[0] != served[0] + stable_rejected + rejected_before) return "the stable version's ledger differs";
  if (harm[1] != served[1]) return "the change's ledger differs";
  if (harm[2] != change_rejected) return "the ledger of the change's rejections differs";
  return {};
}

std::string conserved(const Prepared& run, const sim::World& w, bool one_call_each) {
  std::int64_t under_way = 0;
  for (const auto& pool : w.fleet.pools) {
    if (static_cast<std::int64_t>(pool.arrived) !=
        static_cast<std::int64_t>(pool.completed + pool.rejected) + in_flight(pool))
      return "a pool lost a request";
    under_way += pool.busy;
  }
  if (static_cast<std::int64_t>(w.fleet.departures.size()) != under_way) return "a service has no end";
  std::uint64_t came = 0, arrived = pool_of(run, w, 0).arrived + pool_of(run, w, 1).arrived;
  for (const auto& entry : w.fleet.entries) came += entry.arrivals;
  for (std::size_t i = 1; i < run.scenario.fleet.stations.size(); ++i)
    came -= w.fleet.pools[i].rejected + static_cast<std::uint64_t>(in_flight(w.fleet.pools[i]));
  if (one_call_each && came != arrived) return "a request got lost between services";
  return ledger_of_pools(run, w);
}

bool calls_once(const sim::ScenarioParams& p) {
  return p.services[0].calls.empty() && (p.services.size() < 2 || p.services[1].calls[0].per_request == 1);
}

struct Seen {
  int rejected = 0, on_change = 0, before = 0, rolled_back = 0;
};

std::string follow(std::uint64_t seed, Seen& seen) {
  const Case c = random_queue(seed);
  const Prepared run(c.scenario, c.strategy);
  Dice dice(seed, 8);
  sim::World w = run.begin(seed, 0);
  while (w.now < c.scenario.horizon) {
    sim::advance(run.scenario, run.strategy, w, w.now + dice.seconds(1, 2000));
    settle(run, w);
    const std::string wrong = conserved(run, w, calls_once(c.scenario));
    if (!wrong.empty()) return "seed " + std::to_string(seed) + ": " + wrong;
  }
  seen.rejected += pool_of(run, w, 0).rejected > 0 ? 1 : 0;
  seen.on_change += pool_of(run, w, 1).rejected > 0 ? 1 : 0;
  seen.before += run.scenario.fleet.stations.size() > 1 && w.fleet.pools[1].rejected > 0 ? 1 : 0;
  seen.rolled_back += (w.record.flags & static_cast<std::uint32_t>(sim::Flag::rolled_back)) != 0 ? 1 : 0;
  return {};
}

}  // namespace

TEST_CASE("Arrived = served + rejected + in flight, by version and in total, at any instant of any world") {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    const std::string wrong = follow(seed, seen);
    if (!wrong.empty()) FAIL(wrong);
  }
  // Everything that could lose a request has happened often.
  CHECK(seen.rejected > kCases / 5);
  CHECK(seen.on_change > kCases / 5);
  CHECK(seen.before > kCases / 20);
  CHECK(seen.rolled_back > kCases / 10);
}

TEST_CASE("A request that is booked twice, or vanishes from a line, is seen") {
  const Case c = random_queue(1);
  const Prepared run(c.scenario, c.strategy);
  sim::World w = run.begin(1, 0);
  sim::advance(run.scenario, run.strategy, w, seconds{6000});
  settle(run, w);
  REQUIRE(conserved(run, w, calls_once(c.scenario)) == "");
  sim::World twice = w, lost = w;
  twice.ledger.harm[1] += 1;
  CHECK(conserved(run, twice, calls_once(c.scenario)) == "the change's ledger differs");
  --lost.fleet.pools[0].completed;
  CHECK(conserved(run, lost, calls_once(c.scenario)) == "a pool lost a request");
}
