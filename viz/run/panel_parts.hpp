// The parts of the run panel. Each draws into its box and changes the state by what the mouse does there.
#pragma once

#include <string>
#include <vector>

#include "viz/run/run_panel.hpp"

namespace breakglass::viz {

void draw_top_bar(const Canvas& canvas, const RunView& view, const RunPanelState& state,
                  const Layout& layout);
void draw_tabs(const Canvas& canvas, RunPanelState& state, const Layout& layout);
void draw_chart_pane(const Canvas& canvas, const RunView& view, RunPanelState& state, const Layout& layout,
                     Pane pane, const plot::Box& box);
void draw_event_list(const Canvas& canvas, const RunView& view, RunPanelState& state, const plot::Box& box);
void draw_scrubber(const Canvas& canvas, const RunView& view, RunPanelState& state, const Layout& layout);

// Moves the instant, within the run; the list of events follows.
void move_to(const RunView& view, RunPanelState& state, sim::Time instant);

// The shape of a kind of event, the second cue beside its colour.
void put_kind(const Canvas& canvas, analysis::LineKind kind, plot::Point middle, double radius, bool bright);

// An area that takes the mouse; true in the frame of a click.
bool click_area(const char* id, const plot::Box& box);

// One entry of a line of heading or legend.
struct Item {
  const ImFont* font = nullptr;
  ImU32 colour = 0;
  std::string text;
  bool swatch = false;  // a piece of line before it
  plot::Dash dash = plot::Dash::solid;
  ImU32 swatch_colour = 0;
  bool button = false;
  bool selected = false;
};
// Draws the items from left to right, in as many lines as they need; returns where the lines end. `clicked`:
// the index of the button that was clicked, or -1.
double flow(const Canvas& canvas, const std::vector<Item>& items, const plot::Box& box, int* clicked);

}  // namespace breakglass::viz
