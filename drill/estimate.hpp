// The harm so far as people in the room reckon it (analysis/reckoning.hpp). What really happened is known in
// the debrief.
#pragma once

#include "drill/drill.hpp"

namespace breakglass::drill {

double estimated_harm(const Drill& drill);

}  // namespace breakglass::drill
