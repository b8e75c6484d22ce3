// What each duty of a strategy is worth: the strategy with one duty switched off, everything else equal.
//
// A duty is something the discipline of an emergency change demands although it is in a hurry: what makes up
// for a bypass (sim/model/discipline.hpp), what shipping straight to everybody demands (a rollback that is
// verified and staffed, a named decision-maker, parallel communication), and what else watches over a change.
// Comparing a strategy with itself without one of them, in the same worlds, says what it is worth there: the
// difference of harm, world by world.
//
// Not promised: that harm rises. A duty that costs time and seldom helps may cost more harm than it saves in
// a given emergency; then the difference says so. Nor that worths add up: two duties may each make up for the
// other.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

struct Duty {
  std::string_view id;    // as the command line names it: "decision-maker"
  std::string_view says;  // what the discipline says, in one line
  std::string_view off;   // which of the strategy's parameters change, and to what
  // Whether the strategy has the duty, and the scenario something for it to act on.
  bool (*applies)(const sim::ScenarioParams&, const sim::StrategyParams&);
  // Switches it off, in place. The id stays.
  void (*remove)(sim::StrategyParams&);
};

// All of them, in the order in which a release meets them. The postmortem is none: it moves no harm.
std::span<const Duty> duties();

// By id; null when there is none.
const Duty* duty_named(std::string_view id);

// Those that apply, in the order of duties().
std::vector<const Duty*> duties_of(const sim::ScenarioParams& scenario, const sim::StrategyParams& strategy);

// The strategy without the duty, under an id of its own: "compressed-canary without decision-maker". What
// does not apply is taken away all the same, which may then change nothing but the id.
sim::StrategyParams without(const Duty& duty, sim::StrategyParams strategy);

}  // namespace breakglass::analysis
