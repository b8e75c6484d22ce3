// Whether anything can take a change back in a step: a verdict that can fail there, people who watch, pacing,
// or reports that somebody reads.
#pragma once

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

// Whether the verdict may still fail in step number `step` (the first is 0), where every step lasts its time:
// it has begun and has not had its last look, something that it may see fails it, and it has something to
// see. One that fails without data can always fail; a dry run is not acted on.
// `begins_there`: the watch begins with this step, as that of a refinement does.
bool can_fail_in(const StrategyParams& strategy, const VerdictParams& verdict, std::size_t step,
                 bool begins_there = false);

// Whether users' reports can come to the number that is acted on.
bool reports_can_act(const ScenarioParams& scenario, const StrategyParams& strategy);

// Whether anything that the watch sees in the step can roll it back.
bool can_take_back(const ScenarioParams& scenario, const StrategyParams& strategy, std::size_t step,
                   bool begins_there = false);

}  // namespace breakglass::sim
