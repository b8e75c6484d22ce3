#include "viz/run/run_panel.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "viz/input.hpp"
#include "viz/run/panel_parts.hpp"

namespace breakglass::viz {
namespace {

constexpr double kPlayingTakes_s = 60;  // the whole range, in a minute

// Up to an event's own instant, then to the one before.
sim::Time neighbour_event(const RunView& view, sim::Time from, int direction) {
  if (direction > 0) {
    for (const auto& line : view.events) {
      if (line.at > from) return line.at;
    }
    return from;
  }
  sim::Time found{};
  for (const auto& line : view.events) {
    if (line.at >= from) break;
    found = line.at;
  }
  return found;
}

void move_by_keys(const RunView& view, RunPanelState& state) {
  const sim::Time last = last_instant(view, state);
  const sim::Time step = std::max(last / 400, sim::Time{std::chrono::seconds{1}}) * (shift_held() ? 10 : 1);
  if (pressed(Key::left)) move_to(view, state, state.cursor - step);
  if (pressed(Key::right)) move_to(view, state, state.cursor + step);
  if (pressed(Key::page_up)) move_to(view, state, state.cursor - last / 10);
  if (pressed(Key::page_down)) move_to(view, state, state.cursor + last / 10);
  if (pressed(Key::home)) move_to(view, state, {});
  if (pressed(Key::end)) move_to(view, state, last);
  if (pressed(Key::up) || typed('[')) move_to(view, state, neighbour_event(view, state.cursor, -1));
  if (pressed(Key::down) || typed(']')) move_to(view, state, neighbour_event(view, state.cursor, +1));
}

void choose_by_keys(const RunView& view, RunPanelState& state) {
  if (pressed(Key::space)) state.playing = !state.playing;
  if ((typed('s') || typed('S')) && !view.signals.empty()) {
    state.signal = (state.signal + 1) % static_cast<int>(view.signals.size());
  }
  if (typed('z') || typed('Z')) {
    state.whole = !state.whole;
    move_to(view, state, state.cursor);
  }
  const int turn = shift_held() ? kPanes - 1 : 1;
  if (pressed(Key::tab)) state.first = static_cast<Pane>((static_cast<int>(state.first) + turn) % kPanes);
  for (int i = 0; i < kPanes; ++i) {
    if (typed(static_cast<char>('1' + i))) state.first = static_cast<Pane>(i);
  }
}

void play_on(const RunView& view, RunPanelState& state) {
  if (!state.playing) return;
  const sim::Time last = last_instant(view, state);
  if (state.cursor >= last) {
    state.playing = false;
    return;
  }
  const double seconds = ImGui::GetIO().DeltaTime * sim::to_seconds(last) / kPlayingTakes_s;
  move_to(view, state, state.cursor + sim::from_seconds(seconds));
}

void draw_parts(const RunView& view, RunPanelState& state) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  Canvas canvas{ImGui::GetWindowDrawList(), state.look.fonts, state.look.ink, state.marks, false};
  const Layout layout = lay_out(size.x, size.y, canvas.line(), state.first);
  draw_top_bar(canvas, view, state, layout);
  if (layout.tabs.height() > 0) draw_tabs(canvas, state, layout);
  for (const auto& [pane, box] : layout.panes) {
    fill(canvas, box, canvas.ink.pane, 0.35F * canvas.line());
    if (pane == Pane::events) {
      draw_event_list(canvas, view, state, box);
    } else {
      draw_chart_pane(canvas, view, state, layout, pane, box);
    }
  }
  draw_scrubber(canvas, view, state, layout);
}

}  // namespace

RunPanelState opening_state(const RunView& view, const Look& look) {
  RunPanelState state;
  state.look = look;
  state.cursor = view.story_end;
  return state;
}

sim::Time last_instant(const RunView& view, const RunPanelState& state) {
  return state.whole ? view.horizon : view.story_end;
}

int event_at(const RunView& view, sim::Time instant) {
  const auto after =
      std::upper_bound(view.events.begin(), view.events.end(), instant,
                       [](sim::Time t, const analysis::TimelineLine& line) { return t < line.at; });
  return static_cast<int>(after - view.events.begin()) - 1;
}

void move_to(const RunView& view, RunPanelState& state, sim::Time instant) {
  instant = std::clamp(instant, sim::Time{}, last_instant(view, state));
  if (event_at(view, instant) != event_at(view, state.cursor)) state.reveal = 3;
  state.cursor = instant;
}

void draw_run_panel(const RunView& view, RunPanelState& state) {
  move_by_keys(view, state);
  choose_by_keys(view, state);
  play_on(view, state);
  constexpr ImGuiWindowFlags kFlags =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
      ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  if (ImGui::Begin("run", nullptr, kFlags)) draw_parts(view, state);
  ImGui::End();
}

}  // namespace breakglass::viz
