#include "cli/keep_history.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "cli/console.hpp"
#include "cli/data_folder.hpp"
#include "cli/ticket.hpp"
#include "drill/moments.hpp"
#include "history/from_drill.hpp"
#include "history/store.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

std::string utc(std::time_t at) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(at)); }

// What a coach has said would spoil what the history says of the trainee.
bool is_tutorial(const std::string& scenario) {
  return std::any_of(scenarios::shipped_files().begin(), scenarios::shipped_files().end(),
                     [&](const auto& file) { return file.kind == "tutorial" && file.id == scenario; });
}

void say_unrecorded(const std::string& why, const std::string& log) {
  write_stderr(
      fmt::format("breakglass: note: the drill is not in the history: {}\n"
                  "  = its log is whole; record it later: breakglass debrief {}\n",
                  why, scenarios::visible(shell_word(log), 200)));
}

// What an ideal observer held when the trainee last stated it; before a change is there, its base rate.
double posterior_of(const drill::Drill& drill, const std::string& question) {
  const sim::ScenarioParams& scenario = drill.scenario().params;
  if (question == "real") return scenario.real;
  const auto stated = std::find_if(drill.entries.rbegin(), drill.entries.rend(), [](const drill::Entry& e) {
    return e.action.verb == drill::Verb::believe && e.action.regression >= 0;
  });
  if (stated == drill.entries.rend()) return scenario.change.regression.probability;
  const sim::BeliefState belief = drill::as_of(drill, stated->at).world.belief;
  return belief.hypotheses > 0 ? sim::regression_probability(belief) : scenario.change.regression.probability;
}

void add_grade(const drill::Drill& drill, const drill::Grade& grade, history::Played& played) {
  played.luck_adjusted = grade.luck_adjusted();
  played.grade = grade.mean_loss;
  for (history::Stated& stated : played.stated) stated.posterior = posterior_of(drill, stated.question);
}

}  // namespace

std::string utc_now() { return utc(std::time(nullptr)); }

std::string made_at(const std::string& path) {
  struct statx found{};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_BTIME, &found) != 0 || (found.stx_mask & STATX_BTIME) == 0)
    return "";
  return utc(static_cast<std::time_t>(found.stx_btime.tv_sec));
}

std::string written_at(const std::string& path) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 ? utc(found.st_mtime) : "";
}

void keep(const drill::Drill& drill, const KeptLog& log, const std::string& ended, const HistoryChoice& where,
          const drill::Grade* grade) {
  if (log.header.setup.branch) return;  // its first part has been recorded, and the other end is known
  if (where.off || !drill::is_over(drill) || is_tutorial(log.header.scenario)) return;
  const std::string path = history_path(where.path);
  if (path.empty()) return say_unrecorded("there is no data folder; name a file with --history", log.path);
  std::error_code error;  // opening the file says what is wrong
  if (std::filesystem::path(path).parent_path() == data_folder())
    std::filesystem::create_directories(data_folder(), error);
  history::Database database;
  if (const std::string why = database.open(path, history::Access::write, history::migrations());
      !why.empty())
    return say_unrecorded(why, log.path);
  history::Played played = history::played_of(drill, log.header, log.chain);
  if (grade && !grade->decisions.empty()) add_grade(drill, *grade, played);
  error.clear();
  const std::filesystem::path whole = std::filesystem::absolute(log.path, error);
  played.log = error ? log.path : whole.lexically_normal().string();
  played.started = made_at(log.path);
  played.ended = ended;
  const history::Recorded recorded = history::record(database, played);
  if (!recorded.error.empty()) return say_unrecorded(recorded.error, log.path);
  if (recorded.is_new)
    write_stderr(
        fmt::format("breakglass: drill {0} of the history (breakglass history show {0})\n", recorded.id));
}

}  // namespace breakglass::cli
