// A sweep as JSON (described by analysis/sweep.schema.json) and as CSV: equal sweeps give equal bytes.
#pragma once

#include <string>

#include "analysis/json_writer.hpp"
#include "analysis/sweep/sweep.hpp"

namespace breakglass::analysis {

std::string to_json(const Sweep& sweep, ProgramInfo program);

// One number a line: what it is of (point, border or number), the values of the grid's parameters, the
// strategy, the statistic, the value.
std::string to_csv(const Sweep& sweep);

}  // namespace breakglass::analysis
