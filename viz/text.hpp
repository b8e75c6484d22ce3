// Words of the screen that several rooms need.
#pragma once

#include <string>
#include <string_view>

#include "sim/kernel/civil.hpp"

namespace breakglass::viz {

// A stranger's text as it may be shown: one line, control characters and bidirectional overrides made
// visible. Letters that the fonts do not have are shown as a box by whoever draws it.
std::string plain(std::string_view text);

std::string zone_text(int offset_s);  // "UTC+05:30"

// "Wed 4 Mar 22:47:31", or without the date.
std::string clock_text(const sim::CivilClock& clock, sim::Time at, bool with_date);

// "12,300", "0.341": three significant digits and thousands separated.
std::string amount_text(double value);

}  // namespace breakglass::viz
