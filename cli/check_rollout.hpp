// The part of `check` that holds a strategy against a scenario: the rollout graph, and the bypass scope.
#pragma once

#include <string>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::cli {

struct RolloutFindings {
  std::string text;  // indented lines for standard output; empty: nothing to say
  int failures = 0;  // what makes `check` exit with 1; notes do not count
};

// `strategy` fits the scenario. What is outside of the scope is a note where the scenario lists the strategy
// only `for_comparison`, and a failure otherwise.
RolloutFindings check_rollout(const sim::Scenario& scenario, const sim::Strategy& strategy,
                              bool for_comparison);

}  // namespace breakglass::cli
