// A sweep as a person reads it: the map, the borders, what matters, and as the last line the verdict.
#pragma once

#include <string>
#include <vector>

#include "analysis/sweep/sweep.hpp"
#include "cli/console.hpp"

namespace breakglass::cli {

struct SweepAbout {
  std::string title;
  std::vector<std::string> changes;  // what --set and --traffic replaced
  std::string stopped;               // why the result is partial; else empty
};

std::string sweep_report(const analysis::Sweep& sweep, const SweepAbout& about, const Console& console);

// The last line: where which strategy is best, and how sure that is.
std::string sweep_verdict(const analysis::Sweep& sweep);

}  // namespace breakglass::cli
