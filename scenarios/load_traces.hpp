// The traces of a scenario: those that it names, and those of the command line. For load.cpp.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"

namespace breakglass::scenarios {

// What a scenario names, a stranger may have named: `file` as a path inside `folder`, links followed; nothing
// if it lies outside, or there is no folder.
std::optional<std::filesystem::path> inside(const std::string& folder, const std::string& file);

// Reads every trace into its entry point, the command line's first: what they replace is not read.
void read_traces(const Checker& check, sim::ScenarioParams& params, const std::string& folder,
                 const std::vector<TrafficOverride>& replaced);

}  // namespace breakglass::scenarios
