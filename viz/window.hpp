// The window on the screen: GLFW and OpenGL 3. The only code that needs a display.
#pragma once

#include <string>

#include "viz/run_view.hpp"

namespace breakglass::viz {

// Shows the run until the window is closed. `scale`: of fonts, 1 to 2.5; 0: the monitor's. Empty, or why no
// window could be opened.
std::string show_window(const RunView& view, float scale);

}  // namespace breakglass::viz
