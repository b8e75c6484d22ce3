// When the trainee's part is over the team goes on, and what was left undone counts as left undone.
#include "drill/handover.hpp"

#include <catch2/catch.hpp>

#include <optional>

#include "analysis/estimate/moments.hpp"
#include "drill/debrief.hpp"
#include "sim/simulator.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

const Lines kArranged = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove;
const Lines kClosedAtOnce = kArranged + Lines{"ship", "wait traffic", "close"};

// Nothing where the script does not fit that world.
std::optional<drill::Drill> try_played(const Lines& lines, std::uint64_t seed,
                                       std::vector<std::string> overrides = {}) {
  drill::Session session;
  begin(session, load("pii-leak", std::move(overrides)), seed);
  play(session, lines);
  if (!session.failure.empty() || !is_over(session.drill)) return std::nullopt;
  return session.drill;
}

drill::Drill played(const Lines& lines, std::uint64_t seed, std::vector<std::string> overrides = {}) {
  auto drill = try_played(lines, seed, std::move(overrides));
  REQUIRE(drill);
  return *drill;
}

// As though nobody decided anything more.
double harm_left_alone(const drill::Drill& drill) {
  sim::World world = drill.world;
  sim::advance(drill.scenario(), drill.seat, world, sim::horizon(drill.scenario()));
  return sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, world));
}

double harm_of(const drill::Drill& drill) {
  return sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, run_out(drill)));
}

}  // namespace

TEST_CASE("who closes on the first step leaves a team that goes to the end, and is still found out") {
  const drill::Drill drill = played(kClosedAtOnce, 3);
  REQUIRE(drill.world.rollout.step == 0);
  const sim::World end = run_out(drill);
  CHECK(end.rollout.stage == sim::Stage::complete);
  CHECK(end.record.verified);
  CHECK(end.record.gates_ran);
  CHECK(end.record.closed_at != sim::kNever);
  const auto mistakes = drill::find_mistakes(drill);
  REQUIRE(mistakes.size() == 1);
  CHECK(mistakes[0].mistake == drill::Mistake::without_follow_up);
  CHECK(mistakes[0].at == drill.notes.closed_at);
  const std::string record = drill::record_markdown(drill::record_of(drill));
  CHECK(record.find("the resolution is not verified") != std::string::npos);
  // Without a team the change would still be on its first step.
  CHECK(harm_left_alone(drill) > 2 * harm_of(drill));
}

TEST_CASE("a closed drill has no tail that nobody would let happen") {
  analysis::Moments left, team;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto drill = try_played(kArranged + kSteps + Lines{"close"}, seed);
    if (!drill) continue;
    analysis::add(left, harm_left_alone(*drill));
    analysis::add(team, harm_of(*drill));
  }
  CAPTURE(left.count, left.mean, team.mean, left.max, team.max);
  CHECK(left.count > 30);
  CHECK(team.mean < left.mean);
  CHECK(team.max < left.max / 2);
}

TEST_CASE("the team rolls back or mends what it finds") {
  // Every change carries a regression that shows at once.
  const drill::Drill drill = played(kClosedAtOnce, 3, {"/change/regression/probability=1"});
  REQUIRE(drill.world.change.hypothesis > 0);
  const sim::World end = run_out(drill);
  CHECK(end.change.attempt > drill.world.change.attempt);
}

TEST_CASE("an emergency that is closed with nothing shipped goes the normal way") {
  for (const Lines& ending : {Lines{"close"}, Lines{R"(refuse "it can wait")"}}) {
    // The approvers who are being asked are those of a rule that the normal way does not have.
    const drill::Drill drill = played(
        kClassify + kAssign + kBypasses + Lines{"rule emergency", "wait change", "ask-approval"} + ending, 3);
    const sim::World end = run_out(drill);
    CHECK(end.record.shipped_at != sim::kNever);
    CHECK(end.record.shipped_at > std::chrono::hours{12});
    const auto mistakes = drill::find_mistakes(drill);
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].mistake == drill::Mistake::refused_emergency);
  }
}
