// Moments of a drill that its assessment looks back on.
#pragma once

#include "drill/drill.hpp"

namespace breakglass::drill {

// The drill as it stood at that moment: the actions before it, played again.
Drill as_of(const Drill& drill, sim::Time moment);

// The drill just before its action number `entry`, counted from 0.
Drill before_entry(const Drill& drill, std::size_t entry);

// The first traffic on the change; kNever: there was none.
sim::Time first_traffic(const Drill& drill);

// When the order was first given; kNever: never.
sim::Time first_order(const Drill& drill, sim::Order order);

// When something of that kind first happened; kNever: never.
sim::Time first_reason(const Drill& drill, sim::ReasonKind kind);

}  // namespace breakglass::drill
