// What the loader says about scenarios and strategies that are wrong: a sound file is spoiled by replacing
// some of its text, and the complaints are compared to the letter.
#include <catch2/catch.hpp>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "tests/scenarios/golden_support.hpp"
#include "tests/scenarios/spoiled_support.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;

std::string said_of_scenario(const std::string& edits) {
  Problems problems("base.json", spoiled(sound_file("base.json"), edits));
  const auto params = read_scenario(problems, 0, {});
  CHECK(params.has_value() == problems.empty());
  if (params) sim::prepare(*params);
  return render(problems);
}

// Lines before "---" spoil the scenario that the strategy is to fit; it is sound all the same.
std::string said_of_strategy(const std::string& edits) {
  const std::size_t cut = edits.find("---\n");
  Problems own("base.json",
               spoiled(sound_file("base.json"), cut == std::string::npos ? "" : edits.substr(0, cut)));
  const auto scenario = read_scenario(own, 0, {});
  INFO(render(own));
  REQUIRE(scenario);
  const std::string mine = cut == std::string::npos ? edits : edits.substr(cut + 4);
  Problems problems("strategy.json", spoiled(sound_file("strategy.json"), mine));
  const auto draft = draft_strategy(problems, 0);
  if (draft) check_fit({draft->root, problems, draft->unread}, draft->params, *scenario);
  return render(problems);
}

}  // namespace

TEST_CASE("the files that the tests spoil are sound") {
  CHECK(said_of_scenario("").empty());
  CHECK(said_of_strategy("").empty());
}

TEST_CASE("fields of a scenario that are missing, unknown or of the wrong kind are explained") {
  check_golden("scenario_fields.txt", said_of_scenario);
}
TEST_CASE("scenarios whose parts do not fit together are explained") {
  check_golden("scenario_checks.txt", said_of_scenario);
}
TEST_CASE("scenarios that ask too much of a run are refused with the culprit's name") {
  check_golden("scenario_budgets.txt", said_of_scenario);
}
TEST_CASE("strategies that make no sense, or do not fit a scenario, are explained") {
  check_golden("strategy_checks.txt", said_of_strategy);
}

TEST_CASE("people and approval rules that could never approve anything are explained") {
  check_golden("scenario_people.txt", said_of_scenario);
}
TEST_CASE("reports that reach nobody are explained") {
  check_golden("scenario_noticing.txt", said_of_scenario);
}
TEST_CASE("watchers with nothing to watch, and pacing with nothing to pace by, are explained") {
  check_golden("strategy_noticing.txt", said_of_strategy);
}

TEST_CASE("queues that cannot be, nobody waits in, or would fill the machine, are explained") {
  check_golden("scenario_fleet.txt", said_of_scenario);
}

TEST_CASE("legal scenarios that look odd are accepted") {
  check_golden("scenario_legal.txt", said_of_scenario);
}

TEST_CASE("all problems of a scenario are told at once, in the file's order") {
  check_golden("scenario_many.txt", said_of_scenario);
}

}  // namespace breakglass::tests
