// Options of a decision, and what each comes to in one world.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drill/decider.hpp"
#include "drill/drill.hpp"
#include "drill/handover.hpp"

namespace breakglass::drill {

// How long the trainee left the seat as it was after a decision: until something happened that asks for one,
// or for that long.
struct Wait {
  sim::Duration at_most{};
};

struct Option {
  enum class Kind {
    reference,  // the reference goes on at once
    order,      // the order, then the reference
    refuse,     // not an emergency: the normal way
    leave,      // the trainee's part is over: the team goes on
  } kind = Kind::reference;
  std::string name;
  sim::Command command;
  std::optional<Wait> wait;  // before the reference goes on
  bool chosen = false;
};

// A decision as it stood, and who would go on from there.
struct DecisionPoint {
  Drill at;                     // before the action
  sim::Strategy seat;           // as arranged by the action
  int entry = -1;               // of the drill's entries; -1: the trainee waited
  sim::Duration until_next{};   // the next decision
  bool acts_next = false;       // the trainee acted then of their own accord: it was no answer to news
  bool answers_news = false;    // the action came with something that asked for a decision
  sim::Strategy before;         // the reference where no rollout is under way,
  sim::Strategy before_manned;  // the same, arranged for somebody who sits there
  sim::Strategy during;         // and where one is: as arranged before the action,
  sim::Strategy during_after;   // and after it
  sim::Strategy normal;         // the way of a refused change
  Decider decider;              // goes on instead of the reference, where there is one
};

// Whether it asks for a decision: a reading of a dashboard only where every one of them does.
bool asks_for_decision(sim::ReasonKind kind, bool every_reading);

// The harm at the horizon of an option in a world.
double harm_of_option(const DecisionPoint& point, const Option& option, sim::World world);

// The options of a decision: the chosen one first, then the reference, then what else was possible.
std::vector<Option> options_of(const DecisionPoint& point);

}  // namespace breakglass::drill
