// Screens without a window: for pictures, for tests that drive them, and for measuring frames.
#pragma once

#include <functional>

#include "viz/raster.hpp"
#include "viz/theme.hpp"

struct ImGuiContext;

namespace breakglass::viz {

// An ImGui context of its own with the window's fonts, no settings file, and a clock that ticks a 60th of a
// second a frame. It is the current context from its making to its end; one at a time.
class Headless {
 public:
  Headless(int width, int height, float scale, Theme theme = Theme::dark);
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  const Look& look() const { return look_; }
  // Draws one frame with what was fed to the input before it.
  void frame(const std::function<void()>& draw);
  void resize(int width, int height);
  // The last frame.
  Image image() const;

 private:
  ImGuiContext* context_;
  Look look_;
};

}  // namespace breakglass::viz
