// The history as a person reads it.
#pragma once

#include <span>
#include <string>

#include "cli/console.hpp"
#include "history/played.hpp"
#include "history/summary.hpp"

namespace breakglass::cli {

// One line a drill, and how many there are.
std::string history_table(std::span<const history::Played> drills, const Console& console);

// Everything that is kept of one.
std::string history_entry(const history::Played& played, const Console& console);

// What many show together, mode by mode.
std::string history_summary(std::span<const history::Summary> summaries, const Console& console);

}  // namespace breakglass::cli
