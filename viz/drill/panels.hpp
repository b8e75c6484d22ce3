// The panels of the drill's room. Each draws into its box from what the screen shows, and asks for what was
// chosen; none of them knows a rule of the game.
#pragma once

#include "viz/drill/layout.hpp"
#include "viz/drill/room.hpp"

namespace breakglass::viz {

struct Panel {
  Ui& ui;
  const DrillScreen& screen;
  DrillDesk& desk;
  Commands& commands;
};

void draw_drill_top(const Panel& panel, const plot::Box& box, const DrillLayout& layout);
void draw_world(const Panel& panel, const plot::Box& box);
void draw_messages(const Panel& panel, const plot::Box& box);
void draw_forms(const Panel& panel, const plot::Box& box);
void draw_decision(const Panel& panel, const plot::Box& box, bool wide);
void draw_time(const Panel& panel, const plot::Box& box, bool wide);
void draw_question(const Panel& panel, const plot::Box& window);
void draw_keys(const Panel& panel, const plot::Box& window);

// The forms: return where they end.
double draw_classify(const Panel& panel, const plot::Box& box);
double draw_scope(const Panel& panel, const plot::Box& box);
double draw_approvals(const Panel& panel, const plot::Box& box);
double draw_ready(const Panel& panel, const plot::Box& box);
double draw_close(const Panel& panel, const plot::Box& box);

// --- Parts of forms ---

// A choice that is one order: its button, and beside it what it would do, or why it cannot be had.
double draw_order(const Panel& panel, const plot::Box& box, sim::Order order, const std::string& state);
// A small heading; returns where it ends.
double draw_heading(const Panel& panel, const plot::Box& box, const std::string& text);
const char* state_text(drill::Task task);

}  // namespace breakglass::viz
