// Grading: luck has mean zero, the waterfall closes, and players of different skill are told apart.
#include "drill/grade.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimate/moments.hpp"
#include "drill/posterior.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

drill::Grade graded(std::shared_ptr<const scenarios::LoadedScenario> loaded, const Lines& lines,
                    std::uint64_t seed, int worlds) {
  drill::Session session;
  begin(session, std::move(loaded), seed);
  for (const std::string& line : lines) {
    (void)drill::obey(session,
                      line);  // a script does not fit every world: what is not possible is passed over
    if (session.done) break;
  }
  drill::GradeOptions how;
  how.first = how.most = worlds;
  return drill::grade(session.drill, how);
}

// Two days suffice, and keep rare disasters of a week out of the mean.
const std::vector<std::string> kShort = {"/horizon=2d"};
const Lines kFounding = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                        kSteps + kFollowUp + Lines{"close"};

}  // namespace

TEST_CASE("the waterfall closes, and the grade does not depend on the number of threads") {
  drill::Session session;
  begin(session, load("pii-leak"), 3);
  play(session, kFounding);
  REQUIRE(session.failure.empty());
  drill::GradeOptions how;
  how.first = how.most = 32;
  how.threads = 1;
  const drill::Grade one = drill::grade(session.drill, how);
  how.threads = 3;
  const drill::Grade three = drill::grade(session.drill, how);
  CHECK(one.decisions.size() > 8);
  CHECK(one.luck == three.luck);
  CHECK(one.skill == three.skill);
  CHECK(std::abs(one.residual) < 1e-9 * std::max(1.0, one.in_the_end + std::abs(one.luck)));
  double sum = one.at_page;
  for (const auto& d : one.decisions) sum += (d.chosen_mean - d.value) + d.luck;
  CHECK(sum == Approx(one.in_the_end));
}

// Share of imagined worlds whose change carries a regression, less whether it does, at the end of a script.
void add_imagined(const std::shared_ptr<const scenarios::LoadedScenario>& loaded, const Lines& lines,
                  std::uint64_t seed, analysis::Moments& imagined, analysis::Moments& base_rate) {
  drill::Session session;
  begin(session, loaded, seed);
  play(session, lines);
  const drill::Drill& drill = session.drill;
  if (!session.failure.empty() || drill.world.change.attempt > 0 || drill.world.draft.attempt > 0) return;
  const bool serves = drill.world.rollout.weight > 0;
  const auto carries = [&](const sim::World& w) { return (serves ? w.change : w.draft).hypothesis > 0; };
  constexpr int kWorlds = 64;
  const drill::Posterior posterior = drill::posterior_of(drill, kWorlds);
  std::vector<double> regressions;
  for (std::uint32_t r = 0; r < kWorlds; ++r)
    regressions.push_back(carries(drill::imagine_world(drill, posterior, r)));
  const double truth = carries(drill.world);
  analysis::add(imagined,
                drill::weighted_mean(posterior.strata, regressions, {}, drill::Half::all).mean - truth);
  analysis::add(base_rate, drill.scenario().params.change.regression.probability - truth);
}

TEST_CASE("imagined worlds carry a regression as often as real ones, given what was seen") {
  const auto loaded = load("pii-leak", kShort);
  const Lines shipped = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                        Lines{"ship", "wait traffic", "wait step"};
  const Lines halfway = shipped + Lines{"promote", "wait step", "promote", "wait step"};
  const Lines verified = halfway + Lines{"promote", "wait step", "verify-resolution", "wait resolution"};
  for (const Lines& lines : {shipped, halfway, verified}) {
    analysis::Moments imagined, base_rate;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) add_imagined(loaded, lines, seed, imagined, base_rate);
    INFO(imagined.mean << " +- " << analysis::standard_error(imagined) << " of " << imagined.count);
    CHECK(imagined.count > 250);
    CHECK(std::abs(imagined.mean) < 3 * analysis::standard_error(imagined));
    // The twin that learns nothing is found out.
    CHECK(std::abs(base_rate.mean) > 3 * analysis::standard_error(base_rate));
  }
}

TEST_CASE("luck has mean zero over many drills") {
  const auto loaded = load("pii-leak", kShort);
  analysis::Moments luck, result, adjusted;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const drill::Grade g = graded(loaded, kFounding, seed, 32);
    analysis::add(luck, g.luck);
    analysis::add(result, g.in_the_end);
    analysis::add(adjusted, g.luck_adjusted());
  }
  INFO("luck " << luck.mean << " +- " << analysis::standard_error(luck) << ", harm " << result.mean);
  CHECK(std::abs(luck.mean) < 3 * analysis::standard_error(luck));
  // And it explains most of what differs from drill to drill.
  CHECK(analysis::variance(adjusted) < analysis::variance(result));
}

TEST_CASE("who rolls back at any bump is told from who promotes, in one drill") {
  const auto loaded = load("pii-leak", kShort);
  const Lines to_the_first_step = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed +
                                  kApprove + Lines{"ship", "wait traffic", "wait step"};
  int blamed = 0, spared = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const drill::Grade timid = graded(loaded, to_the_first_step + Lines{"roll-back", "close"}, seed, 128);
    const drill::Grade bold = graded(loaded, kFounding, seed, 128);
    for (const auto& d : timid.decisions) blamed += d.did == "roll-back" && d.label >= drill::Label::mistake;
    for (const auto& d : bold.decisions) spared += d.did == "promote" && d.label >= drill::Label::mistake;
  }
  CHECK(blamed >= 4);
  CHECK(spared == 0);
}
