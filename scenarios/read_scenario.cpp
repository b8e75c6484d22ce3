// Reading without files: text to parameters, through every check.
#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "scenarios/override.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::scenarios {

std::optional<sim::ScenarioParams> read_scenario(Problems& problems, int source,
                                                 const std::vector<std::string>& overrides) {
  const std::size_t before = problems.count();
  auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  for (const auto& argument : overrides) apply_override(*root, argument, problems);
  sim::ScenarioParams params;
  // References are checked only in what was read whole: a missing field would be complained about twice.
  if (read_document(*root, params, problems)) check_scenario({*root, problems}, params);
  if (problems.count() > before) return std::nullopt;
  return params;
}

std::optional<sim::StrategyParams> read_strategy(Problems& problems, int source) {
  const std::size_t before = problems.count();
  const auto root = parse_text(problems, source);
  if (!root) return std::nullopt;
  sim::StrategyParams params;
  if (read_document(*root, params, problems)) check_strategy({*root, problems}, params);
  if (problems.count() > before) return std::nullopt;
  return params;
}

DocumentKind kind_of(const Node& root) {
  if (root.find("services") || root.find("traffic") || root.find("harm") || root.find("category"))
    return DocumentKind::scenario;
  if (root.find("steps") || root.find("bypasses") || root.find("ships") || root.find("monitoring"))
    return DocumentKind::strategy;
  return DocumentKind::unknown;
}

std::string canonical_text(sim::ScenarioParams params) {
  return to_json(params, WriteOptions{.defaults = true});
}

std::string scenario_schema() {
  return json_schema<sim::ScenarioParams>("Breakglass scenario",
                                          "One emergency: traffic, harm, the fix, people, gates.");
}

std::string strategy_schema() {
  return json_schema<sim::StrategyParams>("Breakglass strategy", "How a change reaches 100%.");
}

}  // namespace breakglass::scenarios
