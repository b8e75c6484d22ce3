// A comparison as a person reads it: what was compared, three groups of tables, the differences from the
// best, how to replay a world, and as the last line the verdict.
#pragma once

#include <string>
#include <vector>

#include "analysis/estimate/summary.hpp"
#include "cli/console.hpp"
#include "cli/duty_report.hpp"
#include "cli/gates.hpp"

namespace breakglass::cli {

// What a Comparison does not know. Texts need not be safe for a terminal yet.
struct CompareAbout {
  std::string title;
  std::string category;
  std::string start;  // "Wed 2026-03-04 22:00 +05:30"
  double horizon_s = 0;
  bool has_deadline = false;
  std::vector<std::string> changes;  // what --set and --traffic replaced
  std::string replay;                // the command that shows one of these worlds
  std::string stopped;               // why the result is partial: "interrupted"; else empty
  GateResult gates{};                // what --fail-if and --require-winner came to
  Duties without{};                  // the strategies after the first are it without one of these each
};

std::string compare_report(const analysis::Comparison& comparison, const CompareAbout& about,
                           const Console& console);

}  // namespace breakglass::cli
