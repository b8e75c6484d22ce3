// Whole drills: the founding story makes no mistake and fails no task; one script for each mistake makes
// exactly that one, at its moment.
#include <catch2/catch.hpp>

#include "drill/debrief.hpp"
#include "drill/moments.hpp"
#include "scenarios/shipped.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using drill::Mistake;

namespace {

struct Played {
  drill::Session session;
  std::vector<drill::Finding> mistakes;
  std::vector<drill::CriticalTask> tasks;

  Played(const std::string& scenario, const Lines& lines, std::uint64_t seed = 3) {
    begin(session, load(scenario), seed);
    play(session, lines);
    INFO(session.failure);
    REQUIRE(session.failure.empty());
    mistakes = drill::find_mistakes(session.drill);
    tasks = drill::critical_tasks(session.drill);
  }
  std::vector<Mistake> kinds() const {
    std::vector<Mistake> out;
    for (const auto& finding : mistakes) out.push_back(finding.mistake);
    return out;
  }
  bool passed(const std::string& name) const {
    for (const auto& task : tasks) {
      if (task.name == name) return task.passed;
    }
    return false;
  }
};

const Lines kRollback = {"verify-rollback"};
const Lines kClose = {"close"};

Lines founding() {
  return kClassify + kAssign + kBypasses + kRollback + kCompressed + kApprove + kSteps + kFollowUp + kReview +
         kClose;
}

}  // namespace

TEST_CASE("the founding story makes no mistake, and leaves no critical task out") {
  const Played played("pii-leak", founding());
  CHECK(played.mistakes.empty());
  CHECK(played.tasks.size() == 9);
  for (const auto& task : played.tasks) {
    INFO(task.name << ": " << task.evidence);
    CHECK(task.passed);
  }
  CHECK(drill::first_traffic(played.session.drill) < std::chrono::hours{2});
}

TEST_CASE("shipping without approval is one mistake, at the first request") {
  const Played played("pii-leak", kClassify + kAssign + kBypasses + kRollback + kCompressed +
                                      Lines{"wait change"} + kSteps + kFollowUp + kReview + kClose);
  REQUIRE(played.kinds() == std::vector{Mistake::without_approval});
  CHECK(played.mistakes[0].at == drill::first_traffic(played.session.drill));
  CHECK_FALSE(played.passed("right authority"));
}

TEST_CASE("shipping without a verified way back is one mistake, at the first request") {
  const Played played("pii-leak", kClassify + kAssign + kBypasses + kCompressed + kApprove + kSteps +
                                      kFollowUp + kReview + kClose);
  REQUIRE(played.kinds() == std::vector{Mistake::without_rollback});
  CHECK(played.mistakes[0].at == drill::first_traffic(played.session.drill));
  CHECK_FALSE(played.passed("rollback verified"));
}

TEST_CASE("straight to 100% is a mistake where a compressed canary had the lower expected harm") {
  const Lines straight = {"schedule 100%/30m"};
  const Lines all_at_once = {"ship", "wait traffic", "wait step"};
  const Lines lines = kClassify + kAssign + kBypasses + kRollback + straight + kApprove + all_at_once +
                      kFollowUp + kReview + kClose;
  const Played played("pii-leak", lines);
  // Such a jump costs nothing where a change can do no harm.
  drill::Session harmless;
  begin(harmless, load("pii-leak", {"/change/regression/probability=0"}));
  play(harmless, lines);
  REQUIRE(harmless.failure.empty());
  CHECK(drill::find_mistakes(harmless.drill).empty());
  // Worse regressions, and the jump is what it costs.
  drill::Session harmful;
  begin(harmful, load("pii-leak", {"/change/regression/probability=0.6"}));
  play(harmful, lines);
  REQUIRE(harmful.failure.empty());
  const auto mistakes = drill::find_mistakes(harmful.drill);
  REQUIRE(mistakes.size() == 1);
  CHECK(mistakes[0].mistake == Mistake::without_canary);
  CHECK(mistakes[0].at == drill::first_traffic(harmful.drill));
}

TEST_CASE("closing with work left undone is one mistake, at the end") {
  const Played played("pii-leak",
                      kClassify + kAssign + kBypasses + kRollback + kCompressed + kApprove + kSteps + kClose);
  REQUIRE(played.kinds() == std::vector{Mistake::without_follow_up});
  CHECK(played.mistakes[0].at == played.session.drill.notes.closed_at);
  CHECK_FALSE(played.passed("postmortem complete"));
}

TEST_CASE("refusing a real emergency is one mistake; so is the normal process while harm runs") {
  const Played refused("pii-leak", kClassify + Lines{R"(refuse "it can wait until Monday")"});
  REQUIRE(refused.kinds() == std::vector{Mistake::refused_emergency});
  CHECK(refused.mistakes[0].at == std::chrono::minutes{5});

  const Played normal("pii-leak",
                      kClassify + kAssign + kRollback + kCompressed + kApprove +
                          Lines{"run-gate", "wait gate", "wait change", "ship", "wait traffic", "wait step",
                                "promote", "wait step", "promote", "wait step", "promote", "wait step",
                                "verify-resolution", "wait resolution", "hold-postmortem", "close"});
  REQUIRE(normal.kinds() == std::vector{Mistake::normal_process});
}

TEST_CASE(
    "each decoy: refused it is right, shipped as an emergency it is flagged; inverse decoys the other way") {
  int decoys = 0;
  int inverse = 0;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    const auto loaded = load(std::string(file.id));
    const sim::Nature nature = loaded->scenario.params.nature;
    if (nature == sim::Nature::emergency) continue;
    (nature == sim::Nature::decoy ? decoys : inverse) += 1;
    INFO(file.id);
    drill::Session refused;
    begin(refused, loaded);
    play(refused, {"classify none", R"(refuse "ordinary planning")"});
    REQUIRE(refused.failure.empty());
    const auto mistakes = drill::find_mistakes(refused.drill);
    CHECK(mistakes.empty() == (nature == sim::Nature::decoy));

    drill::Session shipped;
    begin(shipped, loaded);
    play(shipped, {"classify incident", R"(bypass canary none "no time")",
                   R"(bypass change-window none "no time")", R"(bypass freeze none "no time")",
                   "schedule 100%/30m", "wait change", "ship", "wait traffic", "close"});
    REQUIRE(shipped.failure.empty());
    bool flagged = false;
    for (const auto& finding : drill::find_mistakes(shipped.drill))
      flagged |= finding.mistake == Mistake::routine_as_emergency;
    CHECK(flagged == (nature == sim::Nature::decoy));
  }
  CHECK(decoys == 10);
  CHECK(inverse == 2);
}
