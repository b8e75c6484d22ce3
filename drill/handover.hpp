// Who goes on when the trainee's part is over, and lets them: the team, by the same autopilot that strategies
// have. It acts on users' reports, decides rollbacks, verifies the resolution, fixes forward, and runs the
// evaluation where that was to make up for bypassing it. What the trainee left undone counts as left undone
// all the same (mistakes.hpp, tasks.hpp).
#pragma once

#include "drill/drill.hpp"

namespace breakglass::drill {

// Whether a rollout is on its way, or over with the change in front of traffic.
bool is_under_way(const sim::World& world);

// Where a rollout is under way the team goes on as the trainee has arranged it in `seat`; where none is, and
// where the emergency was refused, the change goes the normal way. Returns by which strategy `world`, which
// may be an imagined one of the drill, goes on from now.
sim::Strategy hand_over(const Drill& drill, const sim::Strategy& seat, sim::World& world, bool refused);

}  // namespace breakglass::drill
