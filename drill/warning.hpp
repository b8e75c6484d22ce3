// A word before a decision that gives much up: in practice, where one may still think again.
#pragma once

#include <string>

#include "drill/drill.hpp"

namespace breakglass::drill {

// What another option would save on average, if that is surely more than `share` of the stake; otherwise
// nothing. By what can be known now; a few hundred worlds. The action must be possible.
std::string warning_of(const Drill& drill, const Action& action, double share);

}  // namespace breakglass::drill
