#include "viz/run/picture.hpp"

#include "viz/run/run_panel.hpp"

namespace breakglass::viz {

Image picture(const RunView& view, int width, int height, float scale, sim::Time instant) {
  Headless headless(width, height, scale);
  RunPanelState state = opening_state(view, headless.look());
  state.whole = instant > view.story_end;
  state.cursor = instant;
  for (int i = 0; i < 3; ++i)  // the list knows its height after one frame, and scrolls after two
    headless.frame([&] { draw_run_panel(view, state); });
  return headless.image();
}

}  // namespace breakglass::viz
