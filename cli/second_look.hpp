// Find a better move, asked at the terminal or through a pipe.
#pragma once

#include "drill/debrief.hpp"

namespace breakglass::cli {

// Asks for a better move at each decision that is worth it, and tells what the options were worth. Ends with
// the last one, with `quit`, or with the end of input. An exit status.
int look_again(const drill::Debrief& debrief);

}  // namespace breakglass::cli
