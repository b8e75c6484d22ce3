// What a trainee can decide, as something to choose from: what it is called, what it would do in one line,
// why it is not possible now, and what has to be confirmed. Made from what the trainee knows, as a view is.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct Choice {
  std::string line;       // the action, as it is typed
  std::string title;      // "Promote to 10%"
  std::string effect;     // what it would do, with scope and percentage
  std::string hindrance;  // why not now; empty: it is possible
  std::string question;   // to be confirmed before; empty: it can be taken back
};

Choice choice_of(const Drill& drill, const Action& action);
Choice choice_of(const Drill& drill, sim::Order order);

// What the rollout comes down to: ship, promote, hold, roll back, contain or lift, in that order.
std::vector<Choice> rollout_choices(const Drill& drill);

// What cannot be taken back, with its scope and percentage; empty: it can.
std::string question_for(const Drill& drill, const Action& action);

}  // namespace breakglass::drill
