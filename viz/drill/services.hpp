// The service graph, with the blast radius lit.
#pragma once

#include <vector>

#include "viz/canvas.hpp"
#include "viz/drill/screen.hpp"

namespace breakglass::viz {

void draw_services(const Canvas& canvas, const std::vector<ServiceNode>& services, const plot::Box& box);

// A line from the right edge of one box to the left edge of another, with an arrow's head.
void put_arrow(const Canvas& canvas, const plot::Box& from, const plot::Box& to, ImU32 ink);

}  // namespace breakglass::viz
