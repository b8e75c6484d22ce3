// What a judge says in a timeline: its runs, the metrics that do not pass, its verdict.
#include "analysis/judge_text.hpp"

#include <catch2/catch.hpp>

#include "analysis/timeline.hpp"
#include "analysis/timeline_text.hpp"
#include "tests/sim/judged_scenes.hpp"

namespace breakglass::analysis {
namespace {

using namespace tests;
using sim::NoData;
using sim::ReasonKind;

// What is said of the judge, line by line.
std::string said(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  const Prepared run(p, s);
  sim::Reasons reasons;
  run.run(3, 0, false, &reasons);
  std::string text;
  for (const sim::Reason& r : reasons) {
    const std::string line = describe(run.scenario, run.strategy, r);
    if (line.find("judge") != std::string::npos) text += line + "\n";
  }
  return text;
}

sim::ScenarioParams named_scene() {
  sim::ScenarioParams p = quiet_scene(3);
  p.signals[0].kind = sim::SignalKind::ratio;
  p.signals[0].baseline = 0.03;
  return p;
}

}  // namespace

TEST_CASE("a judge tells its runs, what did not pass in them, and why it ended") {
  sim::StrategyParams s = one_stage(3, minutes{30}, minutes{10});
  CHECK(said(named_scene(), s) ==
        "judge of metric 0, metric 1, metric 2: run 1 of 3: score 100, above marginal 75; it goes on\n"
        "judge of metric 0, metric 1, metric 2: run 2 of 3: score 100, above marginal 75; it goes on\n"
        "verdict of the judge of metric 0, metric 1, metric 2: passed; run 3 of 3: score 100, pass is 95\n");
  CHECK(said(regressed(named_scene(), {0}), s) ==
        "judge: metric 0 High: change 9%, stable 3%; shifted by +6% to +6% (19 points against 19)\n"
        "verdict of the judge of metric 0, metric 1, metric 2: failed; run 1 of 3: score 66.67, not above "
        "marginal 75\n");
  sim::JudgeParams& judge = judge_of(s);
  judge.interval = {};
  judge.marginal = 50;
  CHECK(said(regressed(named_scene(), {1}), s) ==
        "judge: metric 1 High: change 3, stable 1; shifted by +2 to +2 (59 points against 59)\n"
        "verdict of the judge of metric 0, metric 1, metric 2: failed; run 1 of 1: score 66.67, below pass "
        "95\n");
  judge.metrics[2].critical = true;
  s.monitoring.verdicts[0].dry_run = true;
  s.steps[0].duration = minutes{30};  // no step waits for a dry run
  sim::ScenarioParams fallen = regressed(named_scene(), {2});
  fallen.change.regression.severities[0].moves[0].ratio = 0.5;
  CHECK(said(fallen, s) ==
        "judge: metric 2 Low: change 0.5, stable 1; shifted by -0.5 to -0.5 (59 points against 59); it is "
        "critical, so the score is 0\n"
        "verdict of the judge of metric 0, metric 1, metric 2: failed; run 1 of 1: score 0, not above "
        "marginal 50 (a dry run)\n");
}

TEST_CASE("a judge tells what it has no data on, and what that counts as") {
  const sim::ScenarioParams p = without_items(drawn_scene(2), 1);
  sim::StrategyParams s = one_stage(2, minutes{20}, minutes{10});
  judge_of(s).confidence = 0.9999;
  const std::string none = "judge: metric 1 Nodata: 0 points of the change, 0 of the stable arm\n";
  const std::string run = "half of its metrics or more have no data";
  CHECK(said(p, s) ==
        none + "verdict of the judge of metric 0, metric 1: could not judge; run 1 of 2: " + run + "\n");
  s.monitoring.verdicts[0].no_data = NoData::pass;
  CHECK(said(p, s) == none + "judge of metric 0, metric 1: run 1 of 2: " + run +
                          ", which passes; it goes on\n" + none +
                          "verdict of the judge of metric 0, metric 1: passed; run 2 of 2: " + run + "\n");
  s.monitoring.verdicts[0].no_data = NoData::ignore;
  s.monitoring.on_inconclusive = sim::OnInconclusive::promote;
  CHECK(said(p, s) ==
        none + "judge of metric 0, metric 1: run 1 of 2: " + run + ", not counted; it goes on\n" + none +
            "verdict of the judge of metric 0, metric 1: inconclusive; run 2 of 2: " + run + "\n");
}

TEST_CASE("in a timeline a judge's runs are decisions, and what it found is on the dashboards before them") {
  sim::StrategyParams s = one_stage(2, minutes{30}, minutes{10});
  judge_of(s).marginal = 40;
  const Prepared run(regressed(quiet_scene(2), {0}), s);
  int decisions = 0, findings = 0;
  for (const TimelineLine& line : tell(run.scenario, run.strategy, {}).lines) {
    if (line.text.find("judge") == std::string::npos) continue;
    const bool finding = line.text.starts_with("judge: ");
    CHECK(line.kind == (finding ? LineKind::dashboard : LineKind::decision));
    ++(finding ? findings : decisions);
  }
  CHECK(decisions == 3);
  CHECK(findings == 3);
}

}  // namespace breakglass::analysis
