// The decisions of a drill, as they stood.
#pragma once

#include <optional>
#include <vector>

#include "drill/valuing.hpp"

namespace breakglass::drill {

// Whether an action changes what is to be expected: what is arranged does once a rollout is under way;
// before, the reference would arrange everything anyway.
bool is_decision(const Action& action, const sim::World& world);

// Every decision, in order. `reference`: the shipped strategy that decides before a rollout. Where there is a
// decider, who looks at every reading, every reading asks for a decision.
std::vector<DecisionPoint> find_points(const Drill& drill, const sim::Strategy& reference,
                                       const Decider& decider = {});

// The decision that an action would be now, with nothing but the moment after it; nothing: it is none.
std::optional<DecisionPoint> point_of(const Drill& now, const Action& action, const sim::Strategy& reference);

}  // namespace breakglass::drill
