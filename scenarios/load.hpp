// From a name on the command line to a scenario or strategy ready to run. The only code that puts files,
// shipped texts, overrides, traces and checks together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/problems.hpp"
#include "scenarios/text_node.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::scenarios {

// `--traffic [ENTRY=]CSV`: replaces the rate of an entry point by a trace.
struct TrafficOverride {
  std::string entry;  // empty: the only one
  std::string file;
  bool exact = false;  // replay the arrivals rather than resample them
};

struct LoadOptions {
  std::vector<std::string> overrides;  // "/pointer=value", applied before reading
  std::vector<TrafficOverride> traffic;
  // Whether the strategies that the scenario lists are looked for too (a wrong name is then a problem).
  bool check_listed_strategies = true;
};

struct LoadedScenario {
  sim::Scenario scenario;
  std::string text;                       // the file as read, before overrides
  std::string folder;                     // of the file; empty for a shipped one
  std::vector<sim::Strategy> strategies;  // those that it lists, in its order
};

// `name` is a path, a shipped id, or "-" for standard input. Nothing if there was any problem; then
// `problems` has all of them.
std::optional<LoadedScenario> load_scenario(const std::string& name, const LoadOptions& options,
                                            Problems& problems);

// A strategy by path or id (looked for beside the scenario, in its folder's `strategies`, then among the
// shipped), made ready for the scenario.
std::optional<sim::Strategy> load_strategy(const std::string& name, const LoadedScenario& scenario,
                                           Problems& problems);

// A strategy file on its own, without a scenario to fit: what `check` reads.
std::optional<sim::StrategyParams> load_strategy_params(const std::string& name, Problems& problems);

// What a document is, by its fields: the text of `check FILE...`.
enum class DocumentKind { scenario, strategy, season, lesson, plan, unknown };
DocumentKind kind_of(const Node& root);

// Reading without files, for callers that have the text (also in a browser): source `source` of `problems`.
std::optional<sim::ScenarioParams> read_scenario(Problems& problems, int source,
                                                 const std::vector<std::string>& overrides);
std::optional<sim::StrategyParams> read_strategy(Problems& problems, int source);

// The canonical text of a scenario: every field, defaults included. Its hash is the scenario's.
std::string canonical_text(sim::ScenarioParams params);

// JSON Schemas generated from the lists of fields; checked in beside the scenarios.
std::string scenario_schema();
std::string strategy_schema();

// Every field as a Markdown table: how it is written, its default with its source, its meaning.
std::string scenario_fields();
std::string strategy_fields();

}  // namespace breakglass::scenarios
