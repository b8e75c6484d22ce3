// What opening and leaving a room means: loading, logs, the history, and work on other threads.
#pragma once

#include "viz/app.hpp"

namespace breakglass::viz {

// The drill of the seat, as it stands, into the history. `grade` may come later.
history::Kept keep_drill(App& app, const drill::Grade* grade);

void open_debrief(App& app);
void debrief_frame(App& app);

}  // namespace breakglass::viz
