// Somebody sits in front of a drill: its session, the pace of its time, the coach, and the screen that is
// made of them. Panels draw the screen and hand commands back; here they are carried out, as the same lines
// that a terminal would take.
#pragma once

#include "drill/coach.hpp"
#include "viz/drill/command.hpp"
#include "viz/drill/screen.hpp"

namespace breakglass::viz {

struct DrillSeat {
  drill::Session session;
  drill::Coach coach;
  DrillScreen screen;
  double waited_s = 0;  // of real time, since the screen was made
};

// The session is open or resumed: makes the first screen. Time stands still.
void sit_down(DrillSeat& seat);

// Pausing, time, and everything that a session understands; `leave` and `debrief` are not the seat's.
void carry_out(DrillSeat& seat, const Command& command);

// Lets the trainee's own time go by. The simulated time moves ten times a second, and the screen with it, so
// that what is decided is decided on what is shown.
void let_pass(DrillSeat& seat, double real_s);

}  // namespace breakglass::viz
