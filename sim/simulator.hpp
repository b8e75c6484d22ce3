// The simulator: begins a world and moves it on. Nothing else changes a world.
//
//     World world = begin(scenario, strategy, {.seed = 1, .replication = 0});
//     advance(scenario, strategy, world, horizon(scenario));
//     Outcome outcome = outcome_of(scenario, strategy, world);
//
// The same scenario, strategy, seed and replication give the same world, bit for bit, whatever else runs, and
// however often `advance` is called on the way.
#pragma once

#include "sim/outcome.hpp"
#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

struct BeginOptions {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  bool manned = false;         // a person decides (seat.hpp); `strategy` is what they have arranged so far
  bool belief = false;         // keep an ideal observer's belief; costs time, changes no outcome
  Reasons* reasons = nullptr;  // where to write what happens at the page; null: nowhere
};

// The world at the moment of the page.
World begin(const Scenario& scenario, const Strategy& strategy, const BeginOptions& options);

// Runs every event up to and including `until` (never past the horizon). `reasons`: where to write why; null:
// nowhere. Deterministic; throws nothing; allocates nothing when `reasons` is null.
void advance(const Scenario& scenario, const Strategy& strategy, World& world, Time until,
             Reasons* reasons = nullptr);

// What the world has come to. `world` is taken by value: harm is settled up to its present first.
Outcome outcome_of(const Scenario& scenario, const Strategy& strategy, World world);

// Begins a world and runs it to the horizon.
Outcome simulate(const Scenario& scenario, const Strategy& strategy, std::uint64_t seed,
                 std::uint32_t replication);

}  // namespace breakglass::sim
