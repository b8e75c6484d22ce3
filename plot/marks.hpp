// Numbered moments on a chart over time: a dotted line at each, with its number above the chart.
#pragma once

#include <string>
#include <vector>

#include "plot/charts.hpp"

namespace breakglass::plot {

struct Mark {
  double at_s = 0;
  std::string text;  // short: a number
};

// Adds the marks, which rise in time, to a chart of that frame; what lies outside its time is left out. Texts
// that would run into each other stand one above the other, in at most `kMarkRows` rows; those that find no
// place are left out, and their lines stay. Scene::frame grows upwards by the rows that are needed.
inline constexpr int kMarkRows = 4;
void add_marks(Scene& scene, const Frame& frame, const std::vector<Mark>& marks);

}  // namespace breakglass::plot
