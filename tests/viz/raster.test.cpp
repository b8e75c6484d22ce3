#include "viz/raster.hpp"

#include <imgui.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "tests/viz/views_support.hpp"
#include "viz/run/picture.hpp"

namespace breakglass::viz {
namespace {

std::array<int, 3> pixel(const Image& image, int x, int y) {
  const auto at =
      4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x));
  return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2]};
}

// Draws what `draw` puts on the background of a frame of 64 by 64.
template <class Draw>
Image drawn(Draw draw) {
  Headless headless(64, 64, 1);
  ImGui::GetIO().DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
  draw(*ImGui::GetBackgroundDrawList());
  ImGui::Render();
  return headless.image();
}

TEST_CASE("a rectangle covers exactly its pixels") {
  const Image image =
      drawn([](ImDrawList& list) { list.AddRectFilled({10, 20}, {30, 40}, IM_COL32(200, 100, 50, 255)); });
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const bool inside = x >= 10 && x < 30 && y >= 20 && y < 40;
      CHECK(pixel(image, x, y) == (inside ? std::array{200, 100, 50} : std::array{0, 0, 0}));
    }
  }
}

TEST_CASE("triangles that share an edge cover no pixel twice and leave none out") {
  const Image image = drawn([](ImDrawList& list) {
    list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
    list.AddQuadFilled({3, 5}, {60, 9}, {55, 61}, {7, 50}, IM_COL32(255, 255, 255, 128));
  });
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const int value = pixel(image, x, y)[0];
      CHECK((value == 0 || value == 128));  // twice would be brighter
    }
  }
  CHECK(pixel(image, 30, 30)[0] == 128);
}

TEST_CASE("what is outside the clip rectangle is not drawn") {
  const Image image = drawn([](ImDrawList& list) {
    list.PushClipRect({16, 16}, {32, 32});
    list.AddRectFilled({0, 0}, {64, 64}, IM_COL32_WHITE);
    list.PopClipRect();
  });
  CHECK(pixel(image, 16, 16)[0] == 255);
  CHECK(pixel(image, 31, 31)[0] == 255);
  CHECK(pixel(image, 15, 20)[0] == 0);
  CHECK(pixel(image, 32, 20)[0] == 0);
}

TEST_CASE("the same picture twice is the same bytes") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  const std::string first = png(picture(view, 1280, 720, 1, view.story_end));
  const std::string second = png(picture(view, 1280, 720, 1, view.story_end));
  CHECK(first.substr(1, 3) == "PNG");
  CHECK(first == second);
  const std::string other =
      png(picture(view, 1280, 720, 1, view.story_end / 2));  // and not the same for any run
  CHECK(first != other);
}

TEST_CASE("an empty image has no bytes") { CHECK(png(Image{}).empty()); }

}  // namespace
}  // namespace breakglass::viz
