// Charts over time: data in, a scene out. They know no domain: a series has points, a label has its text.
//
// Every chart has the time of its Frame on the x axis, so that charts of the same frame line up under each
// other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plot/axis.hpp"
#include "plot/scene.hpp"

namespace breakglass::plot {

// Where a chart stands, over which time, and how large its text is.
struct Frame {
  Box box;                 // the whole chart, texts included
  double left_margin = 0;  // for the labels of the y axis; see label_width
  double right_margin = 0;
  double text_height = 12;  // height of a line of text
  double char_width = 7;    // width of a character of the labels, which are set in a mono font
  double from_s = 0;        // the time shown, in seconds since the chart's zero
  double to_s = 1;
  std::int64_t local_zero_s = 0;  // local seconds since 1970-01-01T00:00:00 at the chart's zero
  bool time_labels = true;        // false: the chart below has them
};

enum class Shape {
  straight,  // from point to point
  step,      // a value holds until the next point
  dots,      // a dot a point, joined by a thin line
};

struct Series {
  std::vector<Point> points;  // x in seconds, rising; y a finite value
  Ink ink = Ink::series0;
  Dash dash = Dash::solid;
  Shape shape = Shape::straight;
  double held_until_s = 0;  // a step is drawn on to this time, if it is later than the last point
};

// A band around a series: the y of `low` and `high` at the same x.
struct Band {
  std::vector<Point> low;
  std::vector<Point> high;
  Ink ink = Ink::series0;
};

struct Limit {
  double value = 0;
  std::string text;  // "rolls back above 6%"
};

struct TimeSeries {
  std::vector<Series> series;
  std::vector<Band> bands;    // clipped; they do not widen the y axis
  std::vector<Limit> limits;  // on the y axis always
  NumberStyle style = NumberStyle::plain;
  bool from_zero = true;     // the y axis begins at 0
  double top = 0;            // its upper end; 0: as the data wants
  double most_room = 1e300;  // a limit farther off than this many times the data's height is not shown
};

Scene time_series(const TimeSeries& data, const Frame& frame);

struct Layer {
  std::vector<double> values;  // one for each time, not negative
  Ink ink = Ink::series0;
  Dash dash = Dash::solid;  // of its upper edge
};

struct StackedArea {
  std::vector<double> times_s;  // rising
  std::vector<Layer> layers;    // the first one lowest
  NumberStyle style = NumberStyle::plain;
};

Scene stacked_area(const StackedArea& data, const Frame& frame);

// The left margin that labels of so many characters need.
double label_width(const Frame& frame, int characters);

// The frame's time scale, for whoever puts something over the charts (a cursor, a mouse).
Scale time_scale(const Frame& frame);

// At most four points a column of `columns` over [from, to]: first, lowest, highest, last; what lies outside
// is dropped but for one neighbour on either side. The polyline looks the same.
std::vector<Point> thin(const std::vector<Point>& points, double from, double to, int columns);

}  // namespace breakglass::plot
