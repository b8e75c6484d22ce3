// The panel without a window: for pictures, and for tests that drive it.
#pragma once

#include "viz/raster.hpp"
#include "viz/run_panel.hpp"

struct ImGuiContext;

namespace breakglass::viz {

// An ImGui context of its own with the window's fonts, no settings file, and a clock that ticks a 60th of a
// second a frame. It is the current context from its making to its end; one at a time.
class Headless {
 public:
  Headless(int width, int height, float scale);
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  const Fonts& fonts() const { return fonts_; }
  // Draws one frame with what was fed to the input before it.
  void frame(const RunView& view, RunPanelState& state);
  void resize(int width, int height);
  // The last frame.
  Image image() const;

 private:
  ImGuiContext* context_;
  Fonts fonts_;
};

// The panel after it has settled. `instant`: where the cursor stands.
Image picture(const RunView& view, int width, int height, float scale, sim::Time instant);

}  // namespace breakglass::viz
