// Drills brought to a moment by typed lines, without a log: for pictures and tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viz/drill/seat.hpp"

namespace breakglass::viz {

// `scenario`: a shipped id. Null, and `problem`, if it does not load. The lines are obeyed one after the
// other, confirmations included.
std::unique_ptr<DrillSeat> stage_drill(const std::string& scenario, std::uint64_t seed,
                                       const std::vector<std::string>& lines, std::string& problem);

// The founding story up to a moment: its lines, cut after the first that begins with `until`; empty: all.
std::vector<std::string> founding_lines(std::string_view until);

}  // namespace breakglass::viz
