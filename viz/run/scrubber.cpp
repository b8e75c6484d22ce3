// The time of the whole run as one line to drag along, and the keys.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "viz/run/panel_parts.hpp"

namespace breakglass::viz {
namespace {

constexpr const char* kHints =
    "Space play   ← → move, Shift farther   ↑ ↓ events   Home End   S signal   Z range   Tab pane";

bool draw_button(const Canvas& canvas, const char* id, const plot::Box& box, const std::string& text) {
  const bool clicked = click_area(id, box);
  const bool hovered = ImGui::IsItemHovered();
  fill(canvas, box, hovered ? canvas.ink.rule : canvas.ink.raised, 0.3F * canvas.line());
  put_text_in(canvas, canvas.fonts.text, box, canvas.ink.text, text, plot::Anchor::middle);
  return clicked;
}

void draw_track(const Canvas& canvas, const RunView& view, RunPanelState& state, const plot::Box& box) {
  const double line = canvas.line();
  const plot::Scale x{0, std::max(1.0, sim::to_seconds(last_instant(view, state))), box.left + 0.5 * line,
                      box.right - 0.5 * line};
  click_area("scrubber", box);
  const bool held = ImGui::IsItemActive();
  if (held) {
    state.playing = false;
    move_to(view, state, sim::from_seconds(std::clamp(x.inverse(ImGui::GetIO().MousePos.x), 0.0, x.to)));
  }
  const double now = x(sim::to_seconds(state.cursor));
  const double y = box.top + 0.66 * box.height();
  const double half = 0.12 * line;
  fill(canvas, {x.begin, y - half, x.end, y + half}, canvas.ink.rule, static_cast<float>(half));
  fill(canvas, {x.begin, y - half, now, y + half}, canvas.ink.text, static_cast<float>(half));
  for (const auto& event : view.events) {
    if (sim::to_seconds(event.at) > x.to || event.kind == analysis::LineKind::dashboard) continue;
    put_kind(canvas, event.kind, {x(sim::to_seconds(event.at)), box.top + 0.2 * box.height()}, 0.2 * line,
             event.at <= state.cursor);
  }
  canvas.list->AddCircleFilled(vec({now, y}), static_cast<float>((held ? 0.5 : 0.42) * line),
                               canvas.ink.cursor);
  canvas.list->AddCircleFilled(vec({now, y}), static_cast<float>(0.2 * line), canvas.ink.back);
}

}  // namespace

void draw_scrubber(const Canvas& canvas, const RunView& view, RunPanelState& state, const Layout& layout) {
  const double line = canvas.line();
  const plot::Box& box = layout.bottom;
  fill(canvas, box, canvas.ink.pane);
  fill(canvas, {box.left, box.top, box.right, box.top + 1}, canvas.ink.rule);
  const plot::Box row{box.left + line, box.top + 0.35 * line, box.right - line, box.top + 1.95 * line};
  const double button = text_width(canvas.fonts.text, "Pause") + 1.2 * line;
  if (draw_button(canvas, "play", {row.left, row.top, row.left + button, row.bottom},
                  state.playing ? "Pause" : "Play")) {
    state.playing = !state.playing;
  }
  double right = row.right;
  if (view.story_end < view.horizon) {
    const std::string words = state.whole ? "Show the story" : "Show all " + age_text(view.horizon);
    const double width = text_width(canvas.fonts.text, words) + 1.2 * line;
    right -= width + 0.6 * line;
    if (draw_button(canvas, "range", {row.right - width, row.top, row.right, row.bottom}, words)) {
      state.whole = !state.whole;
      move_to(view, state, state.cursor);
    }
  }
  draw_track(canvas, view, state, {row.left + button + 0.6 * line, row.top, right, row.bottom});
  if (layout.low) return;
  put_text_in(canvas, canvas.fonts.text, {row.left, row.bottom, row.right, box.bottom - 0.15 * line},
              canvas.ink.muted, kHints);
}

}  // namespace breakglass::viz
