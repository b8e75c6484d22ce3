// Names and values of varied numbers as a person reads them.
#pragma once

#include <string>

#include "analysis/sweep/sweep.hpp"

namespace breakglass::cli {

// The end of the pointer that says what it is: "regression/probability".
std::string name_of(const analysis::Parameter& parameter);

// "0.166", "9 min 30 s", "40/s".
std::string shown_value(const analysis::Parameter& parameter, double value);

// "0.163 to 0.170".
std::string interval_text(const analysis::Parameter& parameter, const analysis::Border& border);

}  // namespace breakglass::cli
