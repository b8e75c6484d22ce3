#include "viz/run/layout.hpp"

#include <algorithm>
#include <array>

namespace breakglass::viz {
namespace {

constexpr double kWide = 62;  // lines of text: wide enough for two columns

struct Need {
  double least;  // lines
  double share;  // of what is left
};

Need need_of(Pane pane) {
  switch (pane) {
    case Pane::harm: return {8.5, 0.34};
    case Pane::weight: return {6.5, 0.2};
    case Pane::signal: return {9.5, 0.3};
    case Pane::belief: return {6.5, 0.16};
    case Pane::events: return {8.5, 0.4};
  }
  return {8, 0.2};
}

// How many of the panes, beginning with the `from`-th and going round, fit into the height.
std::size_t fitting(const std::vector<Pane>& panes, std::size_t from, double height, double line,
                    double gap) {
  double used = 0;
  std::size_t count = 0;
  while (count < panes.size()) {
    used += need_of(panes[(from + count) % panes.size()]).least * line + (count > 0 ? gap : 0);
    if (used > height && count > 0) break;
    ++count;
  }
  return count;
}

void place_column(Layout& layout, const std::vector<Pane>& panes, const plot::Box& column, double line,
                  double gap, Pane first) {
  const auto found = std::find(panes.begin(), panes.end(), first);
  std::size_t from = found == panes.end() ? 0 : static_cast<std::size_t>(found - panes.begin());
  const std::size_t count = fitting(panes, from, column.height(), line, gap);
  if (count == panes.size()) from = 0;
  double spare = column.height() - gap * static_cast<double>(count - 1);
  double shares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Need need = need_of(panes[(from + i) % panes.size()]);
    spare -= need.least * line;
    shares += need.share;
  }
  double top = column.top;
  for (std::size_t i = 0; i < count; ++i) {
    const Pane pane = panes[(from + i) % panes.size()];
    const Need need = need_of(pane);
    const double height = need.least * line + spare * need.share / shares;
    layout.panes.push_back({pane, {column.left, top, column.right, top + height}});
    top += height + gap;
  }
}

}  // namespace

const char* name_of(Pane pane) {
  static constexpr std::array kNames{"Harm", "Weight", "Signal", "Belief", "Events"};
  return kNames[static_cast<std::size_t>(pane)];
}

Layout lay_out(double width, double height, double line, Pane first) {
  Layout layout;
  const double gap = 0.5 * line;
  const bool wide = width >= kWide * line;
  layout.top_stacked = !wide;
  layout.low = height < 26 * line;
  layout.top = {0, 0, width, (wide ? 3.7 : layout.low ? 5.1 : 6.3) * line};
  layout.bottom = {0, height - (layout.low ? 2.3 : 3.6) * line, width, height};
  plot::Box body{gap, layout.top.bottom + gap, width - gap, layout.bottom.top - gap};
  const std::vector<Pane> charts{Pane::harm, Pane::weight, Pane::signal, Pane::belief};
  std::vector<Pane> left = charts;
  if (!wide) left.push_back(Pane::events);
  if (fitting(left, 0, body.height(), line, gap) < left.size()) {
    layout.tabs = {body.left, body.top, body.right, body.top + 1.8 * line};
    body.top = layout.tabs.bottom + gap;
  }
  if (!wide) {
    place_column(layout, left, body, line, gap, first);
    return layout;
  }
  const double split = body.left + 0.64 * (body.width() - gap);
  place_column(layout, charts, {body.left, body.top, split, body.bottom}, line, gap, first);
  layout.panes.push_back({Pane::events, {split + gap, body.top, body.right, body.bottom}});
  return layout;
}

}  // namespace breakglass::viz
