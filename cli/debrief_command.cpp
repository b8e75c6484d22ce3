// Looking back on a drill: playing its log again, and the debrief.
#include <fmt/format.h>

#include <vector>

#include "cli/commands.hpp"
#include "cli/drill_log.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/keep_history.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "drill/debrief.hpp"
#include "drill/screen_text.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::cli {

int run(const ReplayRequest& request, const Console&) {
  const auto log = load_log(request.log);
  if (!log) return kExitUsage;
  const auto played = play_log(*log, request.log);
  if (!played) return kExitUsage;
  const drill::View view = drill::look(*played);
  std::string text = drill::messages_text(view, 0);
  text += fmt::format("\n{} actions, up to {}; the world's fingerprint is {}.\n", played->entries.size(),
                      drill::clock_text(view), sim::hex(sim::fingerprint(played->world)));
  return finish(text, kExitDone);
}

namespace {

drill::Debrief graded(const drill::Drill& played, const Console& console) {
  ProgressBar bar(console.err_is_terminal, console.err_width);
  watch_interrupts();
  drill::GradeOptions how;
  how.progress = [&](std::uint64_t done, std::uint64_t of) {
    bar.draw(done, of);
    return !interrupted();
  };
  return drill::debrief_of(played, &how);
}

}  // namespace

int run(const DebriefRequest& request, const Console& console) {
  const auto log = load_log(request.log);
  if (!log) return kExitUsage;
  const auto played = play_log(*log, request.log);
  if (!played) return kExitUsage;
  for (const std::string& path : {request.md, request.json}) {
    if (path.empty() || path == "-") continue;
    if (const std::string problem = writing_problem(path); !problem.empty()) return fail(problem);
  }
  const drill::Debrief debrief = graded(*played, console);
  if (interrupted()) {
    write_stderr("breakglass: interrupted before the grade was there: nothing is written\n");
    return kExitInterrupted;
  }
  keep(*played, {request.log, log->header, log->chain}, history::written_at(request.log), request.history,
       &debrief.grade);
  std::vector<OutputText> files;
  if (!request.md.empty() && request.md != "-")
    files.push_back({request.md, drill::debrief_markdown(debrief)});
  if (!request.json.empty() && request.json != "-")
    files.push_back({request.json, drill::debrief_json(debrief)});
  if (!files.empty()) {
    if (const std::string problem = write_files(files); !problem.empty()) return fail(problem);
  }
  if (request.json == "-") return finish(drill::debrief_json(debrief), kExitDone);
  if (!files.empty() && request.md != "-") return kExitDone;
  return finish(drill::debrief_markdown(debrief), kExitDone);
}

}  // namespace breakglass::cli
