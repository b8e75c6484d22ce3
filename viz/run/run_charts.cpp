#include "viz/run/run_charts.hpp"

#include <algorithm>

namespace breakglass::viz {
namespace {

// A pause in the readings this many times the usual gap breaks the line: nobody was watching.
constexpr double kBreak = 4;

double usual_gap(const std::vector<Reading>& readings) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < readings.size(); ++i)
    gaps.push_back(sim::to_seconds(readings[i].until - readings[i - 1].until));
  if (gaps.empty()) return 0;
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

struct Stretch {
  plot::Series change;
  plot::Series stable;
  plot::Band band;
};

// Readings without a long pause between them. They stand at the end of what they measured.
std::vector<Stretch> stretches(const std::vector<Reading>& readings) {
  const double longest = kBreak * usual_gap(readings);
  std::vector<Stretch> out;
  sim::Time last{};
  for (const Reading& r : readings) {
    if (out.empty() || sim::to_seconds(r.until - last) > longest) {
      out.emplace_back();
      out.back().change.ink = plot::series_ink(0);
      out.back().stable.ink = plot::series_ink(1);
      out.back().stable.dash = plot::Dash::dashed;
      out.back().change.shape = plot::Shape::dots;
      out.back().band.ink = plot::series_ink(0);
    }
    last = r.until;
    const double x = sim::to_seconds(r.until);
    out.back().change.points.push_back({x, r.change});
    if (r.has_stable) out.back().stable.points.push_back({x, r.stable});
    out.back().band.low.push_back({x, r.low});
    out.back().band.high.push_back({x, r.high});
  }
  return out;
}

}  // namespace

bool occurs(const RunView& view, std::size_t source) {
  return source == 0 || (!view.harm.empty() && view.harm.back()[source] > 0);
}

plot::Scene harm_chart(const RunView& view, const plot::Frame& frame) {
  plot::StackedArea data;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < view.sampled.size(); ++i) {
    shown.push_back(i);
    if (sim::to_seconds(view.sampled[i]) > frame.to_s)
      break;  // one beyond the edge, so that the area reaches it
  }
  for (const std::size_t i : shown) data.times_s.push_back(sim::to_seconds(view.sampled[i]));
  for (std::size_t s = 0; s < kSourceNames.size(); ++s) {
    if (!occurs(view, s)) continue;
    plot::Layer layer{{}, plot::series_ink(static_cast<int>(s)), kSourceDashes[s]};
    for (const std::size_t i : shown) layer.values.push_back(std::max(0.0, view.harm[i][s]));
    data.layers.push_back(std::move(layer));
  }
  return stacked_area(data, frame);
}

plot::Scene weight_chart(const RunView& view, const plot::Frame& frame) {
  plot::Series series;
  series.shape = plot::Shape::step;
  series.held_until_s = sim::to_seconds(view.horizon);
  for (std::size_t i = 0; i < view.sampled.size(); ++i) {
    if (i > 0 && view.weight[i] == view.weight[i - 1]) continue;
    series.points.push_back({sim::to_seconds(view.sampled[i]), view.weight[i]});
  }
  plot::TimeSeries data;
  data.series = {series};
  data.style = plot::NumberStyle::percent;
  data.top = 1;
  return time_series(data, frame);
}

plot::Scene signal_chart(const SignalView& signal, const plot::Frame& frame) {
  plot::TimeSeries data;
  data.style = signal.style;
  data.from_zero = signal.from_zero;
  data.most_room = 3;
  for (Stretch& s : stretches(signal.readings)) {
    data.bands.push_back(std::move(s.band));
    data.series.push_back(std::move(s.stable));
    data.series.push_back(std::move(s.change));
  }
  for (const Bound& bound : signal.bounds) {
    data.limits.push_back({bound.value, std::string("fails ") + (bound.above ? "above " : "below ") +
                                            level_text(signal, bound.value)});
  }
  return time_series(data, frame);
}

plot::Scene belief_chart(const RunView& view, const plot::Frame& frame) {
  plot::Series series;
  series.points = view.belief;
  series.ink = plot::series_ink(2);
  series.shape = plot::Shape::step;
  series.held_until_s = sim::to_seconds(view.horizon);
  plot::TimeSeries data;
  data.series = {series};
  data.style = plot::NumberStyle::percent;
  data.top = 1;
  return time_series(data, frame);
}

int widest_label(const RunView& view) {
  double most = 0;
  if (!view.harm.empty()) {
    for (const double harm : view.harm.back()) most += harm;
  }
  return std::max(6, static_cast<int>(plot::short_number(plot::round_up(most)).size()));
}

}  // namespace breakglass::viz
