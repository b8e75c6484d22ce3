// Pages and approvals in words: who is paged, who does not answer, to whom it goes, what they say.
#pragma once

#include <string>

#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

// "Meera Iyer (platform-lead)"
std::string person_text(const sim::Scenario& scenario, int who);

// One line; empty where the reason is about something else. A false approval reads like a true one: that it
// came from somebody else's account is known only to whoever checks.
std::string describe_approval(const sim::Scenario& scenario, const sim::Strategy& strategy,
                              const sim::Reason& reason);

}  // namespace breakglass::analysis
