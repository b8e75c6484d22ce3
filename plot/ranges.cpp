#include "plot/ranges.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::plot {
namespace {

Box plot_box(const RangesFrame& frame) {
  const Box& b = frame.box;
  return {b.left + frame.left_margin, b.top,
          std::max(b.right - 2 * frame.char_width, b.left + frame.left_margin + 1),
          std::max(b.bottom - 1.7 * frame.text_height, b.top + 1)};
}

}  // namespace

double row_middle(const RangesFrame& frame, std::size_t rows, std::size_t row) {
  const Box plot = plot_box(frame);
  return plot.top + (static_cast<double>(row) + 0.5) * plot.height() /
                        static_cast<double>(std::max<std::size_t>(1, rows));
}

Scene ranges(const std::vector<Spread>& spreads, const RangesFrame& frame) {
  Scene scene;
  scene.frame = frame.box;
  scene.plot = plot_box(frame);
  double most = 9;
  for (const Spread& s : spreads) most = std::max({most, s.high, s.mean});
  const Scale scale{0, std::log1p(most) * 1.02, scene.plot.left, scene.plot.right};
  const auto x = [&](double value) { return scale(std::log1p(std::max(0.0, value))); };
  double free_from = -1e300;
  for (double tick = 0; tick <= most; tick = tick == 0 ? 1 : tick * 10) {
    const double at = x(tick);
    const std::string text = short_number(tick);
    const double half = static_cast<double>(text.size()) * frame.char_width / 2;
    scene.lines.push_back({{{at, scene.plot.top}, {at, scene.plot.bottom}}, Ink::grid, Dash::solid, 1, true});
    if (at - half < free_from || at + half > frame.box.right) continue;
    free_from = at + half + frame.char_width;
    scene.texts.push_back(
        {{at, scene.plot.bottom + 0.95 * frame.text_height}, text, Ink::muted, Anchor::middle});
  }
  for (std::size_t i = 0; i < spreads.size(); ++i) {
    const Spread& s = spreads[i];
    const double y = row_middle(frame, spreads.size(), i);
    const double reach = 0.5 * frame.text_height;
    scene.lines.push_back({{{x(s.low), y}, {x(s.high), y}}, s.ink, Dash::solid, 3, false});
    scene.lines.push_back(
        {{{x(s.middle), y - reach}, {x(s.middle), y + reach}}, s.ink, Dash::solid, 3, false});
    scene.markers.push_back({{x(s.mean), y}, Ink::text, 1.5});
  }
  return scene;
}

}  // namespace breakglass::plot
