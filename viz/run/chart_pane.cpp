// A pane with a chart: heading and legend with the values at the cursor, the chart, and over it what has not
// yet happened, veiled.
#include <fmt/format.h>

#include <algorithm>

#include "viz/run/panel_parts.hpp"
#include "viz/run/run_charts.hpp"

namespace breakglass::viz {
namespace {

Item heading(const Canvas& canvas, std::string text) {
  return {canvas.fonts.bold, canvas.ink.text, std::move(text)};
}
Item remark(const Canvas& canvas, std::string text) {
  return {canvas.fonts.text, canvas.ink.muted, std::move(text)};
}
Item legend(const Canvas& canvas, std::string text, ImU32 line, plot::Dash dash) {
  return {canvas.fonts.text, canvas.ink.text, std::move(text), true, dash, line};
}

std::vector<Item> harm_heading(const Canvas& canvas, const RunView& view, const RunPanelState& state) {
  std::vector<Item> items{heading(canvas, "Harm"), remark(canvas, view.unit + ", by source")};
  const Now now = at(view, state.cursor);
  for (std::size_t s = kSourceNames.size(); s-- > 0;) {  // as they lie on each other
    if (!occurs(view, s)) continue;
    items.push_back(legend(
        canvas, fmt::format("{} {}", kSourceNames[s], plot::short_number(now.by_source[s])),
        colour_of(canvas.ink, plot::series_ink(static_cast<int>(s)), Palette::sources), kSourceDashes[s]));
  }
  return items;
}

std::vector<Item> weight_heading(const Canvas& canvas, const RunView& view, const RunPanelState& state) {
  return {heading(canvas, "Weight"), remark(canvas, "share of traffic on the change"),
          legend(canvas, plot::short_percent(at(view, state.cursor).weight), canvas.ink.change,
                 plot::Dash::solid)};
}

// Certainty is not shown to sixty digits.
std::string belief_text(double p) {
  if (p < 0.001) return "below 0.1%";
  return p > 0.999 ? "above 99.9%" : plot::short_percent(p);
}

std::vector<Item> belief_heading(const Canvas& canvas, const RunView& view, const RunPanelState& state) {
  std::vector<Item> items{heading(canvas, "Belief"),
                          remark(canvas, "P(regression), from what was published")};
  if (const auto belief = at(view, state.cursor).belief) {
    items.push_back(legend(canvas, belief_text(*belief),
                           colour_of(canvas.ink, plot::series_ink(2), Palette::arms), plot::Dash::solid));
  }
  return items;
}

std::vector<Item> signal_heading(const Canvas& canvas, const RunView& view, const RunPanelState& state,
                                 const SignalView& signal) {
  std::vector<Item> items{heading(canvas, "Signal")};
  for (std::size_t i = 0; i < view.signals.size(); ++i) {
    Item item = remark(canvas, view.signals[i].id);
    item.button = true;
    item.selected = static_cast<int>(i) == state.signal;
    if (item.selected) item.colour = canvas.ink.text;
    items.push_back(item);
  }
  const Reading* r = newest(signal, state.cursor);
  items.push_back(legend(canvas, r == nullptr ? "change" : "change " + level_text(signal, r->change),
                         canvas.ink.change, plot::Dash::solid));
  const bool stable = r != nullptr && r->has_stable;
  items.push_back(legend(canvas, stable ? "stable " + level_text(signal, r->stable) : "stable no data",
                         canvas.ink.stable, plot::Dash::dashed));
  items.push_back(remark(
      canvas, r == nullptr
                  ? "nothing published by now"
                  : fmt::format("as of {}, {} old", sim::format_time(view.clock, r->until).substr(0, 5),
                                age_text(state.cursor - r->until))));
  return items;
}

plot::Frame frame_for(const Canvas& canvas, const RunView& view, const RunPanelState& state,
                      const plot::Box& box) {
  plot::Frame frame;
  frame.box = box;
  frame.text_height = canvas.fonts.mono->FontSize;
  frame.char_width = digit_width(canvas);
  frame.left_margin = plot::label_width(frame, widest_label(view));
  frame.right_margin = frame.char_width;
  frame.from_s = 0;
  frame.to_s = std::max(1.0, sim::to_seconds(last_instant(view, state)));
  frame.local_zero_s = sim::local_seconds(view.clock, {});
  return frame;
}

// What is not known at the cursor is veiled: the future, and what the pipelines have not published (`late`).
// A drag moves the cursor.
void draw_cursor(const Canvas& canvas, const RunView& view, RunPanelState& state, const plot::Frame& frame,
                 const plot::Box& plot, Pane pane, sim::Duration late) {
  const plot::Scale x = plot::time_scale(frame);
  const double at = x(sim::to_seconds(state.cursor));
  const double known = std::max(plot.left, x(sim::to_seconds(state.cursor - late)));
  const double edge = 2 * canvas.fonts.scale;
  if (known < plot.right - 1)
    fill(canvas, {known + 1, plot.top - edge, plot.right + 1, plot.bottom + edge}, canvas.ink.veil);
  canvas.list->AddLine(vec({at, plot.top}), vec({at, plot.bottom}), canvas.ink.cursor, canvas.fonts.scale);
  click_area(name_of(pane), plot);
  if (!ImGui::IsItemActive()) return;
  const double seconds = std::clamp(x.inverse(ImGui::GetIO().MousePos.x), 0.0, frame.to_s);
  state.playing = false;
  move_to(view, state, sim::from_seconds(seconds));
}

const SignalView* shown_signal(const RunView& view, RunPanelState& state) {
  if (view.signals.empty()) return nullptr;
  state.signal = std::clamp(state.signal, 0, static_cast<int>(view.signals.size()) - 1);
  return &view.signals[static_cast<std::size_t>(state.signal)];
}

std::vector<Item> items_of(const Canvas& canvas, const RunView& view, const RunPanelState& state, Pane pane,
                           const SignalView* signal) {
  switch (pane) {
    case Pane::harm: return harm_heading(canvas, view, state);
    case Pane::weight: return weight_heading(canvas, view, state);
    case Pane::belief: return belief_heading(canvas, view, state);
    default: break;
  }
  return signal != nullptr ? signal_heading(canvas, view, state, *signal)
                           : std::vector<Item>{heading(canvas, "Signal")};
}

plot::Scene scene_of(const RunView& view, Pane pane, const SignalView* signal, const plot::Frame& frame) {
  switch (pane) {
    case Pane::harm: return harm_chart(view, frame);
    case Pane::weight: return weight_chart(view, frame);
    case Pane::belief: return belief_chart(view, frame);
    default: return signal_chart(*signal, frame);
  }
}

void draw_empty(const Canvas& canvas, const plot::Box& box, const char* text) {
  put_text_in(canvas, canvas.fonts.text, box, canvas.ink.muted, text, plot::Anchor::middle);
}

}  // namespace

void draw_chart_pane(const Canvas& canvas, const RunView& view, RunPanelState& state, const Layout& layout,
                     Pane pane, const plot::Box& box) {
  const double pad = 0.55 * canvas.line();
  const plot::Box inner{box.left + 1.3 * pad, box.top + 0.6 * pad, box.right - pad, box.bottom - 0.5 * pad};
  const SignalView* signal = shown_signal(view, state);
  std::vector<Item> items = items_of(canvas, view, state, pane, signal);
  // The tab says already which pane this is, and the line above what harm is counted in.
  const std::size_t said = !layout.low || layout.tabs.height() == 0 ? 0 : pane == Pane::signal ? 1 : 2;
  items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(said, items.size())));
  int clicked = -1;
  const double top = flow(canvas, items, inner, &clicked) + 0.1 * canvas.line();
  if (clicked >= 0) state.signal = clicked - (said == 0 ? 1 : 0);
  const plot::Box rest{inner.left, top, inner.right, inner.bottom};
  if (pane == Pane::signal && signal == nullptr)
    return draw_empty(canvas, rest, "Nothing is watched: no change is shipped.");
  if (pane == Pane::belief && view.belief.empty())
    return draw_empty(canvas, rest, "No change, no belief about it.");
  const plot::Frame frame = frame_for(canvas, view, state, rest);
  const plot::Scene scene = scene_of(view, pane, signal, frame);
  put_scene(canvas, scene, pane == Pane::harm ? Palette::sources : Palette::arms);
  draw_cursor(canvas, view, state, frame, scene.plot, pane,
              pane == Pane::signal ? signal->delay : sim::Duration{});
}

}  // namespace breakglass::viz
