#include "tests/viz/views_support.hpp"

#include <stdexcept>

#include "scenarios/load.hpp"

namespace breakglass::viz {

RunView shipped_run(const std::string& scenario, const std::string& strategy, std::uint64_t seed,
                    std::uint32_t replication) {
  scenarios::Problems problems;
  const auto loaded = scenarios::load_scenario(scenario, {}, problems);
  if (!loaded) throw std::runtime_error(scenarios::render(problems));
  const auto ready = scenarios::load_strategy(strategy, *loaded, problems);
  if (!ready) throw std::runtime_error(scenarios::render(problems));
  return view_run(loaded->scenario, *ready, seed, replication);
}

}  // namespace breakglass::viz
