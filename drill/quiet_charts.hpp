// The dashboards before anything is rolled out: the version in place, as it is measured every window. The
// simulator measures only while a change meets traffic, because nothing else is judged; these readings are
// drawn by the same law, at the baseline and the mean traffic, and change nothing in the world. Drifts of a
// baseline are not in them.
#pragma once

#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct Point;

// The last readings of a signal that are out by now, oldest first, also of windows before the page. None
// where it is measured request by request.
std::vector<Point> quiet_readings(const Drill& drill, std::size_t signal);

}  // namespace breakglass::drill
