// Checks after reading: references between ids, sums, graphs, limits. Every check runs even when others have
// failed, so that one pass finds everything; each problem points at the value that is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/nearest.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/text_node.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::scenarios {

// Budgets: what a stranger's file may ask of one run. Generous for any emergency, and far below what would
// hang the program, exhaust its memory or leave the range in which counts are exact (a sampler takes 1e12).
inline constexpr double kMostRequests =
    1e11;  // at one entry point by the horizon, in one burst all the while
inline constexpr std::size_t kMostServices = 200;
inline constexpr double kMostChanges = 1e6;  // of burst states, and looks of one strategy's verdicts
inline constexpr double kMostSteps = 1e6;    // of a trace's rate by the horizon, repeats included
inline constexpr double kMostEvents = 1000;  // an item, of a signal of kind count

// The document being checked, and where its problems go. What could not be read holds a default, and a check
// that took it for the file's meaning would complain nonsense; so a check asks whether what it needs is
// whole.
struct Checker {
  const Node& root;
  Problems& problems;
  std::vector<std::string> unread{};  // pointers that reading has complained about

  // Whether the value that `pointer` names was read without a complaint, with all that it holds.
  bool whole(std::string_view pointer) const;
  // Whether the ids of a list's elements were read, whatever may be wrong with the rest of them.
  bool named(std::string_view list) const;
  // A problem at the value that `pointer` names, or at the nearest value around it. Nothing if that value is
  // not whole: it has its complaint.
  void say(std::string pointer, std::string what, std::string expected = {}, std::string hint = {}) const;
  // The value at `pointer` names nothing in `known`: says so, lists what there is and guesses.
  void unknown(std::string pointer, std::string_view thing, const std::string& name,
               const std::vector<std::string>& known, std::string_view where = {}) const;
};

// A document as read, whole or not, with what its checks need.
template <class Params>
struct Draft {
  Node root;
  Params params;
  std::vector<std::string> unread;  // see Checker
};

// Reads a source and runs every check that needs no other file. Nothing if it is no JSON document at all;
// otherwise there may have been problems.
std::optional<Draft<sim::ScenarioParams>> draft_scenario(Problems& problems, int source,
                                                         const std::vector<std::string>& overrides);
std::optional<Draft<sim::StrategyParams>> draft_strategy(Problems& problems, int source);

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

// A number to ten digits, and to two.
std::string plain(double value);
std::string about(double value);

// Shares must sum to 1, to within rounding.
bool sums_to_one(double sum);

void check_services(const Checker& check, const sim::ScenarioParams& p);
void check_traffic(const Checker& check, const sim::ScenarioParams& p);
void check_harm(const Checker& check, const sim::ScenarioParams& p);
void check_change(const Checker& check, const sim::ScenarioParams& p);
void check_signals(const Checker& check, const sim::ScenarioParams& p);
void check_people(const Checker& check, const sim::ScenarioParams& p);
void check_approvals(const Checker& check, const sim::ScenarioParams& p);
void check_noticing(const Checker& check, const sim::ScenarioParams& p);
void check_calendar(const Checker& check, const sim::ScenarioParams& p);
void check_staffing(const Checker& check, const sim::ScenarioParams& p);
void check_scope(const Checker& check, const sim::ScenarioParams& p);
void check_fleet(const Checker& check, const sim::ScenarioParams& p);
// Whether services, calls and entry points were read and name each other: what follows takes that for given.
bool fleet_is_sound(const Checker& check, const sim::ScenarioParams& p);
// The work that requests make which are simulated one by one. With a trace: once it is read.
void check_fleet_budget(const Checker& check, const sim::ScenarioParams& p);

// All of a scenario's checks that need no file.
void check_scenario(const Checker& check, const sim::ScenarioParams& p);
// The requests that an entry point may bring, `visits` a request at the released service. Of a trace: once
// read.
void check_requests(const Checker& check, const sim::EntryParams& entry, double visits,
                    sim::Duration horizon);
// A strategy on its own: steps, bypasses, verdicts.
void check_strategy(const Checker& check, const sim::StrategyParams& p);
void check_pacing(const Checker& check, const sim::StrategyParams& p);
// Whether a strategy fits a scenario: signals, approval rules, mitigations exist, and verdicts get data.
void check_fit(const Checker& check, const sim::StrategyParams& p, const sim::ScenarioParams& scenario);
void check_noticing_fit(const Checker& check, const sim::StrategyParams& p,
                        const sim::ScenarioParams& scenario);
void check_approvals_fit(const Checker& check, const sim::StrategyParams& p,
                         const sim::ScenarioParams& scenario);

}  // namespace breakglass::scenarios
