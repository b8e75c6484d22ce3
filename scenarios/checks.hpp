// Checks after reading: references between ids, sums, graphs, limits. Every check runs even when others have
// failed, so that one pass finds everything; each problem points at the value that is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/nearest.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/text_node.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::scenarios {

// The document being checked, and where its problems go.
struct Checker {
  const Node& root;
  Problems& problems;

  // A problem at the value that `pointer` names, or at the nearest value around it.
  void say(std::string pointer, std::string what, std::string expected = {}, std::string hint = {}) const;
  // The value at `pointer` names nothing in `known`: says so, lists what there is and guesses.
  void unknown(std::string pointer, std::string_view thing, const std::string& name,
               const std::vector<std::string>& known) const;
};

std::string at(std::string_view list, std::size_t index, std::string_view rest = {});

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& list) {
  std::vector<std::string> ids;
  for (const T& item : list) ids.push_back(item.id);
  return ids;
}
inline bool has(const std::vector<std::string>& list, const std::string& name) {
  for (const auto& item : list) {
    if (item == name) return true;
  }
  return false;
}

// Shares must sum to 1, to within rounding.
bool sums_to_one(double sum);

void check_services(const Checker& check, const sim::ScenarioParams& p);
void check_traffic(const Checker& check, const sim::ScenarioParams& p);
void check_harm(const Checker& check, const sim::ScenarioParams& p);
void check_change(const Checker& check, const sim::ScenarioParams& p);
void check_signals(const Checker& check, const sim::ScenarioParams& p);
void check_people(const Checker& check, const sim::ScenarioParams& p);
void check_calendar(const Checker& check, const sim::ScenarioParams& p);

// All of a scenario's checks that need no file.
void check_scenario(const Checker& check, const sim::ScenarioParams& p);
// A strategy on its own: steps, bypasses, verdicts.
void check_strategy(const Checker& check, const sim::StrategyParams& p);
// Whether a strategy fits a scenario: signals, approval rules, mitigations exist, and verdicts get data.
void check_fit(const Checker& check, const sim::StrategyParams& p, const sim::ScenarioParams& scenario);

}  // namespace breakglass::scenarios
