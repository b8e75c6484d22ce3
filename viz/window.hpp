// The window on the screen: GLFW and OpenGL 3. The only code that needs a display.
#pragma once

#include <functional>
#include <string>

#include "viz/app.hpp"
#include "viz/run/run_view.hpp"

namespace breakglass::viz {

// Shows the run until the window is closed. `scale`: of fonts, 1 to 2.5; 0: the monitor's. Empty, or why no
// window could be opened.
std::string show_window(const RunView& view, float scale);

// Shows the rooms until the window is closed or left. `scale`: 0: as the settings say. `begin` opens the
// first room once there is a display, and returns why it cannot: without a display nothing is begun.
std::string show_rooms(App& app, float scale, const std::function<std::string()>& begin);

}  // namespace breakglass::viz
