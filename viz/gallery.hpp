// Pictures of every room in the states that matter, in both themes and at several sizes, for whoever changes
// a panel to look at. They need no display; the same program writes the same bytes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "viz/headless.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

// What a test wants to know of an exhibit: it lives as long as the frames that are drawn.
struct Shown {
  Memory* memory = nullptr;
};

struct Exhibit {
  std::string name;  // "drill-approvals"
  // Makes what is shown in a context that is there by now; draws one frame when called.
  std::function<std::function<void()>(const Look& look, Shown& shown)> open;
};
std::vector<Exhibit> exhibits();

struct Picture {
  std::string name;  // "drill-approvals-1280x720-dark.png"
  std::string bytes;
};
// All pictures of one exhibit.
std::vector<Picture> pictures_of(const Exhibit& exhibit);

}  // namespace breakglass::viz
