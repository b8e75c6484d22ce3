// The most items that one measurement of a verdict can have: an upper bound, so that what asks for more can
// never have data. It is what the traffic brings at its highest rate, in its strongest burst all the while,
// over all windows that one look can see for the first time; six standard deviations of chance above that,
// where counts are drawn.
//
// Nothing is promised where arrivals can come closer together than their rate says (a trace that is replayed,
// a signal that is measured at a queue): infinity.
#pragma once

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

// The highest rate of requests at the released service. Infinity where a trace is replayed.
double most_requests_per_s(const ScenarioParams& scenario);

// `interval`: the monitoring's. `weight`: the change's, of the step. Of a verdict that looks at one signal.
double most_items(const ScenarioParams& scenario, const SignalParams& signal, const VerdictParams& verdict,
                  Duration interval, double weight);

}  // namespace breakglass::sim
