// Players of small drills whose best decisions are known exactly: the grader tells them apart, and never
// blames the perfect one.
#include <catch2/catch.hpp>

#include "analysis/estimate/moments.hpp"
#include "drill/grade.hpp"
#include "tests/drill/small_play.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

// One of the small drills, with its solution.
struct Stage {
  std::shared_ptr<const scenarios::LoadedScenario> loaded;
  SmallSolution solution;
  drill::Decider decide;

  explicit Stage(const SmallDrill& small) : loaded(load(small)), solution(small), decide(decider(solution)) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
};

drill::Grade graded(const Stage& stage, std::uint64_t luck, const Player& player, int worlds) {
  const drill::Drill drill = play(stage.loaded, stage.solution, luck, player);
  drill::GradeOptions how;
  how.most = worlds;
  how.decider = stage.decide;
  return drill::grade(drill, how);
}

Move always_promote(const SmallState&, double) { return Move::promote; }

// Goes back as soon as a window looks worse than a clean change's mean.
Player timid(const SmallDrill& small) {
  return [clean = small.clean](const SmallState&, double share_failed) {
    if (share_failed < 0) return Move::hold;
    return share_failed > clean ? Move::roll_back : Move::promote;
  };
}

}  // namespace

TEST_CASE("a perfect player is never called worse than too close in 1,000 drills, and luck has mean zero") {
  constexpr int kDrillsEach = 250;
  analysis::Moments luck, result, adjusted;
  int decisions = 0, blamed = 0, close = 0, promoted = 0, went_back = 0;
  double worst_residual = 0;
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const Stage stage(random_small(seed));
    for (std::uint64_t n = 1; n <= kDrillsEach; ++n) {
      const drill::Grade g = graded(stage, n, perfect(stage.solution), 128);
      analysis::add(luck, g.luck / g.stake);
      analysis::add(result, g.in_the_end / g.stake);
      analysis::add(adjusted, g.luck_adjusted() / g.stake);
      worst_residual = std::max(worst_residual, std::abs(g.residual) / g.stake);
      for (const drill::GradedDecision& d : g.decisions) {
        ++decisions;
        blamed += d.label > drill::Label::too_close;
        close += d.label == drill::Label::too_close;
        promoted += d.did.starts_with("promote");
        went_back += d.did == "roll-back";
      }
    }
  }
  INFO(decisions << " decisions, " << blamed << " blamed, " << close << " too close; luck " << luck.mean
                 << " +- " << analysis::standard_error(luck));
  CHECK(blamed == 0);
  CHECK(promoted > 300);
  CHECK(went_back > 100);
  CHECK(std::abs(luck.mean) < 3 * analysis::standard_error(luck));
  CHECK(analysis::variance(adjusted) < 0.4 * analysis::variance(result));  // luck explains most
  CHECK(worst_residual < 1e-9);
}

TEST_CASE("who always promotes, and who goes back at any bump, are told from a perfect player in 24 drills") {
  const Stage stage(random_small(2));
  const Player players[] = {perfect(stage.solution), always_promote, timid(stage.solution.drill())};
  std::array<analysis::Moments, 3> loss, harm;
  for (std::uint64_t n = 1; n <= 24; ++n) {
    for (std::size_t p = 0; p < 3; ++p) {
      const drill::Grade g = graded(stage, n, players[p], 512);
      double lost = 0;
      for (const drill::GradedDecision& d : g.decisions) lost += d.loss / g.stake;
      analysis::add(loss[p], lost);
      analysis::add(harm[p], g.in_the_end / g.stake);
    }
  }
  for (const std::size_t p : {1, 2}) {
    const auto apart = [&](const std::array<analysis::Moments, 3>& of) {
      return (of[p].mean - of[0].mean) /
             std::hypot(analysis::standard_error(of[p]), analysis::standard_error(of[0]));
    };
    INFO("player " << p << ": by their losses " << apart(loss) << ", by what it came to " << apart(harm));
    CHECK(apart(loss) > 3);
    CHECK(apart(harm) < 2);
  }
}
