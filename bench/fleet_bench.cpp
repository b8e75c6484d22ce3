// What request fidelity costs: a queue that everybody knows (beside SimPy in `./dev bench`), a hop of a
// request through a network, and a canary with two pools.
#include <benchmark/benchmark.h>

#include "sim/model/fleet.hpp"
#include "tests/model/fleet_support.hpp"

namespace {

namespace sim = breakglass::sim;
using namespace breakglass::tests;

constexpr sim::Duration kMillion = std::chrono::seconds{1'000'000};

// M/M/1 with load 0.9: the time average of the number in the system tends to 9. By Little's law in its exact
// form, the sojourn times of everybody, those who are still there included, over the length of the run.
void fleet_mm1_1e6_customers(benchmark::State& state) {
  const sim::FleetPlan plan = queue_plan(1, exponential(0.9), 1);
  double number = 0, customers = 0;
  sim::Address at;
  for (auto _ : state) {
    ++at.seed;
    sim::FleetState fleet = begin_fleet(plan, at);
    advance_fleet(plan, fleet, {}, at, kMillion);
    number += fleet.pools[0].sojourn_ns / 1e15;
    customers += static_cast<double>(fleet.pools[0].completed);
  }
  state.counters["L"] = number / static_cast<double>(state.iterations());
  state.counters["L_exact"] = 9.0;
  state.counters["per_customer"] =
      benchmark::Counter(customers, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(fleet_mm1_1e6_customers)->Unit(benchmark::kMillisecond)->MinTime(1.0);

void count_hops(benchmark::State& state, const sim::FleetPlan& plan, const sim::FleetControls& controls,
                double weight) {
  double hops = 0;
  sim::Address at;
  for (auto _ : state) {
    ++at.seed;
    sim::FleetState fleet = begin_fleet(plan, at);
    set_fleet_pools(plan, fleet, weight, {});
    advance_fleet(plan, fleet, controls, at, kMillion / 10);
    for (const sim::FleetPool& pool : fleet.pools) hops += static_cast<double>(pool.arrived);
  }
  state.counters["per_hop"] =
      benchmark::Counter(hops, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Gateway (no limit) -> agent (eight servers) -> index (two servers, a lognormal time), half of the answers
// asked for once more.
sim::FleetPlan network(double rate_per_s) {
  sim::FleetPlan plan;
  plan.stations = {station(always(0.01), 0, {{1, 1, 0.5, -1}}),
                   station(exponential(0.8), 8, {{2, 0, 0.5, -1}}),
                   station(law(sim::Distribution::Kind::lognormal, 0.2, 0.8), 2)};
  plan.entries = {poisson_entry(0, rate_per_s)};
  plan.released = 1;
  return add_streams(std::move(plan));
}

void fleet_hop(benchmark::State& state) { count_hops(state, network(5), {}, 0); }
BENCHMARK(fleet_hop)->Unit(benchmark::kMillisecond);

void fleet_hop_canary(benchmark::State& state) { count_hops(state, network(5), {0.1, 1.2, 1}, 0.1); }
BENCHMARK(fleet_hop_canary)->Unit(benchmark::kMillisecond);

// What a short window costs beside its requests: about five of them.
void fleet_window_of_1s(benchmark::State& state) {
  const sim::FleetPlan plan = network(5);
  const sim::Address at{.seed = 1};
  sim::FleetState fleet = begin_fleet(plan, at);
  set_fleet_pools(plan, fleet, 0.1, {});
  sim::Time now{};
  for (auto _ : state) advance_fleet(plan, fleet, {0.1, 1, 1}, at, now += std::chrono::seconds{1});
}
BENCHMARK(fleet_window_of_1s);

}  // namespace

BENCHMARK_MAIN();
