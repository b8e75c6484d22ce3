// Grading: luck has mean zero, the waterfall closes, and players of different skill are told apart.
#include "drill/grade.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/estimate/moments.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

drill::Grade graded(std::shared_ptr<const scenarios::LoadedScenario> loaded, const Lines& lines,
                    std::uint64_t seed, int worlds) {
  drill::Session session;
  begin(session, std::move(loaded), seed);
  for (const std::string& line : lines) {
    (void)drill::obey(session, line);  // a script does not fit every world: what is not possible is passed over
    if (session.done) break;
  }
  drill::GradeOptions how;
  how.first = how.most = worlds;
  return drill::grade(session.drill, how);
}

const Lines kFounding = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                        kSteps + kFollowUp + Lines{"close"};

}  // namespace

TEST_CASE("look at one grade", "[.look]") {
  const auto g = graded(load("pii-leak"), kFounding, 3, 256);
  std::printf("reference %s stake %.4g page %.4g end %.4g skill %.4g luck %.4g +- %.3g residual %g loss %.3g\n",
              g.reference.c_str(), g.stake, g.at_page, g.in_the_end, g.skill, g.luck, g.luck_se, g.residual,
              g.mean_loss);
  for (const auto& d : g.decisions) {
    std::printf("%8.0f s %-28s V %8.4g Q %8.4g luck %8.4g loss %8.3g +- %6.2g %s%s\n", sim::to_seconds(d.at),
                d.did.c_str(), d.value, d.chosen_mean, d.luck, d.loss, d.se,
                std::string(name_of(d.label)).c_str(), d.counts ? " *" : "");
    for (const auto& o : d.options)
      std::printf("            %-28s %8.4g  %8.3g +- %6.2g\n", o.option.c_str(), o.mean, o.worse, o.se);
  }
}

TEST_CASE("luck over many", "[.look]") {
  const auto loaded = load("pii-leak");
  analysis::Moments luck, skill, end, adjusted;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto g = graded(loaded, kFounding, seed, 32);
    analysis::add(luck, g.luck);
    analysis::add(skill, g.skill);
    analysis::add(end, g.in_the_end);
    analysis::add(adjusted, g.luck_adjusted());
  }
  std::printf("luck %.4g +- %.4g skill %.4g +- %.4g end %.4g +- %.4g adjusted %.4g +- %.4g\n", luck.mean,
              analysis::standard_error(luck), skill.mean, analysis::standard_error(skill), end.mean,
              analysis::standard_error(end), adjusted.mean, analysis::standard_error(adjusted));
}
