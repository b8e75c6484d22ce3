// Networks of stations, two arms at the released one, and what melts. Confidence 99.9%, seeds fixed.
#include <catch2/catch.hpp>

#include "sim/kernel/hash.hpp"
#include "sim/model/service_graph.hpp"
#include "sim/model/traffic.hpp"
#include "sim/state_walk.hpp"
#include "tests/model/fleet_support.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using std::chrono::seconds;

namespace {

// An open Jackson network: customers come to 0 and 1, go 0 -> 1 (0.6), 1 -> 2 (0.8), 2 -> 0 (0.3), or leave.
sim::FleetPlan jackson(double back = 0.3, double slower = 1) {
  sim::FleetPlan plan;
  plan.stations = {station(exponential(0.4 * slower), 1, {{1, 0, 0.6, -1}}),
                   station(exponential(0.5), 1, {{2, 0, 0.8, -1}}),
                   station(exponential(0.6), 1, {{0, 0, back, -1}})};
  plan.entries = {poisson_entry(0, 0.5), poisson_entry(1, 0.4)};
  plan.released = 2;
  return add_streams(std::move(plan));
}

// The traffic equations of the above, solved from 0: v0 = 0.5 + 0.3 * 0.8 * (0.4 + 0.6 v0).
constexpr double kRate0 = (0.5 + 0.24 * 0.4) / (1 - 0.24 * 0.6);
constexpr double kRate1 = 0.4 + 0.6 * kRate0;
constexpr double kRate2 = 0.8 * kRate1;

bool obeys_jackson(const sim::FleetPlan& plan) {
  const std::array rates{kRate0, kRate1, kRate2};
  const std::array services{0.4, 0.5, 0.6};
  std::array<Moments, 3> throughput, sojourn;
  const sim::Address at{.seed = 4};
  sim::FleetState fleet = begin_fleet(plan, at);
  constexpr double kBatch = 60'000;
  for (int batch = 1; batch <= 100; ++batch) {
    const auto before = fleet.pools;
    advance_fleet(plan, fleet, {}, at, sim::from_seconds(kBatch * batch));
    for (std::size_t i = 0; i < 3; ++i) {
      throughput[i].add(static_cast<double>(fleet.pools[i].arrived - before[i].arrived) / kBatch);
      sojourn[i].add((fleet.pools[i].sojourn_ns - before[i].sojourn_ns) / 1e9 /
                     static_cast<double>(fleet.pools[i].completed - before[i].completed));
    }
  }
  bool all = true;
  for (std::size_t i = 0; i < 3; ++i) {
    // Each node is as an M/M/1 of its own.
    all &=
        mean_is(throughput[i], rates[i]) && mean_is(sojourn[i], services[i] / (1 - rates[i] * services[i]));
  }
  return all;
}

bool conserved(const sim::FleetPool& pool) {
  return static_cast<std::int64_t>(pool.arrived) ==
         static_cast<std::int64_t>(pool.rejected + pool.completed) + in_flight(pool);
}

std::uint64_t print(sim::FleetState& fleet) {
  sim::Fingerprint print;
  sim::walk_state<false>(fleet, [&](const std::string&, const auto& value) { print.add(value); });
  return print.value();
}

// A service of 0.8 s a request with room for 200 to wait, changed for a share of its traffic.
struct Melt {
  double change = 0;  // share rejected, by arm
  double stable = 0;
};
Melt melt(double weight, double ratio, std::int64_t servers, double rate_per_s) {
  const sim::FleetPlan plan = queue_plan(rate_per_s, exponential(0.8), servers, 200);
  const sim::Address at{.seed = 5};
  sim::FleetState fleet = begin_fleet(plan, at);
  set_fleet_pools(plan, fleet, weight, {});
  advance_fleet(plan, fleet, {weight, ratio, 1}, at, seconds{40'000});
  const auto share = [](const sim::FleetPool& pool) {
    return pool.arrived == 0 ? 0 : static_cast<double>(pool.rejected) / static_cast<double>(pool.arrived);
  };
  return {share(fleet_arm(plan, fleet, 1)), share(fleet_arm(plan, fleet, 0))};
}

}  // namespace

TEST_CASE("An open Jackson network has the traffic of its equations, and every node is an M/M/1 of its own") {
  CHECK(obeys_jackson(jackson()));
  CHECK_FALSE(obeys_jackson(jackson(0.33)));
  CHECK_FALSE(obeys_jackson(jackson(0.3, 1.01)));
}

TEST_CASE("Requests one by one visit services as often as the visit rates say, many calls included") {
  const std::vector<sim::ServiceParams> services{{"gateway", {{"agent", 1.5}, {"index", 0.2}}},
                                                 {"agent", {{"index", 2.25}, {"gateway", 0.1}}},
                                                 {"index", {}}};
  const auto visits = visits_per_request(services, 0);
  sim::FleetPlan plan;
  plan.stations = {station(always(0), 0, {{1, 1, 0.5, -1}, {2, 0, 0.2, -1}}),
                   station(exponential(0.2), 4, {{2, 2, 0.25, -1}, {0, 0, 0.1, -1}}),
                   station(always(0.05), 0)};
  plan.entries = {poisson_entry(0, 5)};
  plan.released = 1;
  plan = add_streams(std::move(plan));
  const sim::Address at{.seed = 6};
  sim::FleetState fleet = begin_fleet(plan, at);
  std::array<Moments, 3> ratio;
  for (int batch = 1; batch <= 100; ++batch) {
    const auto before = fleet.pools;
    const auto entered = fleet.entries[0].arrivals;
    advance_fleet(plan, fleet, {}, at, seconds{1000} * batch);
    for (std::size_t i = 0; i < 3; ++i) {
      ratio[i].add(static_cast<double>(fleet.pools[i].arrived - before[i].arrived) /
                   static_cast<double>(fleet.entries[0].arrivals - entered));
    }
  }
  for (std::size_t i = 0; i < 3; ++i) CHECK(mean_is(ratio[i], visits[i]));
}

TEST_CASE(
    "Whatever the pools go through, served + rejected + in flight = arrivals, by version and in total") {
  sim::FleetPlan plan = queue_plan(20, exponential(0.45), 10, 5);
  plan.scale_stable = true;
  const sim::Address at{.seed = 7};
  sim::FleetState fleet = begin_fleet(plan, at);
  int rejecting = 0;
  for (int step = 1; step <= 2000; ++step) {
    const double weight = (step * 7 % 11) / 10.0;
    const sim::Time now = seconds{step};
    set_fleet_pools(plan, fleet, weight, seconds{step - 1});
    advance_fleet(plan, fleet, {weight, 1.5, 0.5}, at, now);
    for (const auto& pool : fleet.pools) REQUIRE(conserved(pool));
    REQUIRE(fleet.pools[0].arrived + fleet.pools[1].arrived == fleet.entries[0].arrivals);
    rejecting += fleet.pools[1].rejected > 0 ? 1 : 0;
  }
  CHECK(rejecting > 0);
  ++fleet.pools[1].completed;  // a request counted twice is seen
  CHECK_FALSE(conserved(fleet.pools[1]));
}

TEST_CASE("A fleet moved on in one go, in small steps, or as a copy, is the same fleet") {
  const sim::FleetPlan plan = jackson();
  const sim::Address at{.seed = 8, .replication = 2};
  sim::FleetState at_once = begin_fleet(plan, at);
  sim::FleetState by_steps = at_once;
  const sim::FleetControls controls{0.3, 1.4, 0.5};
  for (sim::FleetState* f : {&at_once, &by_steps}) set_fleet_pools(plan, *f, 0.3, {});
  advance_fleet(plan, at_once, controls, at, seconds{5000});
  for (int i = 1; i <= 10'000; ++i) {
    const sim::FleetState copy = by_steps;
    by_steps = copy;
    advance_fleet(plan, by_steps, controls, at, std::chrono::milliseconds{500} * i);
  }
  CHECK(print(at_once) == print(by_steps));
  sim::FleetState other = begin_fleet(plan, {.seed = 8, .replication = 3});
  advance_fleet(plan, other, controls, {.seed = 8, .replication = 3}, seconds{5000});
  CHECK(print(at_once) != print(other));
}

TEST_CASE(
    "A burst that changes nothing keeps the next arrival, and one that doubles the rate halves the way") {
  const sim::FleetPlan plan = queue_plan(0.01, always(1), 0);
  sim::FleetState fleet = begin_fleet(plan, {.seed = 9});
  const sim::Time next = fleet.entries[0].next, now = next / 4;
  set_fleet_factor(plan, fleet, 0, 1, now);
  CHECK(std::abs((fleet.entries[0].next - next).count()) <= 10);
  set_fleet_factor(plan, fleet, 0, 2, now);
  CHECK(std::abs((fleet.entries[0].next - (now + (next - now) / 2)).count()) <= 10);
}

TEST_CASE("Where nothing queues, counts by arm have the law of windows") {
  const sim::FleetPlan plan = queue_plan(10, exponential(0.1), 0);
  const double share = 0.2;
  std::array<Moments, 2> requests, windows;
  std::array<Moments, 2> squares_r, squares_w;
  for (std::uint32_t r = 0; r < 4000; ++r) {
    const sim::Address at{.seed = 10, .replication = r};
    sim::FleetState fleet = begin_fleet(plan, at);
    advance_fleet(plan, fleet, {share, 1, 1}, at, seconds{100});
    const sim::Arrivals drawn = draw_arrivals({1000, 0}, share, sim::Counts::drawn, at, {});
    const std::array w{drawn.stable, drawn.change};
    for (int arm = 0; arm < 2; ++arm) {
      const auto a = static_cast<std::size_t>(arm);
      const double mean = arm == 0 ? 800 : 200;
      const auto n = static_cast<double>(fleet_arm(plan, fleet, arm).arrived);
      requests[a].add(n);
      windows[a].add(w[a]);
      squares_r[a].add((n - mean) * (n - mean));
      squares_w[a].add((w[a] - mean) * (w[a] - mean));
    }
  }
  for (std::size_t a = 0; a < 2; ++a) {
    const double mean = a == 0 ? 800 : 200;
    CHECK(mean_is(requests[a], mean));
    CHECK(mean_is(windows[a], mean));
    CHECK(near(squares_r[a].mean(), squares_r[a].mean_error(), mean));  // Poisson: the variance is the mean
    CHECK(near(squares_w[a].mean(), squares_w[a].mean_error(), mean));
  }
}

TEST_CASE("A change that only costs latency melts a canary pool of one server at 10%, and not at 1%") {
  // 1 server for 10% of 8.5 requests a second at 0.8 s: load 0.68 as it is, 1.36 at twice the time.
  CHECK(melt(0.10, 2, 10, 8.5).change > 0.2);
  CHECK(melt(0.01, 2, 10, 8.5).change == 0);
  CHECK(melt(0.10, 1, 10, 8.5).change == 0);  // a clean change does not
  CHECK(melt(0.10, 2, 10, 8.5).stable == 0);
}

TEST_CASE("A change that only costs latency passes a canary with room to spare and melts the full fleet") {
  // 40 servers at a load of 0.7, or 1.12 at 1.6 times the time: 1% of the traffic has a whole server.
  CHECK(melt(0.01, 1.6, 40, 35).change == 0);
  CHECK(melt(1, 1.6, 40, 35).change > 0.05);
  CHECK(melt(1, 1, 40, 35).change == 0);
}
