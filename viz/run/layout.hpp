// Where everything stands in the window: a pure function of its size and of the height of a line of text.
#pragma once

#include <utility>
#include <vector>

#include "plot/scene.hpp"

namespace breakglass::viz {

enum class Pane { harm, weight, signal, belief, events };
inline constexpr int kPanes = 5;
const char* name_of(Pane pane);

struct Layout {
  plot::Box top;             // clock, harm so far, the mark of a simulation
  bool top_stacked = false;  // in two storeys, for want of width
  plot::Box tabs;            // empty if every pane has room
  std::vector<std::pair<Pane, plot::Box>> panes;
  plot::Box bottom;  // the scrubber and the keys
  bool low = false;  // short of height: headings say only what is not said elsewhere, and no hints of keys
};

// Two columns (charts; events) where the width allows, one otherwise. If not all panes of a column fit,
// `first` is shown, and after it, in turn, as many as fit. Never less than one; nothing overlaps. Sizes in
// pixels.
Layout lay_out(double width, double height, double line, Pane first);

}  // namespace breakglass::viz
