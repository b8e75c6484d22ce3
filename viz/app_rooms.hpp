// What opening and leaving a room means: loading, logs, the history, and work on other threads.
#pragma once

#include "viz/app.hpp"

namespace breakglass::viz {

// Work on another thread is given up, and let go of once it has ended.
void give_up_lab(App& app);
void give_up_debrief(App& app);
void let_go(App& app);

// The drill of the seat, as it stands, into the history. `grade` may come later.
history::Kept keep_drill(App& app, const drill::Grade* grade);

void open_lab(App& app);
void lab_frame(App& app);
// Every shipped scenario, as the lab offers it.
std::vector<LabScenario> lab_scenarios();

void open_debrief(App& app);
void debrief_frame(App& app);

}  // namespace breakglass::viz
