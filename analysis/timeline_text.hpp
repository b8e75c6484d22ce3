// Reasons in words: one line each, for timelines, debriefs and reports. Plain text, no colour.
#pragma once

#include <string>

#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

// As people knew it then, false alarms and false approvals included.
// "security-lead approves", "step 2 of 4: 10% of traffic", "error-rate fails: 3.1% ..."
std::string describe(const sim::Scenario& scenario, const sim::Strategy& strategy, const sim::Reason& reason);

// The hidden truth about a change, for hindsight: "clean, and removes 100% of the harm".
std::string describe_truth(const sim::Scenario& scenario, const sim::ChangeState& change);

// "2 h 05 min", "12 min", "45 s", "3 d 4 h": for people, rounded to two units.
std::string short_time(double seconds);
// What hindsight adds to a reason: what a watcher saw, and whose approval it was. Empty: nothing.
std::string describe_hindsight(const sim::Scenario& scenario, const sim::Reason& reason);

// A share as a percentage with as many digits as it needs: "1%", "0.8%", "12.5%".
std::string percent(double share);
// A level of a signal, in its unit: "3.1%", "0.86".
std::string level(const sim::SignalParams& signal, double value);

}  // namespace breakglass::analysis
