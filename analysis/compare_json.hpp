// A Comparison as JSON: `compare --json`. The shape is stable within a major version and described by
// analysis/compare.schema.json.
//
// Keys come in a fixed order, numbers are the shortest text that reads back to the same double, absent
// numbers are null, and nothing depends on the locale: equal comparisons give equal bytes.
#pragma once

#include <span>
#include <string>

#include "analysis/estimate/summary.hpp"
#include "analysis/gate/judge.hpp"
#include "analysis/json_writer.hpp"

namespace breakglass::analysis {

// The whole document, two-space indented, with a final newline. The member "gates" is there if any are.
std::string to_json(const Comparison& comparison, ProgramInfo program, std::span<const Judgement> gates = {});

}  // namespace breakglass::analysis
