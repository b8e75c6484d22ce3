#include "plot/charts.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::plot {
namespace {

constexpr double kLineSpace = 1.8;  // lines of text between two ticks of the y axis, at least

Box plot_box(const Frame& frame) {
  const double half = frame.text_height / 2;
  const double below = frame.time_labels ? frame.text_height * 1.6 : half;
  return {frame.box.left + frame.left_margin, frame.box.top + half, frame.box.right - frame.right_margin,
          frame.box.bottom - below};
}

void add_time_axis(Scene& scene, const Frame& frame) {
  const Scale x = time_scale(frame);
  const double widest = 6 * frame.char_width;  // "Thu 12", with room around it
  const int most = static_cast<int>(scene.plot.width() / (widest * 1.9));
  for (const Tick& tick : local_time_ticks(frame.from_s, frame.to_s, frame.local_zero_s, most)) {
    const double at = x(tick.value);
    scene.lines.push_back({{{at, scene.plot.top}, {at, scene.plot.bottom}}, Ink::grid, Dash::solid, 1, true});
    if (!frame.time_labels) continue;
    const double half = static_cast<double>(tick.text.size()) * frame.char_width / 2;
    if (at - half < frame.box.left || at + half > frame.box.right) continue;
    scene.texts.push_back(
        {{at, scene.plot.bottom + frame.text_height * 1.05}, tick.text, Ink::muted, Anchor::middle});
  }
}

void add_value_axis(Scene& scene, const Frame& frame, const Scale& y, NumberStyle style) {
  const int most = std::max(2, 1 + static_cast<int>(scene.plot.height() / (kLineSpace * frame.text_height)));
  std::vector<Tick> ticks = value_ticks(y.from, y.to, most, style);
  if (ticks.size() < 2)
    ticks = value_ticks(y.from, y.to, most + 1, style);  // one number alone tells no scale
  double last = 1e300;
  for (const Tick& tick : ticks) {
    const double at = y(tick.value);
    if (last - at < 1.1 * frame.text_height) continue;  // in a very low chart
    last = at;
    scene.lines.push_back({{{scene.plot.left, at}, {scene.plot.right, at}}, Ink::grid, Dash::solid, 1, true});
    scene.texts.push_back({{scene.plot.left - frame.char_width, at}, tick.text, Ink::muted, Anchor::end});
  }
  scene.lines.push_back({{{scene.plot.left, scene.plot.bottom}, {scene.plot.right, scene.plot.bottom}},
                         Ink::axis,
                         Dash::solid,
                         1,
                         true});
}

Scene empty_scene(const Frame& frame) {
  Scene scene;
  scene.frame = frame.box;
  scene.plot = plot_box(frame);
  scene.plot.right = std::max(scene.plot.right, scene.plot.left + 1);
  scene.plot.bottom = std::max(scene.plot.bottom, scene.plot.top + 1);
  return scene;
}

std::vector<Point> stepped(const std::vector<Point>& points, double held_until) {
  std::vector<Point> out;
  for (const Point& p : points) {
    if (!out.empty()) out.push_back({p.x, out.back().y});
    out.push_back(p);
  }
  if (!out.empty() && held_until > out.back().x) out.push_back({held_until, out.back().y});
  return out;
}

std::vector<Point> placed(const std::vector<Point>& points, const Scale& x, const Scale& y) {
  std::vector<Point> out;
  out.reserve(points.size());
  for (const Point& p : points) out.push_back({x(p.x), y(p.y)});
  return out;
}

struct Range {
  double low = 1e300;
  double high = -1e300;

  void widen(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

// What the y axis spans: the data shown, then the limits that are not too far off.
Range value_range(const TimeSeries& data, const Frame& frame) {
  Range range;
  for (const Series& series : data.series) {
    for (const Point& p : series.points) {
      if (p.x <= frame.to_s) range.widen(p.y);
    }
  }
  if (range.low > range.high) range = {0, 1};
  if (data.from_zero) range.widen(0);
  const double reach = std::max(range.high - range.low, 1e-12) * data.most_room;
  const Range seen = range;
  for (const Limit& limit : data.limits) {
    if (limit.value <= seen.high + reach && limit.value >= seen.low - reach) range.widen(limit.value);
  }
  if (data.top > range.low) range.high = data.top;
  if (range.high - range.low < 1e-12) range.high = range.low + std::max(1e-9, std::fabs(range.low) * 0.1);
  if (data.top <= range.low) {
    const double room = 0.08 * (range.high - range.low);
    range.high += room;
    if (!data.from_zero) range.low -= room;
  }
  return range;
}

void add_series(Scene& scene, const Series& series, const Frame& frame, const Scale& x, const Scale& y) {
  const int columns = static_cast<int>(scene.plot.width());
  const std::vector<Point> few = thin(series.points, frame.from_s, frame.to_s, columns);
  if (few.empty()) return;
  const bool step = series.shape == Shape::step;
  const double weight = series.shape == Shape::dots ? 1.2 : 2;
  scene.lines.push_back({placed(step ? stepped(few, std::min(series.held_until_s, frame.to_s)) : few, x, y),
                         series.ink, series.dash, weight, false});
  if (series.shape != Shape::dots) return;
  const double spacing = static_cast<double>(columns) / static_cast<double>(few.size());
  if (spacing < frame.text_height / 3 && few.size() > 1) return;  // dots would run together
  for (const Point& p : few) scene.markers.push_back({{x(p.x), y(p.y)}, series.ink, 1});
}

void add_limit(Scene& scene, const Limit& limit, const Frame& frame, const Scale& y) {
  const double at = y(limit.value);
  if (at < scene.plot.top - 1 || at > scene.plot.bottom + 1) return;
  scene.lines.push_back(
      {{{scene.plot.left, at}, {scene.plot.right, at}}, Ink::limit, Dash::dashed, 1.2, false});
  const bool above = at - frame.text_height > scene.plot.top;
  const double text_y = above ? at - frame.text_height * 0.6 : at + frame.text_height * 0.6;
  scene.texts.push_back(
      {{scene.plot.left + frame.char_width / 2, text_y}, limit.text, Ink::limit, Anchor::start});
}

}  // namespace

Scale time_scale(const Frame& frame) {
  const Box plot = plot_box(frame);
  return {frame.from_s, frame.to_s, plot.left, std::max(plot.right, plot.left + 1)};
}

double label_width(const Frame& frame, int characters) { return (characters + 1.5) * frame.char_width; }

Scene time_series(const TimeSeries& data, const Frame& frame) {
  Scene scene = empty_scene(frame);
  const Range range = value_range(data, frame);
  const Scale x = time_scale(frame);
  const Scale y{range.low, range.high, scene.plot.bottom, scene.plot.top};
  add_time_axis(scene, frame);
  add_value_axis(scene, frame, y, data.style);
  for (const Band& band : data.bands) {
    scene.areas.push_back({placed(band.high, x, y), placed(band.low, x, y), band.ink, 0.18});
  }
  for (const Series& series : data.series) add_series(scene, series, frame, x, y);
  for (const Limit& limit : data.limits) add_limit(scene, limit, frame, y);
  return scene;
}

Scene stacked_area(const StackedArea& data, const Frame& frame) {
  Scene scene = empty_scene(frame);
  const std::size_t count = data.times_s.size();
  std::vector<double> sums(count, 0.0);
  double highest = 0;
  for (const Layer& layer : data.layers) {
    for (std::size_t i = 0; i < count; ++i) sums[i] += layer.values[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (data.times_s[i] <= frame.to_s || i == 0) highest = std::max(highest, sums[i]);
  }
  const Scale x = time_scale(frame);
  const Scale y{0, round_up(highest), scene.plot.bottom, scene.plot.top};
  add_time_axis(scene, frame);
  add_value_axis(scene, frame, y, data.style);
  sums.assign(count, 0.0);
  for (const Layer& layer : data.layers) {
    Area area{{}, {}, layer.ink, 0.45};
    for (std::size_t i = 0; i < count; ++i) {
      area.lower.push_back({x(data.times_s[i]), y(sums[i])});
      sums[i] += layer.values[i];
      area.upper.push_back({x(data.times_s[i]), y(sums[i])});
    }
    scene.lines.push_back({area.upper, layer.ink, layer.dash, 2, false});
    scene.areas.push_back(std::move(area));
  }
  return scene;
}

std::vector<Point> thin(const std::vector<Point>& points, double from, double to, int columns) {
  const auto before = [](const Point& p, double x) { return p.x < x; };
  auto first = std::lower_bound(points.begin(), points.end(), from, before);
  auto last = std::lower_bound(first, points.end(), to, before);
  if (first != points.begin()) --first;
  if (last != points.end()) ++last;
  if (last - first <= 4 * std::max(1, columns)) return {first, last};
  std::vector<Point> out;
  const double width = (to - from) / std::max(1, columns);
  while (first != last) {
    const double column = std::floor((first->x - from) / width);
    auto end = first;
    while (end != last && std::floor((end->x - from) / width) == column) ++end;
    auto [low, high] =
        std::minmax_element(first, end, [](const Point& a, const Point& b) { return a.y < b.y; });
    if (high < low) std::swap(low, high);
    for (const auto& pick : {first, low, high, end - 1}) {
      if (out.empty() || !(out.back() == *pick)) out.push_back(*pick);
    }
    first = end;
  }
  return out;
}

}  // namespace breakglass::plot
