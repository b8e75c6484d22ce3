// A scenario and its strategies, ready to be simulated, from what a command line named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/requests.hpp"
#include "sim/strategy.hpp"

namespace breakglass::cli {

struct ReadyWorld {
  scenarios::LoadedScenario loaded;
  std::vector<sim::Strategy> strategies;  // at least one, with different names
  std::vector<std::string> arguments;     // how each of them was named: an id or a path
};

// With no names, the strategies that the scenario lists. Whatever is wrong is printed to standard error, all
// of it, and nothing is returned.
std::optional<ReadyWorld> load_ready(const WorldRequest& world, const std::vector<std::string>& strategies);

// "Wed 2026-03-04 22:00 +05:30": the moment of the page, in the scenario's own zone.
std::string start_text(const sim::Scenario& scenario);

// The title, or the id where there is none; safe for a terminal.
std::string title_text(const sim::Scenario& scenario);

}  // namespace breakglass::cli
