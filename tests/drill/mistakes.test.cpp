// Whole drills: the founding story makes no mistake and fails no task; one script for each mistake makes
// exactly that one, at its moment.
#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>

#include "drill/debrief.hpp"
#include "drill/moments.hpp"
#include "scenarios/shipped.hpp"
#include "sim/simulator.hpp"
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

namespace {

// Of drills over several seeds.
struct Outcome {
  bool is_flagged = true;    // every time
  bool is_faultless = true;  // every time
  double harm = 0;           // mean
};

Outcome outcome_of(const std::shared_ptr<const scenarios::LoadedScenario>& loaded, const Lines& lines,
                   Mistake mistake) {
  constexpr int kSeeds = 6;
  Outcome out;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    drill::Session session;
    begin(session, loaded, seed);
    play(session, lines);
    INFO(loaded->scenario.params.id << ", seed " << seed << ": " << session.failure);
    REQUIRE(session.failure.empty());
    const auto mistakes = drill::find_mistakes(session.drill);
    out.is_faultless &= mistakes.empty();
    out.is_flagged &= std::any_of(mistakes.begin(), mistakes.end(),
                                  [&](const auto& finding) { return finding.mistake == mistake; });
    out.harm += sim::total_harm(
                    sim::outcome_of(session.drill.scenario(), session.drill.seat, run_out(session.drill))) /
                kSeeds;
  }
  return out;
}

std::vector<std::shared_ptr<const scenarios::LoadedScenario>> shipped_as(sim::Nature nature) {
  std::vector<std::shared_ptr<const scenarios::LoadedScenario>> out;
  for (const auto& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    auto loaded = load(std::string(file.id));
    if (loaded->scenario.params.nature == nature) out.push_back(std::move(loaded));
  }
  return out;
}

const Lines kRefused = {"classify none", R"(refuse "ordinary planning")"};
const Lines kRushed = {"classify incident",
                       R"(bypass canary none "no time")",
                       R"(bypass change-window none "no time")",
                       R"(bypass freeze none "no time")",
                       "schedule 100%/30m",
                       "wait change",
                       "ship",
                       "wait traffic",
                       "close"};

}  // namespace

TEST_CASE(
    "each decoy: refused it is faultless, and the best outcome; shipped as an emergency it is flagged") {
  const auto decoys = shipped_as(sim::Nature::decoy);
  CHECK(decoys.size() == 10);
  for (const auto& loaded : decoys) {
    INFO(loaded->scenario.params.id);
    const Outcome refused = outcome_of(loaded, kRefused, Mistake::routine_as_emergency);
    CHECK(refused.is_faultless);
    const Outcome shipped = outcome_of(loaded, kRushed, Mistake::routine_as_emergency);
    CHECK(shipped.is_flagged);
    CAPTURE(refused.harm, shipped.harm);
    CHECK(refused.harm <= shipped.harm);
  }
}

TEST_CASE("each inverse decoy: refused it is flagged, and shipped it is not") {
  const auto inverse = shipped_as(sim::Nature::inverse_decoy);
  CHECK(inverse.size() == 2);
  for (const auto& loaded : inverse) {
    INFO(loaded->scenario.params.id);
    const Outcome refused = outcome_of(loaded, kRefused, Mistake::refused_emergency);
    CHECK(refused.is_flagged);
  }
  drill::Session shipped;
  begin(shipped, inverse.front());
  play(shipped, kRushed);
  REQUIRE(shipped.failure.empty());
  for (const auto& finding : drill::find_mistakes(shipped.drill)) {
    CHECK(finding.mistake != Mistake::routine_as_emergency);
    CHECK(finding.mistake != Mistake::refused_emergency);
  }
}

namespace {

// The mistakes of a script in one world of pii-leak; nothing where it does not fit that world: an approver
// has found a fault, a step was rolled back.
std::optional<std::vector<Mistake>> mistakes_of(const Lines& lines, std::uint64_t seed) {
  static const auto loaded = load("pii-leak");
  drill::Session session;
  begin(session, loaded, seed);
  play(session, lines);
  if (!session.failure.empty() || !is_over(session.drill)) return std::nullopt;
  std::vector<Mistake> kinds;
  for (const auto& finding : drill::find_mistakes(session.drill)) kinds.push_back(finding.mistake);
  return kinds;
}

}  // namespace

TEST_CASE("in every world in which the founding story goes well each script makes exactly its mistake") {
  struct Script {
    Lines lines;
    std::vector<Mistake> mistakes;
  };
  const Lines done = kFollowUp + kReview + kClose;
  const Lines arranged = kClassify + kAssign + kBypasses + Lines{"check-accounts"};
  const Lines good = arranged + kRollback + kCompressed + kApprove + kSteps + done;
  const std::vector<Script> scripts = {
      {arranged + kRollback + kCompressed + Lines{"wait change"} + kSteps + done,
       {Mistake::without_approval}},
      {arranged + kCompressed + kApprove + kSteps + done, {Mistake::without_rollback}},
      {arranged + kRollback + kCompressed + kApprove + kSteps + kClose, {Mistake::without_follow_up}},
      {kClassify + Lines{R"(refuse "it can wait until Monday")"}, {Mistake::refused_emergency}}};
  int well = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const auto story = mistakes_of(good, seed);
    if (!story || !story->empty()) continue;  // a look that finds the harm going on, a flagged evaluation
    ++well;
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      INFO("script " << i << ", seed " << seed);
      // Without the approvers nobody finds a fault in the change: what follows may go otherwise.
      const auto made = mistakes_of(scripts[i].lines, seed);
      if (i > 0) REQUIRE(made);
      if (made) CHECK(*made == scripts[i].mistakes);
    }
  }
  CHECK(well >= 8);
}
