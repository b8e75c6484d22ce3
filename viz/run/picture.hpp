// A picture of one run, without a window.
#pragma once

#include "viz/headless.hpp"
#include "viz/run/run_view.hpp"

namespace breakglass::viz {

// The panel after it has settled. `instant`: where the cursor stands.
Image picture(const RunView& view, int width, int height, float scale, sim::Time instant);

}  // namespace breakglass::viz
