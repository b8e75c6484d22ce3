// A waterfall: a total, what was added to it and taken from it one after the other, and the total that this
// comes to. Rows go down, values to the right; every row has its text above its bar, so that the chart can be
// as narrow as a telephone.
#pragma once

#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "plot/scene.hpp"

namespace breakglass::plot {

struct WaterfallRow {
  std::string label;
  std::string value;      // as it is written beside the bar: "+120"
  double amount = 0;      // of a total: where it stands; of a change: what it adds
  bool is_total = false;  // a bar from 0
  Ink ink = Ink::series0;
  bool outlined = false;  // drawn lighter with a dashed edge: the second cue of one kind of change
};

struct Waterfall {
  std::vector<WaterfallRow> rows;
  NumberStyle style = NumberStyle::plain;
};

struct WaterfallFrame {
  Point origin = {};  // its upper left corner
  double width = 640;
  double text_height = 12;
  double char_width = 7;
};

// As high as its rows need. Labels longer than the frame is wide are cut, with an ellipsis.
Scene waterfall(const Waterfall& data, const WaterfallFrame& frame);

}  // namespace breakglass::plot
