// What an emergency allows: which elements of the discipline its category lets a strategy bypass, whose
// approval it demands, and when a change may go to everybody at once.
//
//     category            may bypass
//     security            all five
//     incident            all five
//     regulatory          canary, change window, freeze, coordination; the eval gate where the deadline is
//     immediate customer-blocking   canary, change window, freeze none                nothing: it is no
//     emergency
//
// A scenario may state a scope of its own. "To bypass the canary" is to compress it or to go without: to go
// without any, straight to full weight, is reserved for active exploitation (or exfiltration) and an
// immediate deadline, and then demands what makes it bearable: a verified and staffed rollback, a named
// decision-maker, people watching, and customers told in parallel.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

// A canary is what leaves at most half of the traffic on the change for long enough that something can be
// learnt from it: one measurement of the quickest signal that the strategy looks at is made and published,
// and a request is expected in it. What has no such time goes straight to full weight by another name, be it
// by a first step of no length or by one of 99.9%.
inline constexpr double kMostOfACanary = 0.5;
bool is_canary(const Scenario& scenario, const Strategy& strategy);

// What the scenario's category, or the scenario itself, lets a strategy bypass.
bool may_bypass(const ScenarioParams& scenario, Element element);

// The authorities whose approval the change needs: by its kind and scope (a change within a service is a
// senior engineer's; a model, an infrastructure or a platform-wide change the platform lead's; one with broad
// impact an executive's), and in a security emergency the security lead's as well. A release that bypasses
// nothing
// (`emergency` false) needs only the first.
std::vector<Authority> required_authorities(const ScenarioParams& scenario, bool emergency);

// Whether the plan can be approved without anybody of that authority.
bool can_do_without(const ApprovalPlan& plan, Authority authority);

// Everything that a strategy does outside of the scope, in words for whoever has to justify it; empty:
// nothing.
std::vector<std::string> outside_scope(const Scenario& scenario, const Strategy& strategy);

}  // namespace breakglass::sim
