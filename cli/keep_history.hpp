// Recording a drill that is over. It never spoils the drill: what goes wrong is said on standard error, with
// how to record the drill later, and changes no exit status.
#pragma once

#include <string>

#include "cli/requests.hpp"
#include "history/keep.hpp"

namespace breakglass::cli {

// Records it unless it is not over, or the request says not to. `ended` is when. `grade` may come later.
void keep(const drill::Drill& drill, const history::KeptLog& log, const std::string& ended,
          const HistoryChoice& where, const drill::Grade* grade = nullptr);

}  // namespace breakglass::cli
