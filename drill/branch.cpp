#include "drill/branch.hpp"

#include <algorithm>

#include "drill/drill.hpp"
#include "drill/posterior.hpp"

namespace breakglass::drill {

void turn_luck(Drill& drill) {
  const auto& branch = drill.setup.branch;
  if (!branch || branch->luck == 0 || drill.has_turned) return;
  if (drill.entries.size() != branch->kept || drill.world.now != branch->at) return;
  drill.has_turned = true;
  // Draws of the grader begin at 0: luck is none of them.
  constexpr std::uint32_t kFirst = 1U << 30U;
  drill.world = imagine_one(drill, kFirst + branch->luck);
}

void go_to_branch(Drill& drill) {
  const auto& branch = drill.setup.branch;
  if (branch && drill.entries.size() == branch->kept)
    wait_until(drill, std::max(drill.world.now, branch->at));
}

}  // namespace breakglass::drill
