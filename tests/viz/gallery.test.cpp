// Every room in every state that the gallery shows can be read, and everything on it has a name of its own.
#include "viz/gallery.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "tests/viz/readable_support.hpp"

namespace breakglass::viz {
namespace {

struct Size {
  int width;
  int height;
  float scale;
};
constexpr Size kSizes[] = {
    {1280, 720, 1}, {1280, 720, 2}, {1920, 1080, 1}, {2560, 1440, 2.5F}, {1000, 700, 1}};

TEST_CASE("every exhibit can be read at every size of window and text, and no two items share a label") {
  for (const Exhibit& exhibit : exhibits()) {
    for (const Size& size : kSizes) {
      Headless headless(size.width, size.height, size.scale);
      std::vector<TextMark> marks;
      Shown shown;
      const auto draw = exhibit.open(headless.look(), shown);
      for (int i = 0; i < 4; ++i) headless.frame(draw);
      shown.memory->marks = &marks;
      headless.frame(draw);
      shown.memory->marks = nullptr;
      CAPTURE(exhibit.name, size.width, size.height, size.scale);
      CHECK(unreadable(marks) == std::vector<std::string>{});
      CHECK(duplicates(shown.memory->last) == std::vector<std::string>{});
      CHECK_FALSE(marks.empty());
    }
  }
}

TEST_CASE("a drill says in every state that it is one, that time stands still, and how old its data is") {
  for (const Exhibit& exhibit : exhibits()) {
    if (!exhibit.name.starts_with("drill-") || exhibit.name == "drill-question" ||
        exhibit.name == "drill-keys")
      continue;  // what stands in front covers the rest, which is still there
    Headless headless(1280, 720, 1);
    std::vector<TextMark> marks;
    Shown shown;
    const auto draw = exhibit.open(headless.look(), shown);
    for (int i = 0; i < 4; ++i) headless.frame(draw);
    shown.memory->marks = &marks;
    headless.frame(draw);
    CAPTURE(exhibit.name);
    CHECK(shows(marks, "DRILL"));
    CHECK((shows(marks, "PAUSED") || shows(marks, "OVER") || shows(marks, "60x")));
    CHECK((shows(marks, "as of") || shows(marks, "nothing published yet")));
    CHECK(shows(marks, "UTC"));
  }
}

TEST_CASE("two items of one label are found") {
  CHECK(duplicates({{"a", {}, true, false}, {"b", {}, true, false}, {"a", {}, true, false}}) ==
        std::vector<std::string>{"a"});
}

// Contrast by WCAG 2.1: (L1 + 0.05) / (L2 + 0.05) of relative luminances.
double luminance(ImU32 colour) {
  const auto part = [&](int shift) {
    const double c = static_cast<double>((colour >> shift) & 0xFFU) / 255;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(IM_COL32_R_SHIFT) + 0.7152 * part(IM_COL32_G_SHIFT) + 0.0722 * part(IM_COL32_B_SHIFT);
}
double contrast(ImU32 a, ImU32 b) {
  const double first = luminance(a);
  const double second = luminance(b);
  const auto [low, high] = std::minmax(first, second);
  return (high + 0.05) / (low + 0.05);
}

TEST_CASE("texts keep 4.5:1 and marks 3:1 on what they stand on, in both themes") {
  for (const Theme theme : {Theme::dark, Theme::light}) {
    const Colours& c = colours_of(theme);
    CAPTURE(static_cast<int>(theme));
    for (const ImU32 surface : {c.back, c.pane, c.raised}) {
      CHECK(contrast(c.text, surface) >= 7);
      CHECK(contrast(c.muted, surface) >= 4.5);
    }
    for (const ImU32 surface : {c.back, c.pane}) {
      CHECK(contrast(c.faint, surface) >= 4.5);
      CHECK(contrast(c.bad, surface) >= 4.5);
      CHECK(contrast(c.good, surface) >= 3);
      for (const ImU32 mark : c.arms) CHECK(contrast(mark, surface) >= 3);
      for (const ImU32 mark : c.sources) CHECK(contrast(mark, surface) >= 3);
    }
    CHECK(contrast(c.mark, c.on_mark) >= 4.5);
    CHECK(contrast(IM_COL32(100, 100, 100, 255), IM_COL32(110, 110, 110, 255)) < 1.3);  // it can fail
  }
}

}  // namespace
}  // namespace breakglass::viz
