// What a gate tells, and what haste and night work do to the odds.
#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

sim::ScenarioParams gated(double prior, double sensitivity, double specificity) {
  sim::ScenarioParams p = scene(hours{200});
  p.traffic.entry[0].rate_per_s = 0;
  p.change.author_time = fixed(60);
  p.change.regression.probability = prior;
  p.change.regression.severities = {severity(1)};
  p.gates.eval_gate = sim::EvalGateParams{fixed(60), sensitivity, specificity};
  return p;
}

}  // namespace

TEST_CASE("Among changes that a gate passed, regressions are as rare as Bayes says") {
  const Prepared prepared(gated(0.6, 0.5, 0.8), rollout({{1, seconds{1}}}));
  constexpr double kRuns = 470'000;
  double regressions = 0;
  Moments rework;
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    const sim::World w = prepared.run(81, r);
    regressions += w.change.hypothesis > 0 ? 1 : 0;
    rework.add(w.change.rework);
  }
  const double posterior = 0.6 * 0.5 / (0.6 * 0.5 + 0.4 * 0.8);
  CHECK(sim::after_passing(0.6, 0.5, 0.8) == Approx(posterior).epsilon(1e-14));
  CHECK(share_is(regressions, kRuns, posterior));
  // Flagged with probability 0.38 each time: a geometric number of reworks.
  CHECK(near(rework.mean(), rework.mean_error(), 0.38 / 0.62));
  CHECK_FALSE(near(rework.mean(), rework.mean_error(), 0.38 / 0.62 * 1.015));
}

TEST_CASE("A flag raises the odds by the gate's likelihood ratio") {
  CHECK(sim::after_flagging(0.2, 0.7, 0.95) == Approx(0.14 / (0.14 + 0.04)));
  CHECK(sim::after_flagging(0, 0.7, 0.95) == 0);
  CHECK(sim::after_flagging(0.2, 0, 1) == 0);  // a gate that never flags
  CHECK(sim::after_passing(1, 1, 0.5) == 0);   // one that nothing passes
  for (const double p : {0.01, 0.2, 0.9}) {
    const double flagged = p * 0.7 + (1 - p) * 0.05;  // the law of total probability
    CHECK(flagged * sim::after_flagging(p, 0.7, 0.95) + (1 - flagged) * sim::after_passing(p, 0.7, 0.95) ==
          Approx(p));
  }
}

TEST_CASE("Without a gate the prior stays, and its odds are multiplied by haste and by the night") {
  sim::ScenarioParams p = gated(0.2, 0.5, 0.8);
  p.gates.eval_gate.reset();
  p.change.regression.night_odds = 2;
  p.change.regression.haste_odds = 3;
  sim::StrategyParams hasty = rollout({{1, seconds{1}}});
  hasty.bypasses = {{"canary", "no time", sim::Compensation::faster_steps}};
  const double night = 0.5 / 1.5, both = 1.5 / 2.5;  // odds 0.25 x 2, and x 3
  CHECK(Prepared(p, rollout({{1, seconds{1}}})).run(82, 0).change.prior == Approx(night).epsilon(1e-14));
  const Prepared prepared(p, hasty);
  double regressions = 0;
  constexpr double kRuns = 310'000;
  for (std::uint32_t r = 0; r < kRuns; ++r) regressions += prepared.run(82, r).change.hypothesis > 0 ? 1 : 0;
  CHECK(prepared.run(82, 0).change.prior == Approx(both).epsilon(1e-14));
  CHECK(share_is(regressions, kRuns, both));
  p.start = "2026-03-02T12:00:00+00:00";  // by day only haste is left
  CHECK(Prepared(p, hasty).run(82, 0).change.prior == Approx(0.75 / 1.75).epsilon(1e-14));
}

TEST_CASE("Severities come in their shares") {
  sim::ScenarioParams p = gated(1, 0, 1);
  p.change.regression.severities = {severity(0.5), severity(0.3), severity(0.2)};
  const sim::ChangeParams& change = p.change;
  std::array<double, 4> counts{};
  constexpr double kRuns = 1'900'000;
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    sim::ChangeState state;
    state.prior = 1;
    sim::draw_truth(change, state, {.seed = 83, .replication = r});
    counts[static_cast<std::size_t>(state.hypothesis)] += 1;
  }
  CHECK(counts[0] == 0);
  CHECK(share_is(counts[1], kRuns, 0.5));
  CHECK(share_is(counts[2], kRuns, 0.3));
  CHECK(share_is(counts[3], kRuns, 0.2));
}

TEST_CASE(
    "The eval after promotion finds regressions with its sensitivity, and flags clean changes without harm") {
  sim::ScenarioParams p = gated(0.5, 0.7, 0.9);
  p.response.verify.time = fixed(60);
  sim::StrategyParams s = rollout({{1, seconds{600}}});
  s.bypasses = {{"eval-gate", "no time", sim::Compensation::run_after_promotion}};
  s.max_attempts = 1;  // a real one is rolled back
  const Prepared prepared(p, s);
  double real = 0, outdated = 0, bad = 0;
  constexpr double kRuns = 20'000;
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    sim::Reasons reasons;
    const sim::World w = prepared.run(84, r, false, &reasons);
    bad += w.change.hypothesis > 0 ? 1 : 0;
    for (const auto& reason : reasons) {
      real += reason.kind == sim::ReasonKind::late_real ? 1 : 0;
      outdated += reason.kind == sim::ReasonKind::late_false ? 1 : 0;
    }
  }
  CHECK(near(real / bad, share_error(0.7, bad), 0.7));
  CHECK(near(outdated / (kRuns - bad), share_error(0.1, kRuns - bad), 0.1));
  CHECK_FALSE(near(real / bad, share_error(0.7, bad), 0.72));
}
