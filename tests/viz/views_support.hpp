// Runs to look at, loaded from the shipped scenarios.
#pragma once

#include <string>

#include "viz/run/run_view.hpp"

namespace breakglass::viz {

RunView shipped_run(const std::string& scenario, const std::string& strategy, std::uint64_t seed = 1,
                    std::uint32_t replication = 0);

}  // namespace breakglass::viz
