#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plot/charts.hpp"
#include "plot/ranges.hpp"
#include "viz/lab/room.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr std::size_t kMost = 5;  // strategies that can be told apart

const analysis::MetricSummary& harm_of(const analysis::StrategySummary& strategy) {
  return strategy.metrics[static_cast<std::size_t>(analysis::Metric::harm_total)];
}

plot::Spread spread_of(const analysis::StrategySummary& strategy, std::size_t i) {
  const auto& harm = harm_of(strategy);
  const auto quantile = [&](std::size_t q) { return harm.quantiles[q].value.value_or(harm.mean); };
  return {quantile(0), quantile(1), quantile(2), harm.mean, plot::series_ink(static_cast<int>(i))};
}

std::string mean_text(const analysis::MetricSummary& harm) {
  if (!harm.ci95) return amount_text(harm.mean);
  return fmt::format("{} ({} to {})", amount_text(harm.mean), amount_text(harm.ci95->low),
                     amount_text(harm.ci95->high));
}

// What every pair comes to, world by world, in words.
double draw_pairs(Ui& ui, const analysis::Comparison& comparison, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  double y = box.top;
  for (const analysis::PairSummary& pair : comparison.pairs) {
    if (y + 1.3 * c.line() > box.bottom) break;
    const std::string difference =
        pair.ci95 ? fmt::format("{} ({} to {})", amount_text(pair.mean_difference),
                                amount_text(pair.ci95->low), amount_text(pair.ci95->high))
                  : amount_text(pair.mean_difference);
    put_text_in(
        c, c.fonts.text, {box.left, y, box.right, y + 1.3 * c.line()}, c.ink.text,
        fmt::format("{} less {}: {}; lower in {} of the worlds", plain(comparison.strategies[pair.a].name),
                    plain(comparison.strategies[pair.b].name), difference,
                    plot::short_percent(pair.a_lower.mean)));
    y += 1.3 * c.line();
  }
  return y;
}

plot::Frame race_frame(const Canvas& c, const LabResult& result, const plot::Box& box) {
  plot::Frame frame;
  frame.box = box;
  frame.text_height = c.fonts.mono->FontSize;
  frame.char_width = digit_width(c);
  frame.left_margin = plot::label_width(frame, 9);
  frame.right_margin = frame.char_width;
  frame.local_zero_s = sim::local_seconds(result.clock, {});
  for (const Racer& racer : result.race) frame.to_s = std::max(frame.to_s, racer.times_s.back());
  return frame;
}

std::size_t index_at(const Racer& racer, double instant) {
  const auto after = std::upper_bound(racer.times_s.begin(), racer.times_s.end(), instant);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - racer.times_s.begin() - 1));
}

plot::TimeSeries series_of(const LabResult& result, bool of_weight) {
  plot::TimeSeries data;
  for (std::size_t i = 0; i < std::min(kMost, result.race.size()); ++i) {
    const Racer& racer = result.race[i];
    plot::Series series;
    series.ink = plot::series_ink(static_cast<int>(i));
    series.dash = lab_dash(i);
    series.shape = of_weight ? plot::Shape::step : plot::Shape::straight;
    const auto& values = of_weight ? racer.weight : racer.harm;
    for (std::size_t k = 0; k < values.size(); ++k) series.points.push_back({racer.times_s[k], values[k]});
    data.series.push_back(std::move(series));
  }
  if (of_weight) {
    data.style = plot::NumberStyle::percent;
    data.top = 1;
  }
  return data;
}

}  // namespace

plot::Dash lab_dash(std::size_t i) {
  static constexpr std::array kDashes{plot::Dash::solid, plot::Dash::dashed, plot::Dash::dash_dot,
                                      plot::Dash::dotted, plot::Dash::long_dash};
  return kDashes[i % kDashes.size()];
}

void draw_outcomes(Ui& ui, const LabScreen& screen, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const auto& comparison = screen.result.comparison;
  const plot::Box in =
      pane(ui, box, "Harm by the horizon",
           comparison ? fmt::format("{}, n = {}: line 5% to 95%, stroke median, dot mean (95% interval)",
                                    plain(screen.result.unit),
                                    plot::short_number(static_cast<double>(comparison->replications), 9))
                      : "");
  if (!comparison) {
    put_text_in(c, c.fonts.text, in, c.ink.muted,
                screen.working ? "The first worlds are on their way." : "Press Run.", plot::Anchor::middle);
    return;
  }
  const std::size_t rows = std::min(kMost, comparison->strategies.size());
  const double pairs = std::min<double>(static_cast<double>(comparison->pairs.size()), 6) * 1.3 * line;
  plot::RangesFrame frame;
  frame.text_height = c.fonts.mono->FontSize;
  frame.char_width = digit_width(c);
  frame.box = {in.left, in.top, in.right, std::max(in.top + 6 * line, in.bottom - pairs - 0.5 * line)};
  frame.left_margin = std::min(20 * line, 0.45 * in.width());
  std::vector<plot::Spread> spreads;
  for (std::size_t i = 0; i < rows; ++i) spreads.push_back(spread_of(comparison->strategies[i], i));
  put_scene(c, plot::ranges(spreads, frame), Palette::sources);
  for (std::size_t i = 0; i < rows; ++i) {
    const double y = plot::row_middle(frame, rows, i);
    const plot::Box left{in.left, y - 1.2 * line, in.left + frame.left_margin - 0.8 * line, y};
    put_text_in(c, c.fonts.bold, left, c.ink.text, plain(comparison->strategies[i].name));
    put_text_in(c, c.fonts.text, {left.left, y, left.right, y + 1.2 * line}, c.ink.muted,
                mean_text(harm_of(comparison->strategies[i])));
  }
  draw_pairs(ui, *comparison, {in.left, frame.box.bottom + 0.5 * line, in.right, in.bottom});
}

void draw_race(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const LabResult& result = screen.result;
  const plot::Box in = pane(ui, box, "Race", "one world, one luck; drag the time");
  if (result.race.empty()) {
    put_text_in(c, c.fonts.text, in, c.ink.muted, "Press Run.", plot::Anchor::middle);
    return;
  }
  const double names = 1.35 * line * static_cast<double>(std::min(kMost, result.race.size()));
  const double top = in.top + 1.9 * line + names;
  const double middle = top + 0.62 * (in.bottom - top);
  plot::Frame frame = race_frame(c, result, {in.left, top, in.right, middle});
  slider(ui, "time of the race", {in.left + frame.left_margin, in.top, in.right, in.top + 1.7 * line},
         desk.instant);
  const double instant = desk.instant * frame.to_s;
  for (std::size_t i = 0; i < std::min(kMost, result.race.size()); ++i) {
    const Racer& racer = result.race[i];
    const double y = in.top + 1.8 * line + 1.35 * line * static_cast<double>(i);
    put_line(c, {{in.left, y + 0.65 * line}, {in.left + 2 * line, y + 0.65 * line}},
             colour_of(c.ink, plot::series_ink(static_cast<int>(i)), Palette::sources), lab_dash(i),
             2 * c.fonts.scale, c.fonts.scale);
    const std::size_t k = index_at(racer, instant);
    put_text_in(
        c, c.fonts.text, {in.left + 2.5 * line, y, in.right, y + 1.3 * line}, c.ink.text,
        fmt::format("{}: {} {}, {} on the change at {}", plain(racer.name), amount_text(racer.harm[k]),
                    plain(result.unit), plot::short_percent(racer.weight[k]),
                    clock_text(result.clock, sim::from_seconds(instant), false)));
  }
  const auto chart = [&](const plot::TimeSeries& data, const plot::Box& place) {
    frame.box = place;
    const plot::Scene scene = time_series(data, frame);
    put_scene(c, scene, Palette::sources);
    const double at = plot::time_scale(frame)(instant);
    c.list->AddLine(vec({at, scene.plot.top}), vec({at, scene.plot.bottom}), c.ink.cursor, c.fonts.scale);
  };
  chart(series_of(result, false), {in.left, top, in.right, middle});
  chart(series_of(result, true), {in.left, middle + 0.3 * line, in.right, in.bottom});
}

}  // namespace breakglass::viz
