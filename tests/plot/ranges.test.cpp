#include "plot/ranges.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace breakglass::plot {
namespace {

const RangesFrame kFrame{{0, 0, 400, 100}, 100, 12, 7};

TEST_CASE("a spread stands on an axis of log(1 + value), zero at its left edge") {
  const Scene scene = ranges({{0, 9, 99, 20, Ink::series1}}, kFrame);
  const Line* spread = nullptr;
  for (const Line& line : scene.lines) {
    if (line.ink == Ink::series1 && spread == nullptr) spread = &line;
  }
  REQUIRE(spread != nullptr);
  CHECK(spread->points[0].x == Approx(scene.plot.left));
  const double whole = spread->points[1].x - scene.plot.left;
  CHECK(scene.markers.at(0).at.x - scene.plot.left == Approx(whole * std::log1p(20) / std::log1p(99)));
}

TEST_CASE("rows are spread evenly, labels of ticks do not run into each other") {
  CHECK(row_middle(kFrame, 2, 1) - row_middle(kFrame, 2, 0) == Approx(row_middle(kFrame, 1, 0) * 1.0));
  const Scene scene = ranges({{0, 1, 1e9, 5, Ink::series0}}, kFrame);
  for (std::size_t i = 1; i < scene.texts.size(); ++i) {
    const double before =
        scene.texts[i - 1].at.x + static_cast<double>(scene.texts[i - 1].text.size()) * 7 / 2;
    const double after = scene.texts[i].at.x - static_cast<double>(scene.texts[i].text.size()) * 7 / 2;
    CHECK(after > before);
  }
  CHECK(scene.texts.size() > 2);
}

}  // namespace
}  // namespace breakglass::plot
