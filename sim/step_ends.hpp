// Whether a step can end. It does after its time, unless a verdict runs in it alone (`in_step`): then not
// before that verdict has ended, and some never do.
#pragma once

#include <string>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

// Whether the verdict waits for data for as long as it takes. All others end with looks that find nothing, or
// never end.
bool waits_for_data(const VerdictParams& verdict);

// Why step number `step` (the first is 0) can never end, in words; empty: it can. Names of the strategy exist
// in the scenario.
std::string never_ends(const ScenarioParams& scenario, const StrategyParams& strategy, std::size_t step);

}  // namespace breakglass::sim
