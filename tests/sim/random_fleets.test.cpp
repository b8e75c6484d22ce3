// No request is lost or counted twice where requests are served one by one, in random scenarios with
// everything else that the model has: at random instants of every world, each pool's arrivals are served,
// rejected or in flight; what leaves one service comes to the next; and the ledger knows of every request.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/request_scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kCases = 10'000;

// Turns the ledger into a counter of requests: each does one unit of harm. Served by the stable version it is
// `ongoing`, by the change `residual`; rejected by the change's pool `regression`, elsewhere `ongoing`.
void count_every_request(RandomCase& c) {
  auto& p = c.scenario;
  p.real = 1;
  p.harm.ongoing = {};
  p.harm.ongoing.per_request = 1;
  p.harm.rejected = 1;
  p.change.fix_effectiveness = fixed(0);
  for (auto& severity : p.change.regression.severities) {
    severity.harm_per_request = 0;
    severity.stays = 0;
  }
  for (auto& mitigation : p.containment) mitigation.stops = 0;
  if (p.communication) p.communication->heeded = 0;
}

std::uint64_t in_flight(const sim::FleetPool& pool) {
  return static_cast<std::uint64_t>(pool.busy) + pool.line.size();
}

// What came to a station and what it served, both pools of the released one together.
struct Through {
  std::uint64_t arrived = 0, completed = 0;
};

Through through(const Prepared& run, const sim::World& w, std::size_t station) {
  const auto& pools = w.fleet.pools;
  Through sum{pools[station].arrived, pools[station].completed};
  if (static_cast<int>(station) != run.scenario.fleet.released) return sum;
  sum.arrived += pools.back().arrived;
  sum.completed += pools.back().completed;
  return sum;
}

// What enters a station from outside and by calls: so many at least, and so many at most, because calls of a
// fraction toss a coin each time.
std::string between_services(const Prepared& run, const sim::World& w, std::size_t station) {
  const auto& plan = run.scenario.fleet;
  std::uint64_t least = 0, most = 0;
  for (std::size_t e = 0; e < plan.entries.size(); ++e) {
    if (plan.entries[e].station != static_cast<int>(station)) continue;
    least += w.fleet.entries[e].arrivals;
    most += w.fleet.entries[e].arrivals;
  }
  for (std::size_t from = 0; from < plan.stations.size(); ++from) {
    const std::uint64_t done = through(run, w, from).completed;
    for (const auto& call : plan.stations[from].calls) {
      if (call.station != static_cast<int>(station)) continue;
      least += done * static_cast<std::uint64_t>(call.whole);
      most += done * (static_cast<std::uint64_t>(call.whole) + (call.part > 0 ? 1 : 0));
    }
  }
  const std::uint64_t came = through(run, w, station).arrived;
  return came < least || came > most ? "a request got lost between services" : "";
}

std::string in_the_ledger(const Prepared& run, const sim::World& w) {
  const auto& plan = run.scenario.fleet;
  const auto& stable = pool_of(run, w, 0);
  const auto& change = pool_of(run, w, 1);
  std::uint64_t ongoing = stable.completed + in_flight(stable) + stable.rejected;
  for (std::size_t i = 0; i < plan.stations.size(); ++i) {
    if (static_cast<int>(i) != plan.released) ongoing += w.fleet.pools[i].rejected;
  }
  const auto is = [&](std::size_t line, std::uint64_t requests) {
    return w.ledger.harm[line] == static_cast<double>(requests);
  };
  if (!is(0, ongoing)) return "the stable version's ledger differs";
  if (!is(1, change.completed + in_flight(change))) return "the change's ledger differs";
  if (!is(2, change.rejected)) return "the ledger of the change's rejections differs";
  return {};
}

std::string conserved(const Prepared& run, const sim::World& w) {
  std::uint64_t under_way = 0;
  for (const auto& pool : w.fleet.pools) {
    if (pool.arrived != pool.completed + pool.rejected + in_flight(pool)) return "a pool lost a request";
    under_way += static_cast<std::uint64_t>(pool.busy);
  }
  if (w.fleet.departures.size() != under_way) return "a service has no end";
  for (std::size_t i = 0; i < run.scenario.fleet.stations.size(); ++i) {
    const std::string wrong = between_services(run, w, i);
    if (!wrong.empty()) return wrong;
  }
  return in_the_ledger(run, w);
}

struct Happened {
  int worlds = 0, rejected = 0, on_change = 0, before = 0, waiting = 0;
};

// Follows the case to its end, if its requests are served one by one.
std::string follow(RandomCase c, Happened& happened) {
  if (c.scenario.traffic.fidelity != sim::Fidelity::requests) return {};
  count_every_request(c);
  const Prepared run(c.scenario, c.strategy);
  Dice dice(c.seed, 120);
  sim::World w = run.begin(c.seed, 0);
  bool waiting = false;
  while (w.now < c.scenario.horizon) {
    sim::advance(run.scenario, run.strategy, w, w.now + dice.seconds(1, 10'000));
    settle(run, w);
    const std::string wrong = conserved(run, w);
    if (!wrong.empty()) return wrong + " at " + std::to_string(sim::to_seconds(w.now)) + " s";
    waiting = waiting || pool_of(run, w, 0).line.size() + pool_of(run, w, 1).line.size() > 0;
  }
  ++happened.worlds;
  happened.rejected += pool_of(run, w, 0).rejected > 0;
  happened.on_change += pool_of(run, w, 1).rejected > 0;
  happened.waiting += waiting;
  for (std::size_t i = 0; i < run.scenario.fleet.stations.size(); ++i) {
    if (static_cast<int>(i) == run.scenario.fleet.released || w.fleet.pools[i].rejected == 0) continue;
    ++happened.before;
    break;
  }
  return {};
}

}  // namespace

TEST_CASE(
    "Served one by one, requests that arrived are served, rejected or in flight, in any random scenario") {
  Happened happened;
  int first = 3'000'000;
  for (int worlds = 0; worlds < kCases; worlds = happened.worlds, first += kCases) {
    const std::string wrong = first_failure(static_cast<std::uint64_t>(first), kCases,
                                            [&](const RandomCase& c) { return follow(c, happened); });
    if (!wrong.empty()) FAIL(wrong);
  }
  CHECK(happened.rejected > kCases / 10);
  CHECK(happened.on_change > kCases / 20);
  CHECK(happened.before > kCases / 50);
  CHECK(happened.waiting > kCases / 10);
}

TEST_CASE("One request more or less, anywhere, is found out") {
  int worlds = 0;
  for (std::uint64_t seed = 3'000'000; worlds < 100; ++seed) {
    RandomCase c = random_case(seed);
    if (c.scenario.traffic.fidelity != sim::Fidelity::requests) continue;
    count_every_request(c);
    const Prepared run(c.scenario, c.strategy);
    sim::World w = run.run(seed, 0);
    settle(run, w);
    REQUIRE(conserved(run, w) == "");
    ++worlds;
    sim::World booked = w, lost = w, entered = w;
    booked.ledger.harm[0] += 1;
    CHECK(conserved(run, booked) == "the stable version's ledger differs");
    ++lost.fleet.pools[0].rejected;
    CHECK(conserved(run, lost) == "a pool lost a request");
    entered.fleet.entries[0].arrivals += 1 + through(run, w, 0).completed * 1000;
    CHECK(conserved(run, entered) == "a request got lost between services");
  }
}
