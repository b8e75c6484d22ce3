#include "analysis/sweep/situation.hpp"

#include <utility>
namespace breakglass::analysis {

std::optional<Situation> situation_at(const Recipe& recipe, const std::vector<Setting>& settings,
                                      scenarios::Problems& problems) {
  scenarios::LoadOptions options = recipe.load;
  options.check_listed_strategies = false;
  for (const Setting& setting : settings)
    options.overrides.push_back(override_text(*setting.parameter, setting.value));
  auto loaded = scenarios::load_scenario(recipe.scenario, options, problems);
  if (!loaded) return std::nullopt;
  std::vector<sim::Strategy> strategies;
  for (const std::string& name : recipe.strategies) {
    auto strategy = scenarios::load_strategy(name, *loaded, problems);
    if (!strategy) return std::nullopt;
    strategies.push_back(std::move(*strategy));
  }
  return Situation{std::move(loaded->scenario), std::move(strategies)};
}

Situation expect_situation(const Recipe& recipe, const std::vector<Setting>& settings) {
  scenarios::Problems problems;
  auto situation = situation_at(recipe, settings, problems);
  if (!situation) throw IllegalSituation(scenarios::render(problems));
  return std::move(*situation);
}

}  // namespace breakglass::analysis
