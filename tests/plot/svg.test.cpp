// SVG: an accessible image, text that stays text, and numbers that no locale changes.
#include "plot/svg.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "plot/marks.hpp"
#include "plot/waterfall.hpp"

using namespace breakglass::plot;

namespace {

Scene small_scene() {
  Scene scene;
  scene.frame = {0, 0, 100, 50};
  scene.plot = {10, 5, 95, 40};
  scene.areas.push_back({{{10, 5}, {20, 5}}, {{10, 9}, {20, 9.126}}, Ink::series1, 0.5});
  scene.lines.push_back({{{10, 10}, {20, 1.0 / 3}}, Ink::series0, Dash::dashed, 2, false});
  scene.markers.push_back({{15, 15}, Ink::series2, 1});
  scene.texts.push_back({{1, 2}, "a < b & \"c\"", Ink::text, Anchor::end});
  return scene;
}

// WCAG 2.2, relative luminance and contrast ratio.
double luminance(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    const double c = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

}  // namespace

TEST_CASE("an SVG says what it shows, and its text stays text") {
  const std::string text = svg(small_scene(), {"f", "A title", "b < c"});
  CHECK(text.find("role=\"img\" aria-labelledby=\"f-title f-desc\" viewBox=\"0 0 100 50\"") !=
        std::string::npos);
  CHECK(text.find("<title id=\"f-title\">A title</title>") != std::string::npos);
  CHECK(text.find("<desc id=\"f-desc\">b &lt; c</desc>") != std::string::npos);
  CHECK(text.find(">a &lt; b &amp; &quot;c&quot;</text>") != std::string::npos);
  CHECK(text.find("points=\"10,5 20,5 20,9.13 10,9\" fill=\"#c04a00\" fill-opacity=\"0.5\"") !=
        std::string::npos);
  CHECK(text.find("points=\"10,10 20,0.33\"") != std::string::npos);
  CHECK(text.find("stroke-dasharray=\"5 4\"") != std::string::npos);
}

TEST_CASE("what is no UTF-8 or no text does not get into a page") {
  CHECK(escape_xml("ü€😀") == "ü€😀");
  CHECK(escape_xml("a\x01"
                   "b\xFF"
                   "c") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD"
        "c");
  CHECK(escape_xml("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");          // longer than need be
  CHECK(escape_xml("\xED\xA0\x80").find('\xED') == std::string::npos);  // half of a pair
  CHECK(escape_xml("\xE2\x82") == "\xEF\xBF\xBD\xEF\xBF\xBD");          // cut short
  CHECK(escape_xml("'\"<>&") == "&#39;&quot;&lt;&gt;&amp;");
}

TEST_CASE("marks stand out on white by 3 to 1, and texts by 4.5 to 1") {
  for (const Ink ink : {Ink::text, Ink::muted, Ink::limit, Ink::axis, Ink::series0, Ink::series1,
                        Ink::series2, Ink::series3, Ink::series4}) {
    const double contrast = 1.05 / (luminance(colour_on_white(ink)) + 0.05);
    const bool is_text = ink == Ink::text || ink == Ink::muted || ink == Ink::limit;
    CHECK(contrast >= (is_text ? 4.5 : 3.0));
  }
  CHECK(1.05 / (luminance("#e69f00") + 0.05) < 3.0);  // the orange that would not do
}

TEST_CASE("a waterfall's bars begin where the last one ended") {
  Waterfall data;
  data.rows.push_back({"first", "100", 100, true, Ink::series4, false});
  data.rows.push_back({"more", "+50", 50, false, Ink::series1, false});
  data.rows.push_back({"less", "-120", -120, false, Ink::series0, true});
  data.rows.push_back({"last", "30", 30, true, Ink::series4, false});
  const Scene scene = waterfall(data, {.width = 400, .text_height = 12, .char_width = 7});
  REQUIRE(scene.areas.size() == 4);
  const auto left = [&](std::size_t i) { return scene.areas[i].upper[0].x; };
  const auto right = [&](std::size_t i) { return scene.areas[i].upper[1].x; };
  CHECK(left(0) == Approx(left(3)));    // both from 0
  CHECK(left(1) == Approx(right(0)));   // upwards from the first
  CHECK(right(2) == Approx(right(1)));  // downwards from there
  CHECK(left(2) == Approx(right(3)));   // to what it comes to
  CHECK((right(1) - left(1)) / (right(0) - left(0)) == Approx(0.5));
  for (const Text& text : scene.texts) CHECK(scene.frame.holds(text.at));
}

TEST_CASE("a waterfall's text does not run over the telephone's edge") {
  Waterfall data;
  data.rows.push_back({std::string(300, 'x'), "+1", 1, false, Ink::series1, false});
  const Scene scene = waterfall(data, {.width = 320, .text_height = 12, .char_width = 7});
  REQUIRE_FALSE(scene.texts.empty());
  for (const Text& text : scene.texts) CHECK(static_cast<double>(text.text.size()) * 7 < 320 + 14);
}

TEST_CASE("numbers of marks do not run into each other") {
  Frame frame;
  frame.box = {0, 0, 400, 200};
  frame.to_s = 100;
  TimeSeries data;
  data.series.push_back({{{0, 0}, {100, 1}}, Ink::series0, Dash::solid, Shape::straight, 0});
  Scene scene = time_series(data, frame);
  const std::size_t texts = scene.texts.size(), lines = scene.lines.size();
  std::vector<Mark> marks;
  for (int i = 0; i < 8; ++i) marks.push_back({50.0 + 0.1 * i, std::to_string(i + 1)});
  marks.push_back({200, "outside"});
  add_marks(scene, frame, marks);
  CHECK(scene.lines.size() == lines + 8);
  CHECK(scene.texts.size() == texts + kMarkRows);
  for (std::size_t i = texts; i + 1 < scene.texts.size(); ++i)
    CHECK(scene.texts[i].at.y - scene.texts[i + 1].at.y >= frame.text_height * 0.99);
  for (std::size_t i = texts; i < scene.texts.size(); ++i) CHECK(scene.frame.holds(scene.texts[i].at));
}
