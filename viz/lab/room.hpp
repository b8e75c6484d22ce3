// The lab: several strategies in the same worlds. Their outcomes side by side as worlds come in, a race of
// all of them through one world on one line of time, a schedule of one's own to drag, and the numbers that
// people argue about as sliders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/lab/job.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

struct LabScenario {
  std::string id;
  std::string title;
  std::vector<std::string> strategies;  // that it lists
  double regression = 0.2;              // P(regression) as given
};

struct LabScreen {
  std::vector<LabScenario> scenarios;
  LabResult result;
  bool working = false;
  double progress = 0;
};

// `controls` has a page of its own where the window is narrow.
enum class LabView { controls, outcomes, race };

struct LabDesk {
  Memory memory;
  int scenario = 0;
  std::vector<bool> chosen;  // of the scenario's strategies
  bool has_own = false;      // "yours" takes part
  std::vector<sim::StepParams> own;
  double regression = 0.2;  // P(regression)
  int seed = 1;
  LabView view = LabView::outcomes;
  double instant = 1;  // of the race, as a part of its time
};

int scenario_named(const LabScreen& screen, std::string_view id);  // 0 if there is none

// The desk as it is when a scenario is chosen.
void choose_scenario(const LabScreen& screen, LabDesk& desk, int index);

LabRequest request_of(const LabScreen& screen, const LabDesk& desk);

struct LabWish {
  bool runs = false;  // something has changed, or a run was asked for
  bool cancels = false;
  bool leaves = false;
};
LabWish draw_lab_room(const Look& look, const LabScreen& screen, LabDesk& desk);

// The steps of a schedule as a curve of weight over time, with a handle at the end of each: dragged or moved
// by the arrows, weight up, time right. True when one was let go.
bool draw_schedule_editor(Ui& ui, std::vector<sim::StepParams>& steps, const plot::Box& box);

void draw_outcomes(Ui& ui, const LabScreen& screen, const plot::Box& box);
void draw_race(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box);

// One ink and one dash a strategy, on every chart of the lab.
plot::Dash lab_dash(std::size_t i);

}  // namespace breakglass::viz
