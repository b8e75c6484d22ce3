// One run as something to look at: read-only, complete, and made once. The panels draw it and ask the
// simulator nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/timeline.hpp"
#include "plot/axis.hpp"
#include "plot/scene.hpp"
#include "sim/kernel/civil.hpp"
#include "sim/model/harm.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "viz/signal_view.hpp"

namespace breakglass::viz {

struct RunView {
  std::string title;  // of the scenario
  std::string category;
  std::string strategy;  // its id
  std::string ticket;    // what replays this run: "seed 1, replication 0"
  std::string unit;      // of harm
  sim::CivilClock clock;
  std::string zone;  // "UTC+05:30"
  sim::Time horizon{};
  sim::Time story_end{};  // a little after the last thing that happened; the horizon if harm goes on

  // Sampled at every event and on a grid; `harm` by sim::HarmSource.
  std::vector<sim::Time> sampled;
  std::vector<std::array<double, sim::kHarmSources>> harm;
  std::vector<double> weight;

  std::vector<plot::Point> belief;  // seconds, P(regression) of an ideal observer; empty: none is kept
  std::vector<SignalView> signals;  // those with readings or bounds
  std::vector<analysis::TimelineLine> events;
};

// Runs one world to its horizon and writes down what there is to see.
RunView view_run(const sim::Scenario& scenario, const sim::Strategy& strategy, std::uint64_t seed,
                 std::uint32_t replication);

// What is known at an instant.
struct Now {
  double harm = 0;  // so far, in the scenario's unit
  std::array<double, sim::kHarmSources> by_source{};
  double weight = 0;
  std::optional<double> belief;
};
Now at(const RunView& view, sim::Time instant);

}  // namespace breakglass::viz
