// What the history keeps of a drill.
#pragma once

#include "drill/log.hpp"
#include "history/played.hpp"

namespace breakglass::history {

// Of a drill that is over. `log` is what it was played from: its header, and the mark of all its lines. The
// grade, the posteriors and where and when it was played are the caller's to add. Where the trainee went
// straight to 100% it runs a few thousand worlds (drill/mistakes.hpp).
Played played_of(const drill::Drill& drill, const drill::LogHeader& header, std::uint64_t chain);

}  // namespace breakglass::history
