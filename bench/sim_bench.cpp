// What a simulated emergency costs: one replication of a shipped scenario under each strategy, four
// strategies side by side, a thousand times the traffic, and what branching needs (copying and fingerprinting
// a world).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/load.hpp"
#include "sim/simulator.hpp"

namespace {

namespace sim = breakglass::sim;
namespace scenarios = breakglass::scenarios;

const scenarios::LoadedScenario& load(const std::vector<std::string>& overrides) {
  scenarios::Problems problems;
  auto loaded = scenarios::load_scenario("pii-leak", {.overrides = overrides, .traffic = {}}, problems);
  if (!loaded) std::abort();
  static std::vector<std::unique_ptr<scenarios::LoadedScenario>> kept;
  kept.push_back(std::make_unique<scenarios::LoadedScenario>(std::move(*loaded)));
  return *kept.back();
}

const scenarios::LoadedScenario& pii_leak() {
  static const auto& loaded = load({});
  return loaded;
}
const scenarios::LoadedScenario& pii_leak_times_1000() {
  static const auto& loaded = load({"/traffic/entry/gateway/rate=40000/s"});
  return loaded;
}

// The same emergency in which nobody is short-staffed, told or asked, and no user reports anything: what is
// left is the change, its signals and its verdicts. What a scenario does not use must cost nothing.
const scenarios::LoadedScenario& pii_leak_bare() {
  static const auto& loaded = load({"/staffing=null", "/communication=null", "/reports=null"});
  return loaded;
}

const sim::Strategy& strategy_named(const scenarios::LoadedScenario& loaded, const std::string& id) {
  for (const auto& strategy : loaded.strategies) {
    if (strategy.params.id == id) return strategy;
  }
  std::abort();
}

double run(const sim::Scenario& scenario, const sim::Strategy& strategy, std::uint32_t replication,
           bool belief) {
  sim::World world =
      sim::begin(scenario, strategy, {.seed = 1, .replication = replication, .belief = belief});
  sim::advance(scenario, strategy, world, sim::horizon(scenario));
  const sim::Outcome outcome = sim::outcome_of(scenario, strategy, world);
  return outcome.harm[0] + outcome.harm[1] + outcome.harm[2];
}

// One replication, a fresh one each time.
void replicate(benchmark::State& state, const scenarios::LoadedScenario& loaded, const char* id,
               bool belief) {
  const sim::Strategy& strategy = strategy_named(loaded, id);
  std::uint32_t replication = 0;
  double harm = 0;
  for (auto _ : state) harm += run(loaded.scenario, strategy, replication++, belief);
  state.counters["mean_harm"] = harm / static_cast<double>(state.iterations());
}
void sim_replication(benchmark::State& state, const char* id, bool belief) {
  replicate(state, pii_leak(), id, belief);
}
BENCHMARK_CAPTURE(sim_replication, do - nothing, "do-nothing", false);
BENCHMARK_CAPTURE(sim_replication, immediate, "immediate", false);
BENCHMARK_CAPTURE(sim_replication, immediate + belief, "immediate", true);
BENCHMARK_CAPTURE(sim_replication, compressed - canary, "compressed-canary", false);
BENCHMARK_CAPTURE(sim_replication, compressed - canary + belief, "compressed-canary", true);
BENCHMARK_CAPTURE(sim_replication, full - canary, "full-canary", false);
BENCHMARK_CAPTURE(sim_replication, full - canary + belief, "full-canary", true);

void sim_replication_bare(benchmark::State& state, const char* id) {
  replicate(state, pii_leak_bare(), id, false);
}
BENCHMARK_CAPTURE(sim_replication_bare, compressed - canary, "compressed-canary");

// What `compare` does for each thousand replications, without its estimators.
void compare(benchmark::State& state, const scenarios::LoadedScenario& loaded) {
  constexpr std::uint32_t kReplications = 1000;
  double harm = 0;
  for (auto _ : state) {
    for (std::uint32_t r = 0; r < kReplications; ++r) {
      for (const auto& strategy : loaded.strategies) harm += run(loaded.scenario, strategy, r, false);
    }
  }
  benchmark::DoNotOptimize(harm);
  const auto runs =
      static_cast<double>(state.iterations()) * kReplications * static_cast<double>(loaded.strategies.size());
  state.counters["runs_per_s"] = benchmark::Counter(runs, benchmark::Counter::kIsRate);
}
void sim_compare_4x1000(benchmark::State& state) { compare(state, pii_leak()); }
void sim_compare_4x1000_at_1000x_traffic(benchmark::State& state) { compare(state, pii_leak_times_1000()); }
BENCHMARK(sim_compare_4x1000)->Unit(benchmark::kMillisecond);
BENCHMARK(sim_compare_4x1000_at_1000x_traffic)->Unit(benchmark::kMillisecond);

// A world in the middle of a canary, belief on: the largest there is.
sim::World busy_world() {
  const auto& loaded = pii_leak();
  const sim::Strategy& strategy = strategy_named(loaded, "compressed-canary");
  sim::World world = sim::begin(loaded.scenario, strategy, {.belief = true});
  sim::advance(loaded.scenario, strategy, world, std::chrono::minutes{80});
  return world;
}

void sim_world_copy(benchmark::State& state) {
  const sim::World world = busy_world();
  for (auto _ : state) {
    sim::World copy = world;
    benchmark::DoNotOptimize(copy);
  }
  state.counters["bytes"] = static_cast<double>(sizeof(sim::World));
}
BENCHMARK(sim_world_copy);

void sim_world_fingerprint(benchmark::State& state) {
  const sim::World world = busy_world();
  for (auto _ : state) benchmark::DoNotOptimize(sim::fingerprint(world));
}
BENCHMARK(sim_world_fingerprint);

}  // namespace

BENCHMARK_MAIN();
