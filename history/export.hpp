// A history for other programs: drills and summaries as JSON, drills and summaries as CSV. Every digit is
// kept; what is not known is null, or an empty cell.
#pragma once

#include <span>
#include <string>

#include "history/played.hpp"
#include "history/summary.hpp"

namespace breakglass::history {

// {"program": …, "drills": [ … ]}, one object a drill.
std::string drills_json(std::span<const Played> drills, const std::string& version);
// {"program": …, "modes": [ … ]}, one object a mode.
std::string summaries_json(std::span<const Summary> summaries, const std::string& version);

// The JSON Schema of both.
std::string history_schema();

// One row a drill. RFC 4180, cells made safe for spreadsheets as in analysis/compare_csv.hpp.
std::string drills_csv(std::span<const Played> drills);
// mode,what,name,statistic,value: one number a row.
std::string summaries_csv(std::span<const Summary> summaries);

}  // namespace breakglass::history
