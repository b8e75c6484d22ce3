// A Comparison as tidy CSV, one number a line: strategy,metric,statistic,value,unit.
//
// RFC 4180: CRLF line ends, a cell with a comma, quote or line break is quoted. A text cell that a
// spreadsheet would run as a formula (it starts with = + - @, a tab or a carriage return) gets a leading
// apostrophe; numbers, negative ones too, are left as they are. An absent number is an empty cell.
#pragma once

#include <string>
#include <string_view>

#include "analysis/estimate/summary.hpp"

namespace breakglass::analysis {

// The first rows carry the ticket (metric "run"): seed, replications, scenario and hash. A pair's strategy
// cell is "a vs b", and its differences are a - b.
std::string to_csv(const Comparison& comparison);

// One text cell, escaped as above.
std::string csv_cell(std::string_view text);

}  // namespace breakglass::analysis
