// What a judge of several signals says, in words: its metrics that do not pass, its runs, its verdict.
#pragma once

#include <string>

#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

// Of a reason of the kinds graded, graded_critical and judged: "judge: refusals High: change 4.1%, ...".
std::string describe_judging(const sim::Scenario& scenario, const sim::Strategy& strategy,
                             const sim::Reason& reason);

// Of a verdict that is a judge's; `says`: "failed".
std::string describe_judge(const sim::Strategy& strategy, const sim::Reason& reason, const char* says);

}  // namespace breakglass::analysis
