// What the shipped content teaches, by simulation: refusing beats acting in every decoy, acting beats
// refusing in every inverse decoy, and each of the four strategies is right somewhere. Seed 1; intervals are
// the 95% intervals of paired differences in the same worlds; the effects are several times as wide, so that
// a seed does not decide.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "analysis/compare.hpp"
#include "scenarios/load.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::analysis {
namespace {

const std::vector<std::string> kRefusing{"full-canary", "do-nothing"};
const std::vector<std::string> kActing{"compressed-canary", "immediate"};

Comparison compared(const std::string& id, const std::vector<std::string>& strategies,
                    std::uint64_t replications, const std::vector<std::string>& overrides = {}) {
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.check_listed_strategies = false;
  options.overrides = overrides;
  const auto loaded = scenarios::load_scenario(id, options, problems);
  INFO(scenarios::render(problems));
  REQUIRE(loaded);
  std::vector<sim::Strategy> ready;
  for (const std::string& name : strategies) {
    auto strategy = scenarios::load_strategy(name, *loaded, problems);
    INFO(scenarios::render(problems));
    REQUIRE(strategy);
    ready.push_back(std::move(*strategy));
  }
  CompareOptions compare_options;
  compare_options.replications = replications;
  return compare(loaded->scenario, ready, compare_options);
}

const std::vector<std::string> kAll{"full-canary", "compressed-canary", "immediate", "do-nothing"};

// The interval of the mean harm of `a` less that of `b`.
Interval difference(const Comparison& result, const std::string& a, const std::string& b) {
  for (const PairSummary& pair : result.pairs) {
    const auto& first = result.strategies[pair.a].name;
    const auto& second = result.strategies[pair.b].name;
    if (!pair.ci95) continue;
    if (first == a && second == b) return *pair.ci95;
    if (first == b && second == a) return {-pair.ci95->high, -pair.ci95->low};
  }
  FAIL("no pair " << a << ", " << b);
  return {};
}

// Whether some strategy of `better` does less harm than every one of `worse`, by more than the noise.
bool beats(const Comparison& result, const std::vector<std::string>& better,
           const std::vector<std::string>& worse) {
  return std::any_of(better.begin(), better.end(), [&](const std::string& a) {
    return std::all_of(worse.begin(), worse.end(),
                       [&](const std::string& b) { return difference(result, a, b).high < 0; });
  });
}

std::string best_of(const Comparison& result) { return result.strategies[result.best.strategy].name; }

// The scenarios of one nature, each compared once for all tests of this file.
const std::map<std::string, Comparison>& of_nature(sim::Nature nature) {
  static std::map<sim::Nature, std::map<std::string, Comparison>> known;
  const auto [at, is_new] = known.try_emplace(nature);
  if (!is_new) return at->second;
  const std::uint64_t replications = nature == sim::Nature::decoy ? 1500 : 500;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    scenarios::Problems problems;
    const int source = problems.add_source(std::string(file.path), std::string(file.text));
    const auto params = scenarios::read_scenario(problems, source, {});
    REQUIRE(params);
    // Where requests are served one by one a world takes milliseconds; such a scenario is an example.
    if (params->nature != nature || params->traffic.fidelity == sim::Fidelity::requests) continue;
    at->second.emplace(file.id, compared(std::string(file.id), kAll, replications));
  }
  return at->second;
}

}  // namespace

TEST_CASE("in every decoy refusing beats acting by more than the noise") {
  const auto& decoys = of_nature(sim::Nature::decoy);
  CHECK(decoys.size() == 10);
  for (const auto& [id, result] : decoys) {
    INFO(id << ", best is " << best_of(result));
    CHECK(beats(result, kRefusing, kActing));
  }
}

TEST_CASE("a decoy whose emergency is real is no decoy") {
  const auto real =
      compared("vip-with-workaround", kAll, 500,
               {"/real=1", "/harm/ongoing/per_request=0.2", "/change/regression/probability=0.01"});
  CHECK_FALSE(beats(real, kRefusing, kActing));
}

TEST_CASE("in every inverse decoy acting beats refusing by more than the noise") {
  const auto& inverse = of_nature(sim::Nature::inverse_decoy);
  CHECK(inverse.size() == 2);
  for (const auto& [id, result] : inverse) {
    INFO(id << ", best is " << best_of(result));
    CHECK(beats(result, kActing, kRefusing));
  }
}

TEST_CASE("an inverse decoy that is nothing is to be refused") {
  const auto nothing = compared("polite-report", kAll, 1500, {"/real=0"});
  CHECK_FALSE(beats(nothing, kActing, kRefusing));
}

TEST_CASE("each of the four strategies is the best one in at least one shipped scenario") {
  std::map<std::string, std::vector<std::string>> won;
  for (const auto nature : {sim::Nature::emergency, sim::Nature::decoy, sim::Nature::inverse_decoy}) {
    for (const auto& [id, result] : of_nature(nature)) won[best_of(result)].push_back(id);
  }
  for (const std::string& strategy : kAll) {
    INFO(strategy);
    CHECK_FALSE(won[strategy].empty());
  }
  CHECK(won["a strategy that nobody wrote"].empty());
}

TEST_CASE("somebody who believes an approval from any account does more harm than somebody who checks") {
  const std::vector<std::string> both{"compressed-canary", "trusting-canary"};
  CHECK(beats(compared("approval-by-chat", both, 1500), {"compressed-canary"}, {"trusting-canary"}));
}

TEST_CASE("where nobody impersonates anybody, checking is worth nothing") {
  const std::vector<std::string> both{"compressed-canary", "trusting-canary"};
  const auto honest =
      compared("approval-by-chat", both, 500, {"/people/1/impersonated=0", "/people/2/impersonated=0"});
  CHECK_FALSE(beats(honest, {"compressed-canary"}, {"trusting-canary"}));
}

}  // namespace breakglass::analysis
