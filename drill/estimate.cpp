#include "drill/estimate.hpp"

#include "analysis/reckoning.hpp"

namespace breakglass::drill {

double estimated_harm(const Drill& drill) {
  return analysis::reckoned_harm(drill.loaded->scenario, drill.reasons, drill.world.now);
}

}  // namespace breakglass::drill
