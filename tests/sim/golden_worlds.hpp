// The shipped scenarios under the shipped strategies, boiled down to fingerprints: of single worlds at their
// horizon with a belief kept, and of the outcomes of 1,200 replications (100 at request fidelity, where each
// takes milliseconds): some ten million draws in all.
// The same lines from every compiler and machine are the promise; tests/sim/golden_worlds.txt holds them.
//
// A scenario, a strategy or the model changed on purpose? Then write them anew:
//
//     cmake --build build/release --target golden_worlds
//     build/release/tests/wasm/golden_worlds > tests/sim/golden_worlds.txt
//
// The texts are the built-in ones: no files, so that it runs in WebAssembly too.
#pragma once

#include <optional>
#include <string>

#include "scenarios/load.hpp"
#include "scenarios/shipped.hpp"
#include "sim/kernel/hash.hpp"
#include "sim/simulator.hpp"

namespace breakglass::tests {

inline constexpr std::uint32_t kWorlds = 5;
inline constexpr std::uint32_t kReplications = 1200;
inline constexpr std::uint32_t kServedReplications = 100;  // where requests are served one by one

inline int source_of(scenarios::Problems& problems, const scenarios::ShippedFile& file) {
  return problems.add_source(std::string(file.path), std::string(file.text));
}

inline std::optional<sim::Scenario> shipped_scenario(const scenarios::ShippedFile& file) {
  scenarios::Problems problems;
  auto params = scenarios::read_scenario(problems, source_of(problems, file), {});
  if (!params) return std::nullopt;
  return sim::prepare(std::move(*params));
}

inline std::optional<sim::Strategy> shipped_strategy(const sim::Scenario& scenario, const std::string& id) {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "strategy" || file.id != id) continue;
    scenarios::Problems problems;
    auto params = scenarios::read_strategy(problems, source_of(problems, file));
    if (!params) return std::nullopt;
    return sim::prepare(scenario, std::move(*params));
  }
  return std::nullopt;
}

// Calls visit(scenario, strategy) for every shipped scenario and every strategy that it lists.
template <class Visit>
void for_each_shipped(Visit visit) {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    const auto scenario = shipped_scenario(file);
    if (!scenario) continue;
    for (const std::string& id : scenario->params.strategies) {
      const auto strategy = shipped_strategy(*scenario, id);
      if (strategy) visit(*scenario, *strategy);
    }
  }
}

inline void add(sim::Fingerprint& print, const sim::Outcome& outcome) {
  for (const double harm : outcome.harm) print.add(harm);
  print.add(outcome.users_harmed);
  print.add(outcome.requests_on_regression);
  print.add(outcome.shipped_at);
  print.add(outcome.full_at);
  print.add(outcome.harm_stopped_at);
  print.add(outcome.flags);
}

// The lines for one scenario and strategy.
inline std::string golden_lines(const sim::Scenario& scenario, const sim::Strategy& strategy) {
  const std::string name = scenario.params.id + " " + strategy.params.id + " ";
  std::string lines;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    sim::World world = sim::begin(scenario, strategy, {.seed = 1, .replication = r, .belief = true});
    sim::advance(scenario, strategy, world, sim::horizon(scenario));
    lines += name + std::to_string(r) + " " + sim::hex(sim::fingerprint(world)) + "\n";
  }
  sim::Fingerprint print;
  const std::uint32_t replications = scenario.fleet.empty() ? kReplications : kServedReplications;
  for (std::uint32_t r = 0; r < replications; ++r) add(print, sim::simulate(scenario, strategy, 2, r));
  return lines + name + "outcomes " + sim::hex(print.value()) + "\n";
}

inline std::string golden_worlds() {
  std::string text;
  for_each_shipped([&](const sim::Scenario& scenario, const sim::Strategy& strategy) {
    text += golden_lines(scenario, strategy);
  });
  return text;
}

}  // namespace breakglass::tests
