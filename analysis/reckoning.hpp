// The harm so far as people in the room reckon it, from what they have been told: the ongoing harm at the
// rate that the page names, by the usual traffic, as if the fix worked where it serves and carried nothing of
// its own (until somebody finds that the harm goes on, and then as if it did nothing until it is refined),
// less what a mitigation stops; what that mitigation costs while it is on; and what a missed deadline costs.
// What really happened is seen in hindsight.
#pragma once

#include "sim/reason.hpp"
#include "sim/scenario.hpp"

namespace breakglass::analysis {

struct Reckoning {
  double ongoing = 0;
  double deadline = 0;
  double containment = 0;
  double total = 0;  // their sum, added up in the order of time
};

// By what `reasons` (in the order of time) tell up to `now`.
Reckoning reckon(const sim::Scenario& scenario, const sim::Reasons& reasons, sim::Time now);
double reckoned_harm(const sim::Scenario& scenario, const sim::Reasons& reasons, sim::Time now);

}  // namespace breakglass::analysis
