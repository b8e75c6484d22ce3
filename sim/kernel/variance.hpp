// The variance of a distribution value, for sums of many independent ones.
#pragma once

#include "sim/kernel/distribution.hpp"

namespace breakglass::sim {

// Var X, atoms included: by the law of total variance over the atoms and the continuous part.
double variance(const Distribution& d);

}  // namespace breakglass::sim
