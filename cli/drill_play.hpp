// One drill, played from lines that may go on afterwards: what `drill` and `season` have in common.
#pragma once

#include <optional>

#include "cli/console.hpp"
#include "cli/lines.hpp"
#include "cli/requests.hpp"

namespace breakglass::cli {

// Plays it, or goes on with its log, and records it. Returns the exit status; `out` is the drill as far as it
// went, or nothing where it could not begin.
int play_drill(const DrillRequest& request, Lines& lines, const Console& console,
               std::optional<drill::Drill>& out);

}  // namespace breakglass::cli
