#include "plot/charts.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace breakglass::plot {
namespace {

Frame frame() {
  Frame f;
  f.box = {100, 50, 500, 250};
  f.left_margin = 40;
  f.right_margin = 10;
  f.from_s = 0;
  f.to_s = 1000;
  return f;
}

const Line& curve(const Scene& scene) {
  return *std::find_if(scene.lines.begin(), scene.lines.end(),
                       [](const Line& line) { return !line.outside; });
}

bool inside_frame(const Scene& scene, double char_width, double text_height) {
  return std::all_of(scene.texts.begin(), scene.texts.end(), [&](const Text& text) {
    const double width = char_width * static_cast<double>(text.text.size());
    const double left = text.at.x - (text.anchor == Anchor::end      ? width
                                     : text.anchor == Anchor::middle ? width / 2
                                                                     : 0);
    return left >= scene.frame.left && left + width <= scene.frame.right &&
           text.at.y - text_height / 2 >= scene.frame.top - 1e-9 &&
           text.at.y + text_height / 2 <= scene.frame.bottom + 1e-9;
  });
}

TEST_CASE("a step holds its value until the next point, and the last to the end") {
  TimeSeries data;
  data.series = {{{{0, 0}, {500, 0.5}}, Ink::series0, Dash::solid, Shape::step, 1e9}};
  data.top = 1;
  const Scene scene = time_series(data, frame());
  const Box& p = scene.plot;
  const double half = (p.left + p.right) / 2;
  const double middle = (p.top + p.bottom) / 2;
  REQUIRE(curve(scene).points.size() == 4);
  CHECK(curve(scene).points[0] == Point{p.left, p.bottom});
  CHECK(curve(scene).points[1] == Point{half, p.bottom});
  CHECK(curve(scene).points[2] == Point{half, middle});
  CHECK(curve(scene).points[3] == Point{p.right, middle});
}

TEST_CASE("a stack adds up, layer on layer") {
  StackedArea data;
  data.times_s = {0, 1000};
  data.layers = {{{0, 6}, Ink::series0}, {{0, 4}, Ink::series1}};
  const Scene scene = stacked_area(data, frame());
  REQUIRE(scene.areas.size() == 2);
  CHECK(scene.areas[0].upper == scene.areas[1].lower);
  CHECK(scene.areas[1].upper.back() ==
        Point{scene.plot.right, scene.plot.top});  // 6 + 4 is a round end of the axis
  const double part = (scene.plot.bottom - scene.areas[0].upper.back().y) / scene.plot.height();
  CHECK(part == Approx(0.6));
}

TEST_CASE("a stack of nothing, or of zeros, is an empty chart with an axis") {
  StackedArea data;
  CHECK(stacked_area(data, frame()).areas.empty());
  data.times_s = {0, 1000};
  data.layers = {{{0, 0}, Ink::series0}};
  const Scene scene = stacked_area(data, frame());
  CHECK(std::isfinite(scene.areas[0].upper.back().y));
  CHECK(!scene.texts.empty());
}

TEST_CASE("labels stay inside the frame") {
  TimeSeries data;
  data.series = {{{{0, 0}, {1000, 0.031}}, Ink::series0}};
  data.limits = {{0.06, "fails above 6%"}};
  data.style = NumberStyle::percent;
  for (double to : {10.0, 600.0, 86400.0, 604800.0}) {
    Frame f = frame();
    f.to_s = to;
    f.left_margin = label_width(f, 6);
    const Scene scene = time_series(data, f);
    CAPTURE(to);
    CHECK(inside_frame(scene, f.char_width, f.text_height));
  }
  Frame narrow = frame();  // the same check sees labels that have no room
  narrow.left_margin = 5;
  CHECK_FALSE(inside_frame(time_series(data, narrow), narrow.char_width, narrow.text_height));
}

TEST_CASE("a limit widens the axis, unless it is far off") {
  TimeSeries data;
  data.series = {{{{0, 0}, {1000, 1}}, Ink::series0}};
  data.limits = {{2, "limit"}};
  data.most_room = 3;
  const auto limits = [](const Scene& scene) {
    return std::count_if(scene.lines.begin(), scene.lines.end(),
                         [](const Line& line) { return line.ink == Ink::limit; });
  };
  CHECK(limits(time_series(data, frame())) == 1);
  data.limits = {{50, "limit"}};
  CHECK(limits(time_series(data, frame())) == 0);
}

TEST_CASE("a series of one value, or without points, has a finite chart") {
  TimeSeries data;
  data.from_zero = false;
  data.series = {{{{10, 5}, {20, 5}}, Ink::series0}, {{}, Ink::series1}};
  const Scene scene = time_series(data, frame());
  CHECK(std::isfinite(curve(scene).points.front().y));
  CHECK(scene.plot.holds(curve(scene).points.front()));
}

TEST_CASE("thinning keeps the ends and the extremes of every column") {
  std::vector<Point> points;
  for (int i = 0; i < 10000; ++i)
    points.push_back({static_cast<double>(i), std::sin(i * 0.7) + (i == 4321 ? 50 : 0)});
  const auto few = thin(points, 0, 9999, 100);
  CHECK(few.size() <= 404);
  CHECK(few.front() == points.front());
  CHECK(few.back() == points.back());
  CHECK(std::find(few.begin(), few.end(), points[4321]) != few.end());
  CHECK(std::is_sorted(few.begin(), few.end(), [](const Point& a, const Point& b) { return a.x < b.x; }));
  CHECK(thin(points, 100, 110, 100).size() <= 13);  // ten, and a neighbour on either side
  CHECK(thin({}, 0, 1, 10).empty());
}

}  // namespace
}  // namespace breakglass::plot
