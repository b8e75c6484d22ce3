// What a trainee arranges: their seat's strategy, changed one thing at a time.
#pragma once

#include "drill/drill.hpp"

namespace breakglass::drill {

// The strategy of a seat in which nothing has been arranged: nothing bypassed, nobody assigned, no schedule.
sim::Strategy empty_seat(const sim::Scenario& scenario);

// A strategy made ready for somebody who sits at the dashboards: they see every signal, both arms, whatever
// its verdicts read.
sim::Strategy seated(const sim::Scenario& scenario, sim::StrategyParams params);

// Why this cannot be arranged now; empty: it can. For the verbs that arrange; empty for all others.
std::string query_arrangement(const Drill& drill, const Action& action);
// Arranges it.
void arrange(Drill& drill, const Action& action);

// The way of a change that was refused: the normal discipline; where the scenario cannot have it, the
// first of its strategies that ships. A mitigation that is on stays the trainee's.
sim::Strategy normal_way(const Drill& drill);

// The shipped strategy of that name, fitted to the drill's scenario; nothing if there is none that fits.
std::optional<sim::Strategy> find_strategy(const Drill& drill, const std::string& name);

}  // namespace breakglass::drill
