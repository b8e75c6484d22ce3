// Many drills together: filters, shares, and modes that never mix.
#include <catch2/catch.hpp>

#include "history/filter.hpp"
#include "history/summary.hpp"
#include "tests/history/history_support.hpp"

namespace breakglass::tests {
namespace {

history::Played drill_of(const std::string& mode, bool emergency, std::optional<bool> treated) {
  history::Played p = some_drill(mode);
  p.mode = mode;
  p.is_emergency = emergency;
  p.treated_as_emergency = treated;
  return p;
}

}  // namespace

TEST_CASE("a filter takes what fits all of it") {
  const history::Played p = some_drill("a");
  using history::Filter;
  CHECK(matches(Filter{}, p));
  CHECK(matches(Filter{"pii-leak", "drill", "2026-11-25T10:30:00Z", "without-rollback"}, p));
  CHECK_FALSE(matches(Filter{"waf-rule", "", "", ""}, p));
  CHECK_FALSE(matches(Filter{"", "practice", "", ""}, p));
  CHECK_FALSE(matches(Filter{"", "", "2026-11-25T10:30:01Z", ""}, p));
  CHECK_FALSE(matches(Filter{"", "", "", "without-canary"}, p));
  CHECK(matches(Filter{"", "", "", "any"}, p));
  CHECK_FALSE(matches(Filter{"", "", "", "none"}, p));
}

TEST_CASE("modes are not mixed, and what gave no answer is not counted as one") {
  const std::vector<history::Played> drills{drill_of("assessed", true, true), drill_of("drill", true, true),
                                            drill_of("drill", true, false),   drill_of("drill", false, true),
                                            drill_of("drill", false, false),  drill_of("drill", false, {})};
  const auto found = history::summaries(drills);
  REQUIRE(found.size() == 2);
  CHECK(found[0].mode == "drill");
  CHECK(found[0].drills == 5);
  CHECK(found[0].answers.emergencies == 2);
  CHECK(found[0].answers.hits == 1);
  CHECK(found[0].answers.decoys == 2);
  CHECK(found[0].answers.false_alarms == 1);
  REQUIRE(found[0].detection);
  CHECK(found[1].mode == "assessed");
  CHECK_FALSE(found[1].detection);
}

TEST_CASE("shares are of the drills to which they apply") {
  history::Played clean = drill_of("drill", true, true);
  clean.mistakes.clear();
  clean.tasks = {{"classified on evidence", false}};
  const std::vector<history::Played> drills{clean, drill_of("drill", true, true),
                                            drill_of("drill", true, true)};
  const history::Summary s = history::summaries(drills).at(0);
  CHECK(s.without_mistakes.count == 1);
  CHECK(s.without_mistakes.ci95 == analysis::wilson_interval(1, 3));
  REQUIRE(s.mistakes.size() == 1);
  CHECK(s.mistakes[0].of == 3);
  REQUIRE(s.failed_tasks.size() == 2);
  CHECK(s.failed_tasks[0].name == "rollback verified");
  CHECK(s.failed_tasks[0].of == 2);
  CHECK(s.failed_tasks[1].count == 1);
  CHECK(s.failed_tasks[1].of == 3);
}

TEST_CASE("what was stated is held against what was, and, once graded, against what could be known") {
  std::vector<history::Played> drills{some_drill("a"), some_drill("b")};
  drills[1].stated[0] = {"real", 0.5, false, 0.1};
  const history::Summary s = history::summaries(drills).at(0);
  REQUIRE(s.questions.size() == 1);  // the regression had no outcome: no change was made
  CHECK(s.questions[0].question == "real");
  CHECK(s.questions[0].calibration.count == 2);
  CHECK(s.questions[0].calibration.brier.value == Approx((0.05 * 0.05 + 0.25) / 2));
  CHECK(s.questions[0].graded == 1);
  CHECK(s.questions[0].distance == Approx(0.16));
}

}  // namespace breakglass::tests
