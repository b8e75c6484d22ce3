// A scenario with some of its numbers replaced, and the strategies made ready for it.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/sweep/parameter.hpp"
#include "scenarios/load.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

// How to get there, as names: every point of a sweep is read like a file of its own, with every check.
struct Recipe {
  std::string scenario;  // a path or a shipped id; not standard input, which can be read only once
  scenarios::LoadOptions load;
  std::vector<std::string> strategies;  // paths or ids
};

struct Setting {
  const Parameter* parameter = nullptr;
  double value = 0;
};

struct Situation {
  sim::Scenario scenario;
  std::vector<sim::Strategy> strategies;  // in the recipe's order
};

// Nothing, and problems, if the scenario is not legal there or a strategy does not fit it. Safe on any
// thread.
std::optional<Situation> situation_at(const Recipe& recipe, const std::vector<Setting>& settings,
                                      scenarios::Problems& problems);

// A place between legal ones that is not legal itself. what(): the problems, rendered.
struct IllegalSituation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The same, for places that are expected to be legal. Throws IllegalSituation.
Situation expect_situation(const Recipe& recipe, const std::vector<Setting>& settings);

}  // namespace breakglass::analysis
