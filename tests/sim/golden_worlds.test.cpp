#include "tests/sim/golden_worlds.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace breakglass;

namespace {

std::string expected_lines() {
  std::ifstream file(std::string(BREAKGLASS_SOURCE_DIR) + "/tests/sim/golden_worlds.txt");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

// A difference here changes every result that anybody has stored: it needs an entry in the change log. How
// the file is written anew stands in golden_worlds.hpp.
TEST_CASE("Worlds of the shipped scenarios have the bits that they always had") {
  const std::string lines = tests::golden_worlds();
  REQUIRE_FALSE(lines.empty());
  CHECK(lines == expected_lines());
}

TEST_CASE("Every shipped scenario with every strategy that it lists is among the golden worlds") {
  int scenarios = 0, pairs = 0, listed = 0;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    const auto scenario = tests::shipped_scenario(file);
    REQUIRE(scenario);
    ++scenarios;
    listed += static_cast<int>(scenario->params.strategies.size());
  }
  tests::for_each_shipped([&](const auto&, const auto&) { ++pairs; });
  CHECK(scenarios >= 4);
  CHECK(pairs == listed);
}

TEST_CASE("The golden lines notice an exposure more in a million") {
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario" || file.id != "pii-leak") continue;
    auto scenario = tests::shipped_scenario(file);
    REQUIRE(scenario);
    const auto strategy = tests::shipped_strategy(*scenario, "compressed-canary");
    REQUIRE(strategy);
    const std::string before = tests::golden_lines(*scenario, *strategy);
    scenario->params.harm.ongoing.per_request *= 1 + 1e-6;
    CHECK(tests::golden_lines(*scenario, *strategy) != before);
  }
}
