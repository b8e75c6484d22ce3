// What the trainee could know, as worlds: draws from what is likely given everything that was published and
// said so far. The belief about the change is exact (sim/model/belief.hpp). What a look at the resolution has
// found weighs on whether the emergency is real and the fix works. Not weighed: what refusals by approvers
// and the number of users' reports say about either.
#pragma once

#include <vector>

#include "drill/drill.hpp"
#include "sim/imagining.hpp"

namespace breakglass::drill {

// The work that is under way, and when it began.
std::vector<sim::OpenWork> open_work(const Drill& drill);

// The drill's world as it could be: draw number `replication`. Draws of different numbers are independent.
sim::World imagine_world(const Drill& drill, const std::vector<sim::OpenWork>& open,
                         std::uint32_t replication);

}  // namespace breakglass::drill
