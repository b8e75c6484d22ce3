#include "history/keep.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "drill/moments.hpp"
#include "history/data_folder.hpp"
#include "history/from_drill.hpp"
#include "history/store.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::history {
namespace {

std::string utc(std::time_t at) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(at)); }

// What a coach has said would spoil what the history says of the trainee.
bool is_tutorial(const std::string& scenario) {
  return std::any_of(scenarios::shipped_files().begin(), scenarios::shipped_files().end(),
                     [&](const auto& file) { return file.kind == "tutorial" && file.id == scenario; });
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

void add_grade(const drill::Drill& drill, const drill::Grade& grade, Played& played) {
  played.luck_adjusted = grade.luck_adjusted();
  played.grade = grade.mean_loss;
  for (Stated& stated : played.stated) stated.posterior = posterior_of(drill, stated.question);
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

Kept keep(const drill::Drill& drill, const KeptLog& log, const std::string& ended, const std::string& path,
          const drill::Grade* grade) {
  if (log.header.setup.branch) return {};  // its first part has been recorded, and the other end is known
  if (!drill::is_over(drill) || is_tutorial(log.header.scenario)) return {};
  if (path.empty()) return {"there is no data folder; name a file with --history", 0, false};
  std::error_code error;  // opening the file says what is wrong
  if (std::filesystem::path(path).parent_path() == data_folder())
    std::filesystem::create_directories(data_folder(), error);
  Database database;
  if (const std::string why = database.open(path, Access::write, migrations()); !why.empty())
    return {why, 0, false};
  Played played = played_of(drill, log.header, log.chain);
  if (grade && !grade->decisions.empty()) add_grade(drill, *grade, played);
  error.clear();
  const std::filesystem::path whole = std::filesystem::absolute(log.path, error);
  played.log = error ? log.path : whole.lexically_normal().string();
  played.started = made_at(log.path);
  played.ended = ended;
  const Recorded recorded = record(database, played);
  return {recorded.error, recorded.id, recorded.is_new};
}

}  // namespace breakglass::history
