// The debrief's chapters: each draws into its box and returns where it ends.
#pragma once

#include "viz/debrief/room.hpp"

namespace breakglass::viz {

struct Page {
  Ui& ui;
  const DebriefScreen& screen;
  DebriefDesk& desk;
  plot::Box box;
};

double draw_replay(const Page& page);
double draw_better(const Page& page);
double draw_verdict(const Page& page);
double draw_belief(const Page& page);
double draw_luck(const Page& page);
double draw_tasks(const Page& page);
double draw_others(const Page& page);
double draw_hindsight(const Page& page);

// "12.3 records exposed"
std::string harm_text(const Page& page, double harm);
// "blunder, 31 records (12% of the stake)": never without its error.
std::string verdict_text(const Page& page, const drill::GradedDecision& decision);

}  // namespace breakglass::viz
