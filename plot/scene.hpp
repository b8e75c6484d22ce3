// A drawn chart as a value: areas, lines, markers and texts in one coordinate system. Whoever shows it (a
// window, an SVG, a test) chooses the colours of the roles; the scene only says what a thing stands for.
//
// Coordinates: x to the right, y downwards, in the unit of the frame that the chart was asked for (pixels in
// a window). Draw in this order: areas, lines, markers, texts. Areas, lines and markers may reach beyond
// Scene::plot and are to be clipped to it, unless they are `outside`.
#pragma once

#include <string>
#include <vector>

namespace breakglass::plot {

struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  bool holds(Point p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
};

// What a mark stands for. The words of the domain are not plot's: a series is a number.
enum class Ink { text, muted, grid, axis, limit, series0, series1, series2, series3, series4 };

// The ink of series i; i from 0 to 4: more than five cannot be told apart.
constexpr Ink series_ink(int i) { return static_cast<Ink>(static_cast<int>(Ink::series0) + i); }

// The second cue besides colour.
enum class Dash { solid, dashed, dotted, dash_dot, long_dash };

enum class Anchor { start, middle, end };  // which part of the text stands at its point, horizontally

struct Line {
  std::vector<Point> points;
  Ink ink = Ink::text;
  Dash dash = Dash::solid;
  double width = 1;      // relative to a thin line: 1 thin, 2 a curve
  bool outside = false;  // an axis or a tick: not clipped to the plot
};

// The region between two polylines with the same x at the same index.
struct Area {
  std::vector<Point> upper;
  std::vector<Point> lower;
  Ink ink = Ink::series0;
  double opacity = 1;
};

struct Marker {
  Point at;
  Ink ink = Ink::series0;
  double radius = 1;  // relative to a small dot
};

struct Text {
  Point at;  // vertically, the middle of the line of text
  std::string text;
  Ink ink = Ink::muted;
  Anchor anchor = Anchor::start;
};

struct Scene {
  Box frame;  // everything
  Box plot;   // where data is
  std::vector<Area> areas;
  std::vector<Line> lines;
  std::vector<Marker> markers;
  std::vector<Text> texts;
};

}  // namespace breakglass::plot
