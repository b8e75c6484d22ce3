// Kayenta's judge inside a rollout: when it runs, on which points, and what becomes of the rollout.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "tests/sim/judged_scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::NoData;
using sim::ReasonKind;

namespace {

Time first_traffic(const sim::Reasons& reasons) { return times_of(reasons, ReasonKind::step).at(0); }
Time rolled_back_at(const sim::Reasons& reasons) {
  const auto times = times_of(reasons, ReasonKind::rollback_began);
  return times.empty() ? sim::kNever : times[0];
}
bool completes(const sim::Reasons& reasons) {
  return times_of(reasons, ReasonKind::complete).size() == 1 && rolled_back_at(reasons) == sim::kNever;
}

}  // namespace

TEST_CASE("A release that is no worse is promoted to the second that the runs say") {
  const sim::Reasons reasons = told(quiet_scene(2), one_stage(2, minutes{30}, minutes{10}, minutes{5}));
  const Time began = first_traffic(reasons);
  CHECK(times_of(reasons, ReasonKind::judged) == std::vector<Time>{began + minutes{15}, began + minutes{25}});
  CHECK(times_of(reasons, ReasonKind::verdict_passed) == std::vector<Time>{began + minutes{35}});
  CHECK(times_of(reasons, ReasonKind::step).at(1) == began + minutes{35});
  CHECK(times_of(reasons, ReasonKind::graded).empty());
  CHECK(completes(reasons));
}

TEST_CASE("Without an interval there is one run, at the end of the lifetime") {
  for (const Duration interval : {Duration{}, Duration{hours{1}}}) {
    const sim::Reasons reasons = told(quiet_scene(2), one_stage(2, minutes{30}, interval, minutes{5}));
    CHECK(times_of(reasons, ReasonKind::judged).empty());
    CHECK(times_of(reasons, ReasonKind::verdict_passed).at(0) == first_traffic(reasons) + minutes{35});
  }
}

TEST_CASE("A release that is worse is rolled back at its first run; between marginal and pass at its last") {
  const sim::ScenarioParams bad = regressed(quiet_scene(2), {0});
  sim::StrategyParams s = one_stage(2, minutes{30}, minutes{10}, minutes{5});
  const sim::Reasons at_once = told(bad, s);  // one of two metrics: 50
  CHECK(rolled_back_at(at_once) == first_traffic(at_once) + minutes{15});
  judge_of(s).marginal = 40;
  judge_of(s).pass = 60;
  const sim::Reasons at_last = told(bad, s);
  CHECK(times_of(at_last, ReasonKind::judged).size() == 2);
  CHECK(rolled_back_at(at_last) == first_traffic(at_last) + minutes{35});
}

TEST_CASE("Marginal must be exceeded and pass be reached, by the score itself") {
  const sim::ScenarioParams bad = regressed(quiet_scene(4), {2});  // 75 of 100
  sim::StrategyParams s = one_stage(4, minutes{30}, minutes{10});
  const auto runs_with = [&](double marginal, double pass) {
    judge_of(s).marginal = marginal;
    judge_of(s).pass = pass;
    const sim::Reasons reasons = told(bad, s);
    return completes(reasons) ? Duration{} : rolled_back_at(reasons) - first_traffic(reasons);
  };
  CHECK(runs_with(75, 75) == minutes{10});
  CHECK(runs_with(74.99, 75.01) == minutes{30});
  CHECK(runs_with(74.99, 75) == Duration{});
}

TEST_CASE("What shows late is diluted in a growing sight and found by a sliding one") {
  sim::ScenarioParams late = regressed(quiet_scene(1), {0});
  late.change.regression.severities[0].onset.delay = minutes{40};
  sim::StrategyParams s = one_stage(1, minutes{60}, {});
  CHECK(completes(told(late, s)));  // two windows in three are clean
  judge_of(s).lookback = minutes{15};
  const sim::Reasons reasons = told(late, s);
  CHECK(rolled_back_at(reasons) == first_traffic(reasons) + minutes{60});
  judge_of(s).lookback = minutes{50};
  CHECK(completes(told(late, s)));
}

TEST_CASE("The windows of the warm-up are left out, but not of a lookback that reaches them") {
  sim::ScenarioParams late = regressed(quiet_scene(1), {0});
  late.change.regression.severities[0].onset.delay = minutes{20};
  CHECK(completes(told(late, one_stage(1, minutes{40}, {}))));
  sim::StrategyParams s = one_stage(1, minutes{20}, {}, minutes{20});
  const sim::Reasons reasons = told(late, s);
  CHECK(rolled_back_at(reasons) == first_traffic(reasons) + minutes{40});
  judge_of(s).lookback = minutes{40};
  CHECK(completes(told(late, s)));
}

TEST_CASE("A critical metric alone fails what its group would forgive, by its critical effect") {
  const sim::ScenarioParams bad = regressed(quiet_scene(2), {0});  // to three times its level
  sim::StrategyParams s = one_stage(2, minutes{30}, minutes{10});
  judge_of(s).marginal = 40;
  judge_of(s).pass = 50;
  CHECK(completes(told(bad, s)));
  judge_of(s).metrics[0].critical = true;
  const sim::Reasons reasons = told(bad, s);
  CHECK(rolled_back_at(reasons) == first_traffic(reasons) + minutes{10});
  CHECK(times_of(reasons, ReasonKind::graded_critical).size() == 1);
  judge_of(s).metrics[0].critical_increase = 3.5;
  CHECK(completes(told(bad, s)));
  judge_of(s).metrics[0].allowed_increase = 3.5;
  judge_of(s).pass = 100;
  CHECK(completes(told(bad, s)));  // the metric passes
}

TEST_CASE("Weights of groups decide what one bad metric costs") {
  const sim::ScenarioParams bad = regressed(quiet_scene(3), {0});
  sim::StrategyParams s = one_stage(3, minutes{30}, {});
  judge_of(s).marginal = 60;
  judge_of(s).pass = 65;
  CHECK(completes(told(bad, s)));  // 66.67
  judge_of(s).metrics[0].group = "errors";
  CHECK_FALSE(completes(told(bad, s)));  // 50
  judge_of(s).weights = {{"errors", 30}};
  CHECK(completes(told(bad, s)));  // 70
}

TEST_CASE("Without data for half of the metrics a run counts as the verdict says") {
  const sim::ScenarioParams p = without_items(drawn_scene(2), 1);
  sim::StrategyParams s = one_stage(2, minutes{30}, minutes{10});
  sim::VerdictParams& v = s.monitoring.verdicts[0];
  const auto told_with = [&](NoData policy) {
    v.no_data = policy;
    return told(p, s);
  };
  const sim::Reasons error = told_with(NoData::error);
  CHECK(times_of(error, ReasonKind::verdict_error).size() == 1);
  CHECK(rolled_back_at(error) == first_traffic(error) + minutes{10});
  const sim::Reasons fail = told_with(NoData::fail);
  CHECK(times_of(fail, ReasonKind::verdict_failed).size() == 1);
  CHECK(rolled_back_at(fail) == first_traffic(fail) + minutes{10});
  CHECK(completes(told_with(NoData::pass)));
  // Ignored to the last: inconclusive. Its step is extended three times, and it judges anew each time.
  const sim::Reasons ignore = told_with(NoData::ignore);
  CHECK(times_of(ignore, ReasonKind::extended).size() == sim::kMaxExtensions);
  CHECK(rolled_back_at(ignore) == first_traffic(ignore) + 4 * minutes{30});
  CHECK(times_of(ignore, ReasonKind::judged).size() == 4 * 2);
  s.monitoring.on_inconclusive = sim::OnInconclusive::promote;
  CHECK(completes(told_with(NoData::ignore)));
}

TEST_CASE("A single metric without data is left out, or failed where it must have data or is critical") {
  const sim::ScenarioParams p = without_items(drawn_scene(3), 1);
  sim::StrategyParams s = one_stage(3, minutes{30}, minutes{10});
  judge_of(s).confidence = 0.9999;
  CHECK(completes(told(p, s)));
  judge_of(s).metrics[1].nan_strategy = sim::NanStrategy::replace;
  CHECK(completes(told(p, s)));
  judge_of(s).metrics[1].nan_strategy = sim::NanStrategy::remove;
  judge_of(s).metrics[1].must_have_data = true;  // 66.67
  CHECK_FALSE(completes(told(p, s)));
  judge_of(s).marginal = 50;
  judge_of(s).pass = 60;
  CHECK(completes(told(p, s)));
  judge_of(s).metrics[1].critical = true;  // 0
  CHECK_FALSE(completes(told(p, s)));
}

namespace {

// Another verdict that looks at the first signal every ten minutes, and never fails.
void look_beside(sim::StrategyParams& s) {
  sim::VerdictParams background;
  background.signal = "metric 0";
  background.threshold.emplace();
  background.threshold->above = 1e9;
  background.no_data = NoData::ignore;
  s.monitoring.interval = minutes{10};
  s.monitoring.verdicts.push_back(background);
}

}  // namespace

TEST_CASE("Judged signals are measured window by window in both arms, and no longer than that") {
  sim::StrategyParams s = one_stage(1, minutes{20}, minutes{10});
  look_beside(s);
  s.steps.back().duration = minutes{60};
  const sim::Reasons reasons = told(drawn_scene(1), s);
  const Time began = first_traffic(reasons);
  int judged = 0, later = 0;
  for (const sim::Reason& r : reasons) {
    if (r.kind != ReasonKind::published) continue;
    ++(r.at <= began + minutes{20} ? judged : later);
    if (r.at <= began + minutes{20}) CHECK(r.n2 > 0);
  }
  CHECK(judged == 40);  // every 30 seconds
  CHECK(later < 10);    // as the background looks
  s.monitoring.verdicts.erase(s.monitoring.verdicts.begin());
  s.steps[0].duration = minutes{20};
  const sim::Reasons merged = told(drawn_scene(1), s);
  CHECK(times_of(merged, ReasonKind::published).size() < 15);
}

TEST_CASE(
    "A judge that begins while its signal is measured in stretches takes whole windows of its own time") {
  sim::StrategyParams s = one_stage(1, minutes{20}, {});
  s.steps = {{0.2, minutes{25} + seconds{10}}, {0.5, seconds{1}}, {1, minutes{10}}};
  s.monitoring.verdicts[0].in_step = 2;
  look_beside(s);
  sim::ScenarioParams p = regressed(quiet_scene(1), {0});
  p.change.regression.severities[0].onset.weight = 0.4;
  const sim::Reasons reasons = told(p, s);
  const auto graded = std::find_if(reasons.begin(), reasons.end(),
                                   [](const auto& r) { return r.kind == ReasonKind::graded; });
  REQUIRE(graded != reasons.end());
  // The stretch that is open when it begins, and ends 20 seconds later, is none.
  CHECK(graded->more[2] == 39);
  CHECK(graded->value == 3);
  CHECK(graded->value2 == 1);
}

TEST_CASE("Judges of two stages have points of their own, and a new attempt begins without any") {
  sim::StrategyParams s = one_stage(1, minutes{20}, {});
  s.steps = {{0.2, seconds{1}}, {0.5, seconds{1}}, {1, minutes{10}}};
  s.monitoring.verdicts.push_back(s.monitoring.verdicts[0]);
  s.monitoring.verdicts[1].in_step = 2;
  s.max_attempts = 3;
  sim::ScenarioParams p = regressed(quiet_scene(1), {0});
  p.horizon = hours{12};
  p.change.regression.severities[0].onset.weight = 0.4;
  const sim::Reasons reasons = told(p, s);
  const auto steps = times_of(reasons, ReasonKind::step);
  REQUIRE(steps.size() == 6);  // two in each attempt
  for (std::size_t attempt = 0; attempt < 3; ++attempt) {
    CHECK(steps[2 * attempt + 1] == steps[2 * attempt] + minutes{20});
    CHECK(times_of(reasons, ReasonKind::rollback_began).at(attempt) == steps[2 * attempt + 1] + minutes{20});
  }
  for (const sim::Reason& r : reasons) {
    if (r.kind != ReasonKind::graded) continue;
    CHECK(r.more[2] == 39);  // the fortieth window of each stage is published after the run
    CHECK(r.more[3] == 39);
  }
}

TEST_CASE("A judge begins with its step, and a dry run is told and never acted on") {
  sim::StrategyParams s = one_stage(1, minutes{20}, minutes{10});
  s.steps = {{0.2, minutes{30}}, {0.5, minutes{40}}, {1, minutes{10}}};
  s.monitoring.verdicts[0].in_step.reset();
  s.monitoring.verdicts[0].from_step = 2;
  const sim::ScenarioParams bad = regressed(quiet_scene(1), {0});
  const sim::Reasons reasons = told(bad, s);
  CHECK(rolled_back_at(reasons) == first_traffic(reasons) + minutes{40});
  s.monitoring.verdicts[0].dry_run = true;
  const sim::Reasons dry = told(bad, s);
  CHECK(times_of(dry, ReasonKind::verdict_failed).at(0) == first_traffic(dry) + minutes{40});
  CHECK(completes(dry));
}

TEST_CASE(
    "A refinement goes in place at full weight, where a judge has nothing to compare and does not begin") {
  sim::ScenarioParams p = drawn_scene(1);
  p.harm.ongoing.per_request = 0.1;
  p.change.fix_effectiveness = fixed(0);
  p.response.verify.sensitivity = 1;
  sim::StrategyParams s = one_stage(1, minutes{5}, {});
  s.steps = {{0.5, minutes{10}}, {1, minutes{20}}};
  s.monitoring.verdicts[0].in_step.reset();
  s.max_attempts = 3;
  judge_of(s).confidence = 0.9999;
  const sim::Reasons reasons = told(p, s);
  CHECK(times_of(reasons, ReasonKind::verdict_passed).size() == 1);
  CHECK(times_of(reasons, ReasonKind::refined).size() == 2);
  CHECK(times_of(reasons, ReasonKind::verdict_error).empty());
  CHECK(rolled_back_at(reasons) == sim::kNever);
}

TEST_CASE("Where every count is its expectation a clean change passes, whatever its level and weight") {
  for (const double level : {1.0, 0.1, 1.0 / 3, 0.7, 12.3, 1e-4}) {
    for (const double weight : {0.01, 0.1, 0.3, 0.5, 0.77}) {
      sim::ScenarioParams p = quiet_scene(1);
      p.traffic.entry[0].rate_per_s = 10.0 / 3;
      p.signals[0].baseline = level;
      sim::StrategyParams s = one_stage(1, minutes{30}, minutes{10});
      s.steps[0].weight = weight;
      INFO(level << " at " << weight);
      CHECK(completes(told(p, s)));
      p = regressed(p, {0});
      CHECK_FALSE(completes(told(p, s)));
    }
  }
}
