// The harm so far as people in the room reckon it: the ongoing harm at the rate that the page names, by the
// usual traffic, as if the fix worked where it serves and carried nothing of its own, less what a mitigation
// stops. What really happened is known in the debrief.
#pragma once

#include "drill/drill.hpp"

namespace breakglass::drill {

double estimated_harm(const Drill& drill);

}  // namespace breakglass::drill
