#include "cli/drill_log.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "drill/log_file.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
std::optional<drill::Log> load_log(const std::string& path) {
  drill::ReadLog read = drill::read_log_file(path);
  if (!read.error.empty()) {
    fail(read.error);
    return std::nullopt;
  }
  if (read.log.cut_short) {
    write_stderr(
        fmt::format("breakglass: note: {}: the last line was begun and never acknowledged; it is left out\n",
                    scenarios::visible(path, 200)));
  }
  return std::move(read.log);
}

std::shared_ptr<const scenarios::LoadedScenario> load_for_drill(const std::string& name,
                                                                const scenarios::LoadOptions& options) {
  scenarios::Problems problems;
  auto loaded = scenarios::load_scenario(name, options, problems);
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  if (!problems.empty() || !loaded) return nullptr;
  return std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded));
}

std::optional<drill::Drill> play_log(const drill::Log& log, const std::string& path) {
  scenarios::LoadOptions options;
  options.overrides = log.header.overrides;
  const auto loaded = load_for_drill(log.header.scenario, options);
  if (!loaded) return std::nullopt;
  drill::Replayed replayed = drill::replay(log, loaded);
  if (!replayed.drill) {
    fail(fmt::format("{}: {}", scenarios::visible(path, 200), replayed.error));
    return std::nullopt;
  }
  return std::move(replayed.drill);
}

}  // namespace breakglass::cli
