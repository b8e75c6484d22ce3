#include "cli/keep_history.hpp"

#include <fmt/format.h>

#include "cli/console.hpp"
#include "cli/ticket.hpp"
#include "history/data_folder.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {

void keep(const drill::Drill& drill, const history::KeptLog& log, const std::string& ended,
          const HistoryChoice& where, const drill::Grade* grade) {
  if (where.off || !drill::is_over(drill)) return;
  const history::Kept kept = history::keep(drill, log, ended, history::history_path(where.path), grade);
  if (!kept.problem.empty()) {
    write_stderr(
        fmt::format("breakglass: note: the drill is not in the history: {}\n"
                    "  = its log is whole; record it later: breakglass debrief {}\n",
                    kept.problem, scenarios::visible(shell_word(log.path), 200)));
  } else if (kept.is_new) {
    write_stderr(
        fmt::format("breakglass: drill {0} of the history (breakglass history show {0})\n", kept.id));
  }
}

}  // namespace breakglass::cli
