// The world as the dashboards show it: one cell a chart, as many as have room, with pages for the rest.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plot/charts.hpp"
#include "viz/drill/panels.hpp"
#include "viz/drill/services.hpp"
#include "viz/run/run_charts.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr double kCellWidth = 21;  // lines of text, at least
constexpr double kCellHeight = 8.2;

plot::Frame frame_in(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  plot::Frame frame;
  frame.box = box;
  frame.text_height = c.fonts.mono->FontSize;
  frame.char_width = digit_width(c);
  const double most = panel.screen.harm.empty() ? 0 : panel.screen.harm.back().harm.total;
  const auto digits = static_cast<int>(plot::short_number(plot::round_up(most)).size());
  frame.left_margin = plot::label_width(frame, std::max(5, digits));
  frame.right_margin = frame.char_width;
  frame.from_s = 0;
  frame.to_s = std::max(1800.0, 1.04 * sim::to_seconds(panel.screen.view.now));
  frame.local_zero_s = sim::local_seconds(panel.screen.clock, {});
  return frame;
}

// Where the weight moved: thin lines over a dashboard, so that a change of the curve finds its cause.
void put_steps(const Canvas& c, const DrillScreen& screen, const plot::Frame& frame, const plot::Box& plot) {
  const plot::Scale x = plot::time_scale(frame);
  for (std::size_t i = 1; i < screen.weights.size(); ++i) {
    const double at = x(screen.weights[i].x);
    if (at < plot.left || at > plot.right) continue;
    put_line(c, {{at, plot.top}, {at, plot.bottom}}, c.ink.axis, plot::Dash::dotted, c.fonts.scale,
             c.fonts.scale);
  }
}

void put_now(const Canvas& c, const DrillScreen& screen, const plot::Frame& frame, const plot::Box& plot) {
  const double at = plot::time_scale(frame)(sim::to_seconds(screen.view.now));
  c.list->AddLine(vec({at, plot.top}), vec({at, plot.bottom}), c.ink.cursor, c.fonts.scale);
}

// A heading of words and pieces of line; what has no room is left out from the right.
struct Word {
  std::string text;
  ImU32 ink = 0;
  ImU32 line = 0;  // 0: none
  plot::Dash dash = plot::Dash::solid;
  bool bold = false;
};
void put_words(const Canvas& c, const plot::Box& box, const std::vector<Word>& words) {
  double x = box.left;
  const double line = c.line();
  for (const Word& word : words) {
    const ImFont* font = word.bold ? c.fonts.bold : c.fonts.text;
    const double swatch = word.line != 0 ? 1.4 * line : 0;
    const double width = swatch + text_width(font, word.text);
    if (x > box.left && x + width > box.right) return;
    if (swatch > 0) {
      const double y = (box.top + box.bottom) / 2;
      put_line(c, {{x, y}, {x + 1.1 * line, y}}, word.line, word.dash, 2 * c.fonts.scale, c.fonts.scale);
    }
    put_text_in(c, font, {x + swatch, box.top, box.right, box.bottom}, word.ink, word.text);
    x += width + 0.6 * line;
  }
}

std::string as_of(const DrillScreen& screen, const Reading* r) {
  if (r == nullptr) return "nothing published yet";
  return fmt::format("as of {}, {} old", sim::format_time(screen.clock, r->until).substr(0, 5),
                     age_text(screen.view.now - r->until));
}

void draw_signal(const Panel& panel, const plot::Box& box, const SignalView& signal) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const plot::Box in = pane(panel.ui, box, "");
  const Reading* r = newest(signal, panel.screen.view.now);
  const double first = in.top + 1.3 * line;
  put_words(
      c, {in.left, in.top, in.right, first},
      {{plain(signal.id), c.ink.text, 0, plot::Dash::solid, true}, {as_of(panel.screen, r), c.ink.muted}});
  std::vector<Word> levels{
      {r == nullptr ? "canary" : "canary " + level_text(signal, r->change), c.ink.text, c.ink.change}};
  levels.push_back({r != nullptr && r->has_stable ? "stable " + level_text(signal, r->stable) : "stable",
                    c.ink.text, c.ink.stable, plot::Dash::dashed});
  if (r != nullptr) levels.push_back({fmt::format("n = {}", plot::short_number(r->items, 9)), c.ink.muted});
  put_words(c, {in.left, first, in.right, first + 1.2 * line}, levels);
  const plot::Box rest{in.left, first + 1.25 * line, in.right, in.bottom};
  if (r == nullptr) {
    put_text_in(c, c.fonts.text, rest, c.ink.muted, "read while a change meets traffic",
                plot::Anchor::middle);
    return;
  }
  const plot::Frame frame = frame_in(panel, rest);
  const plot::Scene scene = signal_chart(signal, frame);
  put_scene(c, scene, Palette::arms);
  put_steps(c, panel.screen, frame, scene.plot);
  put_now(c, panel.screen, frame, scene.plot);
}

void draw_harm_cell(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const plot::Box in = pane(panel.ui, box, "");
  plot::StackedArea data;
  plot::Layer ongoing{{}, plot::series_ink(0), kSourceDashes[0]};
  plot::Layer deadline{{}, plot::series_ink(3), kSourceDashes[3]};
  plot::Layer containment{{}, plot::series_ink(4), kSourceDashes[4]};
  for (const HarmSample& sample : panel.screen.harm) {
    data.times_s.push_back(sample.at_s);
    ongoing.values.push_back(sample.harm.ongoing);
    deadline.values.push_back(sample.harm.deadline);
    containment.values.push_back(sample.harm.containment);
  }
  const analysis::Reckoning last =
      panel.screen.harm.empty() ? analysis::Reckoning{} : panel.screen.harm.back().harm;
  std::vector<Word> words{{"Harm", c.ink.text, 0, plot::Dash::solid, true}};
  const auto layer = [&](const plot::Layer& l, const char* name, double amount) {
    data.layers.push_back(l);
    words.push_back({fmt::format("{} {}", name, amount_text(amount)), c.ink.text,
                     colour_of(c.ink, l.ink, Palette::sources), l.dash});
  };
  layer(ongoing, "ongoing", last.ongoing);
  if (last.deadline > 0) layer(deadline, "deadline", last.deadline);
  if (last.containment > 0) layer(containment, "containment", last.containment);
  words.push_back({"as reckoned now", c.ink.muted});
  put_words(c, {in.left, in.top, in.right, in.top + 1.3 * c.line()}, words);
  const plot::Frame frame = frame_in(panel, {in.left, in.top + 1.4 * c.line(), in.right, in.bottom});
  const plot::Scene scene = stacked_area(data, frame);
  put_scene(c, scene, Palette::sources);
  put_now(c, panel.screen, frame, scene.plot);
}

void draw_weight_cell(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const plot::Box in = pane(panel.ui, box, "");
  put_words(c, {in.left, in.top, in.right, in.top + 1.3 * c.line()},
            {{"Weight", c.ink.text, 0, plot::Dash::solid, true},
             {plot::short_percent(panel.screen.view.weight) + " on the change", c.ink.text, c.ink.change},
             {"now", c.ink.muted}});
  plot::Series series;
  series.points = panel.screen.weights;
  series.shape = plot::Shape::step;
  series.held_until_s = sim::to_seconds(panel.screen.view.now);
  plot::TimeSeries data;
  data.series = {series};
  data.style = plot::NumberStyle::percent;
  data.top = 1;
  const plot::Frame frame = frame_in(panel, {in.left, in.top + 1.4 * c.line(), in.right, in.bottom});
  const plot::Scene scene = time_series(data, frame);
  put_scene(c, scene, Palette::arms);
  put_now(c, panel.screen, frame, scene.plot);
}

void draw_service_cell(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const plot::Box in = pane(panel.ui, box, "");
  put_words(c, {in.left, in.top, in.right, in.top + 1.3 * c.line()},
            {{"Services", c.ink.text, 0, plot::Dash::solid, true},
             {"changed: " + panel.screen.service, c.ink.muted, c.ink.change},
             {"blast radius", c.ink.muted, c.ink.text}});
  draw_services(c, panel.screen.services, {in.left, in.top + 1.5 * c.line(), in.right, in.bottom});
}

void draw_cell(const Panel& panel, const plot::Box& box, std::size_t i) {
  const std::size_t signals = panel.screen.signals.size();
  if (i < signals) return draw_signal(panel, box, panel.screen.signals[i]);
  if (i == signals) return draw_harm_cell(panel, box);
  if (i == signals + 1) return draw_weight_cell(panel, box);
  draw_service_cell(panel, box);
}

}  // namespace

void draw_world(const Panel& panel, const plot::Box& box) {
  const double line = panel.ui.canvas.line();
  const double gap = 0.45 * line;
  const auto cells = static_cast<int>(panel.screen.signals.size() + 3);
  const int columns = std::max(1, std::min(3, static_cast<int>(box.width() / (kCellWidth * line))));
  const auto rows_in = [&](double height) {
    return std::max(1, static_cast<int>(height / (kCellHeight * line)));
  };
  plot::Box place = box;
  int rows = std::min(rows_in(box.height()), (cells + columns - 1) / columns);
  int pages = (cells + rows * columns - 1) / (rows * columns);
  if (pages > 1) {
    place.bottom -= 1.9 * line;
    rows = rows_in(place.height());
    pages = (cells + rows * columns - 1) / (rows * columns);
    Row row = row_in(panel.ui, {box.left, place.bottom + 0.2 * line, box.right, box.bottom});
    for (int i = 0; i < pages; ++i) {
      const std::string label = fmt::format("Charts {} of {}", i + 1, pages);
      Button how;
      how.text = fmt::format("{}", i + 1);
      how.selected = i == panel.desk.page;
      if (button(panel.ui, label, next(row, 2.6 * line), how)) panel.desk.page = i;
    }
  }
  panel.desk.page = std::clamp(panel.desk.page, 0, pages - 1);
  const double width = (place.width() - gap * (columns - 1)) / columns;
  const double height = (place.height() - gap * (rows - 1)) / rows;
  for (int k = 0; k < rows * columns; ++k) {
    const int cell = panel.desk.page * rows * columns + k;
    if (cell >= cells) break;
    const double left = place.left + (k % columns) * (width + gap);
    const int line_of_cells = k / columns;
    const double top = place.top + line_of_cells * (height + gap);
    draw_cell(panel, {left, top, left + width, top + height}, static_cast<std::size_t>(cell));
  }
}

}  // namespace breakglass::viz
