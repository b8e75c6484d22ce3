// Logs of drills as files: reading one, and the scenario that it was played in.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "drill/log.hpp"

namespace breakglass::cli {

// Reads the log, and plays it; what is wrong is printed to standard error, and nothing is returned.
std::optional<drill::Log> load_log(const std::string& path);
std::optional<drill::Drill> play_log(const drill::Log& log, const std::string& path);
std::shared_ptr<const scenarios::LoadedScenario> load_for_drill(const std::string& name,
                                                                const scenarios::LoadOptions& options);

}  // namespace breakglass::cli
