// Spreads side by side: one row a thing, a thin line over most of its values, a stroke at the middle one, a
// dot at the mean. Values are not negative; the axis is that of log(1 + value), because harm has heavy tails
// and may be zero.
#pragma once

#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "plot/scene.hpp"

namespace breakglass::plot {

struct Spread {
  double low = 0;     // where the line begins
  double middle = 0;  // where the stroke is
  double high = 0;
  double mean = 0;
  Ink ink = Ink::series0;
};

struct RangesFrame {
  Box box;
  double left_margin = 0;  // for the names, which whoever shows the scene writes
  double text_height = 12;
  double char_width = 7;
};

Scene ranges(const std::vector<Spread>& spreads, const RangesFrame& frame);

// The middle of a row, for its name.
double row_middle(const RangesFrame& frame, std::size_t rows, std::size_t row);

}  // namespace breakglass::plot
