#include "plot/marks.hpp"

#include <algorithm>
#include <array>

namespace breakglass::plot {

void add_marks(Scene& scene, const Frame& frame, const std::vector<Mark>& marks) {
  const Scale x = time_scale(frame);
  std::array<double, kMarkRows> taken{};
  taken.fill(-1e300);
  for (const Mark& mark : marks) {
    if (mark.at_s < frame.from_s || mark.at_s > frame.to_s) continue;
    const double at = x(mark.at_s);
    scene.lines.push_back(
        {{{at, scene.plot.top}, {at, scene.plot.bottom}}, Ink::muted, Dash::dotted, 1, false});
    const double half = static_cast<double>(mark.text.size()) * frame.char_width / 2;
    for (std::size_t row = 0; row < taken.size(); ++row) {
      if (at - half < taken[row] + frame.char_width / 2) continue;
      taken[row] = at + half;
      const double y = scene.plot.top - (static_cast<double>(row) + 0.8) * frame.text_height;
      scene.frame.top = std::min(scene.frame.top, y - frame.text_height / 2);
      scene.texts.push_back({{at, y}, mark.text, Ink::text, Anchor::middle});
      break;
    }
  }
}

}  // namespace breakglass::plot
