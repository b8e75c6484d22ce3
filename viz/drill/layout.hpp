// Where the drill's panels stand: a pure function of the window's size and of the height of a line of text.
#pragma once

#include "plot/scene.hpp"

namespace breakglass::viz {

struct DrillLayout {
  bool wide = false;  // everything at once; otherwise one corner at a time, with tabs
  bool low = false;   // short of height: one line less everywhere
  plot::Box top;
  plot::Box tabs;   // narrow only
  plot::Box world;  // narrow: all four are the same place
  plot::Box messages;
  plot::Box forms;
  plot::Box decide;
  plot::Box time;  // pause, speeds, the line of time
};

// Sizes in pixels. Nothing overlaps, and nothing leaves the window from 30 lines by 15 on.
DrillLayout lay_out_drill(double width, double height, double line);

}  // namespace breakglass::viz
