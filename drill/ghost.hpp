// The line that a branch has left, shown beside it: where it stood at the same time.
#pragma once

#include <string>

#include "drill/course.hpp"

namespace breakglass::drill {

// One line: "ghost: the line you left had 50% on the change and about 310 records exposed", as the room
// reckoned it then; or that it had ended.
std::string ghost_text(const Course& left, sim::Time now, const std::string& harm_unit);

}  // namespace breakglass::drill
