// What can be done to a world from outside of the model, for instructors: the scenario goes on with other
// numbers from now on, and people who were to answer do so later.
#pragma once

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

// Books traffic and harm up to now. Before a scenario's rates change, what lies behind must be booked at the
// rates that held then.
void settle(const Scenario& scenario, const Strategy& strategy, World& world);

// Every page that `person`, an index into the scenario's people, has in hand is answered so much later.
void answer_later(World& world, int person, Duration by);

}  // namespace breakglass::sim
