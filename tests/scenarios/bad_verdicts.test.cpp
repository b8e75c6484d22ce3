// What the loader says about verdicts that make no sense, or do not fit the scenario: a sound strategy's
// first verdict is replaced.
#include <catch2/catch.hpp>

#include "scenarios/checks.hpp"
#include "scenarios/load.hpp"
#include "tests/scenarios/golden_support.hpp"
#include "tests/scenarios/spoiled_support.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;

// `lines`: edits of the scenario, "---", and the verdict; or the verdict alone.
std::string said_of_verdict(const std::string& lines) {
  const std::size_t cut = lines.find("---\n");
  const std::string edits = cut == std::string::npos ? "" : lines.substr(0, cut);
  const std::string verdict = cut == std::string::npos ? lines : lines.substr(cut + 4);
  Problems own("base.json", spoiled(sound_file("base.json"), edits));
  const auto scenario = read_scenario(own, 0, {});
  INFO(render(own));
  REQUIRE(scenario);
  Problems problems("strategy.json", R"({
  "id": "swift", "title": "Sound, but for its verdict",
  "steps": [{"weight": 0.01, "for": "10m"}, {"weight": 0.25, "for": "20m"}, {"weight": 1, "for": "30m"}],
  "monitoring": {"interval": "1m", "verdicts": [
    )" + verdict + "\n  ]}\n}\n");
  const auto draft = draft_strategy(problems, 0);
  if (draft) check_fit({draft->root, problems, draft->unread}, draft->params, *scenario);
  return render(problems);
}

}  // namespace

TEST_CASE(
    "verdicts that test again and again, or judge several signals, are explained where they are wrong") {
  check_golden("verdict_checks.txt", said_of_verdict);
}

}  // namespace breakglass::tests
