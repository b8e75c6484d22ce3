// Going back to a decision of a log, in practice.
#pragma once

#include <optional>
#include <vector>

#include "cli/requests.hpp"
#include "drill/course.hpp"

namespace breakglass::cli {

struct BranchStart {
  DrillRequest request;  // of the same scenario and world as the log, in practice mode
  drill::Branch branch;
  std::vector<drill::Entry> kept;
  drill::Course ghost;  // the line that is left
};

// What request.from and request.at name. What is wrong is printed to standard error, and nothing is returned:
// the log of a drill that is not over may be left only in practice, or it would be a way to look ahead.
std::optional<BranchStart> branch_from(const DrillRequest& request);

}  // namespace breakglass::cli
