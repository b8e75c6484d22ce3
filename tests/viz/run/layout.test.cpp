#include "viz/run/layout.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <vector>

namespace breakglass::viz {
namespace {

bool overlap(const plot::Box& a, const plot::Box& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

std::vector<plot::Box> boxes(const Layout& layout) {
  std::vector<plot::Box> all{layout.top, layout.bottom};
  if (layout.tabs.height() > 0) all.push_back(layout.tabs);
  for (const auto& [pane, box] : layout.panes) all.push_back(box);
  return all;
}

TEST_CASE("nothing overlaps or leaves the window at any size of window and text") {
  for (const double width : {640.0, 1280.0, 1920.0, 2560.0, 3840.0}) {
    for (const double height : {480.0, 720.0, 1080.0, 1440.0, 2160.0}) {
      for (double line = 16; line <= 40; line += 2) {
        if (height < 18 * line || width < 32 * line) continue;  // less than 1280x720 at 250%
        for (int first = 0; first < kPanes; ++first) {
          const auto all = boxes(lay_out(width, height, line, static_cast<Pane>(first)));
          CAPTURE(width, height, line, first);
          for (std::size_t i = 0; i < all.size(); ++i) {
            CHECK((all[i].left >= 0 && all[i].top >= 0 && all[i].right <= width + 1e-6 &&
                   all[i].bottom <= height + 1e-6));
            CHECK((all[i].width() > 0 && all[i].height() > 0));
            for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(overlap(all[i], all[j]));
          }
        }
      }
    }
  }
}

TEST_CASE("at 100% everything is shown at once from 1280x720 to 2560x1440") {
  CHECK(lay_out(1280, 720, 16, Pane::harm).panes.size() == kPanes);
  CHECK(lay_out(1280, 720, 16, Pane::harm).tabs.height() == 0);
  CHECK(lay_out(2560, 1440, 32, Pane::harm).panes.size() == kPanes);
}

TEST_CASE("where not everything fits, every pane can be chosen") {
  std::set<Pane> seen;
  for (int first = 0; first < kPanes; ++first) {
    const Layout layout = lay_out(1280, 720, 40, static_cast<Pane>(first));
    CHECK(layout.tabs.height() > 0);
    REQUIRE(!layout.panes.empty());
    CHECK(layout.panes.front().first == static_cast<Pane>(first));
    seen.insert(layout.panes.front().first);
  }
  CHECK(seen.size() == kPanes);
}

}  // namespace
}  // namespace breakglass::viz
