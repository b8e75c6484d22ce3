#include "plot/waterfall.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::plot {
namespace {

constexpr double kRowLines = 2.7;  // of text: the label, the bar, the gap

struct Span {
  double from = 0;
  double to = 0;
};

// Where each row's bar begins and ends.
std::vector<Span> spans_of(const Waterfall& data) {
  std::vector<Span> spans;
  double running = 0;
  for (const WaterfallRow& row : data.rows) {
    const double from = row.is_total ? 0 : running;
    running = row.is_total ? row.amount : running + row.amount;
    spans.push_back({from, running});
  }
  return spans;
}

Scale scale_of(const std::vector<Span>& spans, const Box& plot) {
  double low = 0, high = 0;
  for (const Span& span : spans) {
    low = std::min({low, span.from, span.to});
    high = std::max({high, span.from, span.to});
  }
  if (high - low < 1e-12) high = low + 1;
  return {low, high, plot.left, plot.right};
}

// Cut to so many characters, counted as code points.
std::string cut(const std::string& text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (++seen > most) return text.substr(0, i) + "…";
  }
  return text;
}

void add_bar(Scene& scene, const WaterfallRow& row, const Span& span, const Scale& x, double top,
             double bottom) {
  double left = x(std::min(span.from, span.to)), right = x(std::max(span.from, span.to));
  if (right - left < 2) {  // nothing is still something to look at
    left = (left + right) / 2 - 1;
    right = left + 2;
  }
  scene.areas.push_back(
      {{{left, top}, {right, top}}, {{left, bottom}, {right, bottom}}, row.ink, row.outlined ? 0.35 : 1});
  if (!row.outlined) return;
  scene.lines.push_back({{{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}},
                         row.ink,
                         Dash::dashed,
                         1.2,
                         true});
}

void add_axis(Scene& scene, const Scale& x, const WaterfallFrame& frame, NumberStyle style) {
  const int most = std::max(2, static_cast<int>(scene.plot.width() / (10 * frame.char_width)));
  for (const Tick& tick : value_ticks(x.from, x.to, most, style)) {
    const double at = x(tick.value);
    scene.lines.push_back({{{at, scene.plot.top}, {at, scene.plot.bottom}}, Ink::grid, Dash::solid, 1, true});
    const double half = static_cast<double>(tick.text.size()) * frame.char_width / 2;
    const Anchor anchor = at - half < scene.frame.left ? Anchor::start : Anchor::middle;
    if (at + half > scene.frame.right) continue;
    scene.texts.push_back({{at, scene.plot.bottom + frame.text_height}, tick.text, Ink::muted, anchor});
  }
  scene.lines.push_back(
      {{{x(0), scene.plot.top}, {x(0), scene.plot.bottom}}, Ink::axis, Dash::solid, 1, true});
}

}  // namespace

Scene waterfall(const Waterfall& data, const WaterfallFrame& frame) {
  const double line = frame.text_height;
  const double row_height = kRowLines * line;
  const double height = row_height * static_cast<double>(data.rows.size()) + 2.2 * line;
  Scene scene;
  const double left = frame.origin.x, right = frame.origin.x + frame.width, top_edge = frame.origin.y;
  scene.frame = {left, top_edge, right, top_edge + height};
  scene.plot = {left + 1, top_edge + 0.3 * line, right - 2 * frame.char_width,
                top_edge + height - 1.8 * line};
  const std::vector<Span> spans = spans_of(data);
  const Scale x = scale_of(spans, scene.plot);
  add_axis(scene, x, frame, data.style);
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    const WaterfallRow& row = data.rows[i];
    const double top = scene.plot.top + static_cast<double>(i) * row_height;
    const double bar = top + 1.3 * line, end = top + 2.3 * line;
    add_bar(scene, row, spans[i], x, bar, end);
    if (i + 1 < data.rows.size()) {
      const double at = x(spans[i].to);
      scene.lines.push_back({{{at, end}, {at, bar + row_height}}, Ink::muted, Dash::dotted, 1, true});
    }
    const auto room = static_cast<double>(row.value.size() + 2) * frame.char_width;
    const auto most = static_cast<std::size_t>(std::max(4.0, (frame.width - room) / frame.char_width - 2));
    scene.texts.push_back(
        {{left + frame.char_width, top + 0.7 * line}, cut(row.label, most), Ink::text, Anchor::start});
    scene.texts.push_back({{right, top + 0.7 * line}, row.value, Ink::text, Anchor::end});
  }
  return scene;
}

}  // namespace breakglass::plot
