#include "viz/drill/layout.hpp"

#include <algorithm>

namespace breakglass::viz {
namespace {

constexpr double kWide = 62;  // lines of text
constexpr double kHigh = 38;

}  // namespace

DrillLayout lay_out_drill(double width, double height, double line) {
  DrillLayout l;
  const double gap = 0.45 * line;
  l.wide = width >= kWide * line && height >= kHigh * line;
  l.low = height < 26 * line;
  const double top = l.wide ? 4 : l.low ? 5 : 7;
  const double time = l.wide ? 2.7 : 2.4;
  l.top = {0, 0, width, top * line};
  l.time = {0, height - time * line, width, height};
  const plot::Box body{gap, l.top.bottom + gap, width - gap, l.time.top - gap};
  if (!l.wide) {
    l.tabs = {body.left, body.top, body.right, body.top + 1.8 * line};
    l.world = {body.left, l.tabs.bottom + gap, body.right, body.bottom};
    l.messages = l.forms = l.decide = l.world;
    return l;
  }
  const double decide = std::clamp(0.16 * height, 7.2 * line, 9 * line);
  l.decide = {body.left, body.bottom - decide, body.right, body.bottom};
  const double split = body.left + 0.57 * body.width();
  const double bottom = l.decide.top - gap;
  l.world = {body.left, body.top, split, bottom};
  const double middle = body.top + 0.4 * (bottom - body.top);
  l.messages = {split + gap, body.top, body.right, middle};
  l.forms = {split + gap, middle + gap, body.right, bottom};
  return l;
}

}  // namespace breakglass::viz
