// Looking back on a drill: playing its log again, and the debrief.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/commands.hpp"
#include "cli/drill_log.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/keep_history.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/second_look.hpp"
#include "drill/debrief.hpp"
#include "drill/overlay.hpp"
#include "drill/screen_text.hpp"
#include "scenarios/visible.hpp"
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
  how.progress = [&](const drill::GradingProgress& p) {
    const auto most = static_cast<std::uint64_t>(how.most);
    const std::uint64_t of_this = p.settled ? most : static_cast<std::uint64_t>(p.so_far.worlds);
    bar.draw(p.decision * most + of_this, p.decisions * most);
    return !interrupted();
  };
  return drill::debrief_of(played, &how);
}

// What is left of the page for somebody who has looked again.
drill::Page from_verdict(drill::Page page) {
  const auto verdict = std::find_if(page.blocks.begin(), page.blocks.end(),
                                    [](const drill::Block& block) { return block.id == "verdict"; });
  page.blocks.erase(page.blocks.begin(), verdict);
  return page;
}

// What is asked for on standard output goes there, and nothing else; files are silent.
int deliver(const DebriefRequest& request, const drill::Debrief& debrief) {
  struct Export {
    const std::string& path;
    std::string text;
  };
  const drill::Page page = drill::debrief_page(debrief);
  const Export exports[] = {{request.html, request.html.empty() ? "" : drill::page_html(page)},
                            {request.json, request.json.empty() ? "" : drill::debrief_json(debrief)},
                            {request.md, drill::page_markdown(page)}};
  std::vector<OutputText> files;
  for (const Export& e : exports) {
    if (!e.path.empty() && e.path != "-") files.push_back({e.path, e.text});
  }
  if (const std::string problem = write_files(files); !problem.empty()) return fail(problem);
  for (const Export& e : exports) {
    if (e.path == "-") return finish(e.text, kExitDone);
  }
  if (!files.empty()) return kExitDone;
  return finish(drill::page_markdown(request.interactive ? from_verdict(page) : page), kExitDone);
}

// Several trainees in one world. Their grades are for the table: the history has its own.
int lay_over(const DebriefRequest& request, const Console& console) {
  std::vector<drill::LaidOver> all;
  std::vector<drill::LogHeader> headers;
  for (const std::string& path : request.overlay) {
    const auto log = load_log(path);
    if (!log) return kExitUsage;
    headers.push_back(log->header);
    if (const std::string why = drill::overlay_problem(headers); !why.empty())
      return fail(fmt::format("{} and {} cannot be laid over each other: {}",
                              scenarios::visible(request.overlay[0], 200), scenarios::visible(path, 200),
                              why));
  }
  for (const std::string& path : request.overlay) {
    const auto log = load_log(path);
    const auto played = log ? play_log(*log, path) : std::nullopt;
    if (!played) return kExitUsage;
    all.push_back({std::filesystem::path(path).stem().string(), graded(*played, console)});
    if (interrupted()) return kExitInterrupted;
  }
  const drill::Page page = drill::overlay_page(all);
  std::vector<OutputText> files;
  if (!request.html.empty() && request.html != "-") files.push_back({request.html, drill::page_html(page)});
  if (!request.md.empty() && request.md != "-") files.push_back({request.md, drill::page_markdown(page)});
  if (const std::string problem = write_files(files); !problem.empty()) return fail(problem);
  if (request.html == "-") return finish(drill::page_html(page), kExitDone);
  return files.empty() || request.md == "-" ? finish(drill::page_markdown(page), kExitDone) : kExitDone;
}

}  // namespace

int run(const DebriefRequest& request, const Console& console) {
  if (!request.overlay.empty()) return lay_over(request, console);
  const auto log = load_log(request.log);
  if (!log) return kExitUsage;
  const auto played = play_log(*log, request.log);
  if (!played) return kExitUsage;
  for (const std::string& path : {request.html, request.md, request.json}) {
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
  if (request.interactive) {
    if (const int status = look_again(debrief); status != kExitDone) return status;
  }
  return deliver(request, debrief);
}

}  // namespace breakglass::cli
