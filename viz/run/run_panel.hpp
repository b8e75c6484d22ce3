// The panel over one run: its clock, what was done and why, and what it cost, at any instant that is scrubbed
// to. Only looks: nothing in it changes the run.
//
// Keys: left / right move the instant (with Shift ten times as far), up / down go to the event before or
// after (as do `[` and `]`), Home / End and Page Up / Page Down; Space plays; `s` the next signal; `z` the
// story or the whole run; Tab or `1` to `5` which pane is shown first where not all have room. The mouse
// drags the instant on the scrubber and on every chart, and picks events.
#pragma once

#include <vector>

#include "viz/canvas.hpp"
#include "viz/run/layout.hpp"
#include "viz/run/run_view.hpp"

namespace breakglass::viz {

struct RunPanelState {
  Look look;
  sim::Time cursor{};
  bool whole = false;  // show up to the horizon rather than the story
  bool playing = false;
  int signal = 0;  // which one is shown
  Pane first = Pane::harm;
  std::vector<TextMark>* marks = nullptr;  // where to write down every text drawn; null: nowhere
  int reveal = 3;  // for so many frames the list scrolls to the event at the cursor: it settles over frames
};

// The state in which a run is first shown: at the end of its story.
RunPanelState opening_state(const RunView& view, const Look& look);

// The latest instant that can be scrubbed to.
sim::Time last_instant(const RunView& view, const RunPanelState& state);

// The last event at or before the instant; -1 before the first.
int event_at(const RunView& view, sim::Time instant);

// Between ImGui::NewFrame and ImGui::Render; fills the display.
void draw_run_panel(const RunView& view, RunPanelState& state);

}  // namespace breakglass::viz
