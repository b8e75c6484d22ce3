// How simulated time passes while somebody watches it: at a multiple of their own time, in whole simulated
// seconds, or from one thing that happens to the next. No clock of its own: the caller says how much of the
// trainee's time has gone by.
#pragma once

#include <array>

#include "drill/drill.hpp"

namespace breakglass::drill {

inline constexpr std::array<double, 5> kSpeeds{1, 10, 60, 600, 3600};  // simulated seconds a second

struct Pace {
  double speed = 1;
  bool paused = true;
  double left_s = 0;  // simulated seconds that are due and were not a whole one yet
};

// Lets `real_s` seconds of the trainee's time go by. When something asks for attention the rest of them is
// dropped, and a faster pace falls back to 1x. Returns whether it did. Nothing happens while paused.
bool pass(Drill& drill, Pace& pace, double real_s);

// Lets time pass until something asks for a decision (an answer that settles an approval, a verdict, the end
// of a step, a concern), or until the horizon.
void wait_for_decision(Drill& drill);

}  // namespace breakglass::drill
