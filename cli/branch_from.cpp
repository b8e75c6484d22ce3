#include "cli/branch_from.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/drill_log.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/hash.hpp"

namespace breakglass::cli {
namespace {

std::string problem_of(const DrillRequest& request, const drill::Log& log, const drill::Drill& played) {
  const std::string shown = scenarios::visible(request.from, 200);
  if (request.at > log.entries.size())
    return fmt::format("there is no action {} in \"{}\": it has {}", request.at, shown, log.entries.size());
  if (log.header.setup.mode != drill::Mode::practice && !drill::is_over(played))
    return fmt::format("\"{}\" is a drill in mode {} that is not over: going back is for practice", shown,
                       drill::kModes[static_cast<std::size_t>(log.header.setup.mode)]);
  if (log.header.setup.branch && log.header.setup.branch->luck > 0)
    return fmt::format("\"{}\" has new luck already: go back in the log that it came from", shown);
  return "";
}

}  // namespace

std::optional<BranchStart> branch_from(const DrillRequest& request) {
  const auto log = load_log(request.from);
  if (!log) return std::nullopt;
  const auto played = play_log(*log, request.from);
  if (!played) return std::nullopt;
  if (const std::string why = problem_of(request, *log, *played); !why.empty()) {
    fail(why);
    return std::nullopt;
  }
  BranchStart out;
  out.request = request;
  out.ghost = drill::course_of(*played);
  out.request.world.scenario = log->header.scenario;
  out.request.world.load.overrides = log->header.overrides;
  out.request.seed = log->header.setup.seed;
  out.request.replication = log->header.setup.replication;
  out.request.injects = log->header.setup.injects;
  out.request.mode = "practice";
  out.kept.assign(log->entries.begin(), log->entries.begin() + static_cast<std::ptrdiff_t>(request.at - 1));
  out.branch = {sim::hex(log->chain), request.at - 1, log->entries[request.at - 1].at, request.luck};
  return out;
}

}  // namespace breakglass::cli
