// What an instructor throws into a drill: from a lesson plan (scenarios/plan.hpp) or live. One line each:
//
//     inject asleep security-lead 30m     does not answer for so long; what they have in hand comes later
//     inject lag error-rate 5m            every further reading of the rollout appears so much later
//     inject fault 2 "what is told"       a second fault: the ongoing harm goes on at so many times its rate
//     inject call regulator "when?"       somebody calls for a word (desk.hpp)
//     inject say "what is told"           a message on the trainee's screen
//
// The trainee sees what a person would notice: that an answer does not come, that a chart stands still. That
// there was an inject is in the log, in the record and in the debrief. What a plan still holds is not known
// to the grading: it comes as luck.
#pragma once

#include <string>
#include <vector>

#include "drill/action.hpp"
#include "scenarios/plan.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::drill {

struct Drill;

struct PlannedInject {
  sim::Time at{};
  Action action;
};

std::vector<PlannedInject> planned_of(const scenarios::PlanParams& plan);

// Why it cannot be done now, and what is known; empty: it can.
std::string query_inject(const Drill& drill, const Action& action);
void apply_inject(Drill& drill, const Action& action);

// The next moment at which something planned comes; kNever: none.
sim::Time next_planned(const Drill& drill);
// What is planned for the present or before comes.
void apply_planned(Drill& drill);
// Once the trainee's part is over no instructor throws anything in; those who sleep still wake.
void keep_wakes(Drill& drill);

// Whether anything has been injected so far.
bool had_injects(const Drill& drill);
bool same_injects(const std::vector<PlannedInject>& a, const std::vector<PlannedInject>& b);

}  // namespace breakglass::drill
