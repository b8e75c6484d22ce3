// A class that played the same emergency in the same world, laid over each other: one chart and one table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drill/debrief.hpp"
#include "drill/log.hpp"

namespace breakglass::drill {

struct LaidOver {
  std::string name;  // of the trainee, or of the log
  Debrief debrief;
};

// Why the last of these logs cannot be laid over the others: another scenario or version of it, seed,
// replication or mode, or new luck. Empty: it can.
std::string overlay_problem(std::span<const LogHeader> logs);

// At least one; in the order given.
Page overlay_page(const std::vector<LaidOver>& drills);

}  // namespace breakglass::drill
