// What a drill that was played leaves behind.
#include <catch2/catch.hpp>

#include "drill/debrief.hpp"
#include "history/from_drill.hpp"
#include "tests/drill/stage.hpp"

namespace breakglass::tests {
namespace {

history::Played played(const std::string& scenario, const Lines& lines) {
  drill::Session session;
  begin(session, load(scenario));
  play(session, lines);
  INFO(session.failure);
  REQUIRE(session.failure.empty());
  REQUIRE(drill::is_over(session.drill));
  drill::LogHeader header;
  header.hash = "h";
  header.setup = session.drill.setup;
  history::Played out = history::played_of(session.drill, header, 255);
  const drill::Debrief debrief = drill::debrief_of(session.drill);
  CHECK(out.harm == debrief.harm);
  CHECK(out.tasks.size() == debrief.tasks.size());
  CHECK(out.mistakes.size() == debrief.mistakes.size());
  return out;
}

const Lines kRefuse = {"believe real=10%", "refuse \"no user is harmed\""};

}  // namespace

TEST_CASE("the founding story") {
  const history::Played p =
      played("pii-leak", kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                             kSteps + kFollowUp + kReview + Lines{"close"});
  CHECK(p.identity == "00000000000000ff");
  CHECK(p.scenario == "pii-leak");
  CHECK(p.seed == 3);
  CHECK(p.mistakes.empty());
  CHECK(p.is_emergency);
  CHECK(p.treated_as_emergency == true);
  REQUIRE(p.stated.size() == 2);
  CHECK(p.stated[0].probability == 0.95);
  CHECK(p.stated[0].outcome == true);
  CHECK(p.stated[1].outcome.has_value());
}

TEST_CASE("a refusal is the answer that it is no emergency, and a decoy is none") {
  const history::Played right = played("friday-promise", kRefuse);
  CHECK_FALSE(right.is_emergency);
  CHECK(right.treated_as_emergency == false);
  CHECK(right.mistakes.empty());
  const history::Played wrong = played("pii-leak", kRefuse);
  CHECK(wrong.is_emergency);
  CHECK(wrong.treated_as_emergency == false);
  REQUIRE(wrong.mistakes.size() == 1);
  CHECK(wrong.mistakes[0].id == "refused-emergency");
}

TEST_CASE("a probability of a change that was never made has no outcome") {
  const history::Played p = played("pii-leak", {"believe regression=20%", "close"});
  REQUIRE(p.stated.size() == 1);
  CHECK_FALSE(p.stated[0].outcome);
  CHECK_FALSE(p.treated_as_emergency);
}

}  // namespace breakglass::tests
