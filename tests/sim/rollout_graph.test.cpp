// The checks on the rollout graph find planted faults, and show the path to them.
#include <catch2/catch.hpp>

#include "sim/rollout_graph.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using Kind = sim::GraphFinding::Kind;

namespace {

sim::ScenarioParams sound_scene() {
  sim::ScenarioParams p = scene();
  p.signals.push_back(ratio_signal(0.01));
  sim::PersonParams lead;
  lead.id = "lead";
  p.people.push_back(lead);
  sim::ApprovalParams rule;
  rule.id = "rule";
  rule.all = {"lead"};
  p.approvals.push_back(rule);
  return p;
}

sim::StrategyParams sound_strategy() {
  sim::StrategyParams s = rollout({{0.1, seconds{100}}, {1, seconds{100}}});
  s.approvals = "rule";
  sim::VerdictParams v;
  v.signal = "errors";
  v.threshold.emplace();
  v.threshold->above = 0.1;
  s.monitoring.verdicts.push_back(v);
  return s;
}

std::vector<sim::GraphFinding> found(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  const Prepared run(p, s);
  return sim::check_graph(sim::rollout_graph(run.scenario, run.strategy));
}

bool passes(const sim::GraphFinding& finding, const std::string& state) {
  return std::find(finding.path.begin(), finding.path.end(), state) != finding.path.end();
}

}  // namespace

TEST_CASE("A sound strategy has an approved way to everybody, a way back, and no dead end") {
  CHECK(found(sound_scene(), sound_strategy()).empty());
}

TEST_CASE("A way to 100% without an approval is shown as its path") {
  sim::StrategyParams s = sound_strategy();
  s.approvals.clear();
  const auto none = found(sound_scene(), s);
  REQUIRE(none.size() == 1);
  CHECK(none[0].kind == Kind::unapproved);
  CHECK(none[0].path == std::vector<std::string>{"page", "triage", "authoring", "waiting for the window",
                                                 "deploying", "step 1 (10%)", "step 2 (100%)"});

  sim::ScenarioParams p = sound_scene();
  p.people[0].declines = 0.1;
  s = sound_strategy();
  CHECK(found(p, s).empty());
  s.on_refusal = sim::OnRefusal::ship;
  const auto shipped = found(p, s);
  REQUIRE(shipped.size() == 1);
  CHECK(passes(shipped[0], "approval refused, and shipped all the same"));

  p = sound_scene();
  p.people[0].impersonated = 0.1;
  s = sound_strategy();
  CHECK(found(p, s).empty());
  s.check_identity = false;
  const auto believed = found(p, s);
  REQUIRE(believed.size() == 1);
  CHECK(passes(believed[0], "an approval from somebody else's account"));
}

TEST_CASE("A change that nothing can take back is found at its first traffic") {
  sim::StrategyParams s = sound_strategy();
  s.monitoring.verdicts[0].dry_run = true;
  s.max_attempts = 1;
  CHECK(found(sound_scene(), s).empty());  // whoever verifies the resolution can still find it
  sim::ScenarioParams p = sound_scene();
  p.response.verify.sensitivity = 0;
  const auto none = found(p, s);
  REQUIRE(none.size() == 1);
  CHECK(none[0].kind == Kind::no_way_back);
  CHECK(none[0].path.back() == "step 1 (10%)");
  s.monitoring.watchers = 1;  // people who watch can, as long as they watch
  const auto late = found(p, s);
  REQUIRE(late.size() == 1);
  CHECK(late[0].path.back() == "complete");
}

TEST_CASE("Another attempt is no way back for this one") {
  sim::ScenarioParams p = sound_scene();
  sim::StrategyParams s = sound_strategy();
  s.steps = {{0.1, seconds{100}}, {0.5, seconds{100}}, {1, seconds{100}}};
  s.monitoring.reports_to_act = 0;
  s.monitoring.verdicts[0].in_step = 1;
  s.monitoring.verdicts[0].threshold->count = 1;
  s.max_attempts = 5;
  auto none = found(p, s);  // whoever finds a fault refines it in the last step, where nothing can act
  REQUIRE(none.size() == 1);
  CHECK(none[0].kind == Kind::no_way_back);
  CHECK(none[0].path.back() == "step 2 (50%)");
  s.on_late_regression = sim::OnLateRegression::roll_back;
  CHECK(found(p, s).empty());
  s.on_late_regression = sim::OnLateRegression::fix_forward;
  s.monitoring.verdicts.push_back(sound_strategy().monitoring.verdicts[0]);
  CHECK(found(p, s).empty());
}

TEST_CASE("What can never fail, has had its last look, or sees nothing is no way back") {
  sim::ScenarioParams p = sound_scene();
  p.response.verify.sensitivity = 0;
  sim::StrategyParams s = sound_strategy();
  s.monitoring.reports_to_act = 0;
  const auto first_without = [&p](const sim::StrategyParams& strategy) {
    for (const auto& finding : found(p, strategy)) {
      if (finding.kind == Kind::no_way_back) return finding.path.back();
    }
    return std::string("none");
  };
  sim::VerdictParams& v = s.monitoring.verdicts[0];
  v.no_data = sim::NoData::ignore;
  CHECK(first_without(s) == "complete");
  v.threshold->failure_limit = -1;
  CHECK(first_without(s) == "step 1 (10%)");
  v.threshold->pass_below = 0.05;  // between the bounds it is inconclusive, and held, and rolled back
  CHECK(first_without(s) == "complete");
  s.monitoring.on_inconclusive = sim::OnInconclusive::promote;
  CHECK(first_without(s) == "step 1 (10%)");
  v.threshold->pass_below.reset();
  v.threshold->count = 1;
  v.threshold->failure_limit = 1;  // one measurement cannot exceed one failure
  CHECK(first_without(s) == "step 1 (10%)");
  v.threshold->failure_limit = 0;
  CHECK(first_without(s) == "step 2 (100%)");  // its one look comes in step 1
  v.threshold->count = 0;
  v.threshold->measure = sim::Measure::ratio_to_stable;
  CHECK(first_without(s) == "step 2 (100%)");
  v.no_data = sim::NoData::fail;
  CHECK(first_without(s) == "complete");
}

TEST_CASE("Reports take a change back where somebody reads them and something is reported") {
  sim::ScenarioParams p = sound_scene();
  p.response.verify.sensitivity = 0;
  p.change.regression.probability = 0.1;
  p.change.regression.severities = {severity(1, 0.1)};
  sim::StrategyParams s = sound_strategy();
  s.monitoring.verdicts.clear();
  p.reports.emplace();
  p.reports->probability = 0.1;
  CHECK(found(p, s).empty());
  p.change.regression.severities[0].harm_per_request = 0;
  CHECK(found(p, s).at(0).kind == Kind::no_way_back);
  p.reports->false_rate = p.reports->blamed = 0.1;
  CHECK(found(p, s).empty());
  s.monitoring.reports_to_act = 0;
  CHECK(found(p, s).at(0).kind == Kind::no_way_back);
}

TEST_CASE("A step that waits for a verdict which never has data is a dead end, and says why") {
  sim::ScenarioParams p = sound_scene();
  sim::StrategyParams s = sound_strategy();
  sim::VerdictParams& v = s.monitoring.verdicts[0];
  s.monitoring.watchers = 1;  // it is the step that is at stake, not the way back
  v.in_step = 1;
  v.no_data = sim::NoData::ignore;
  v.threshold->count = 3;
  v.threshold->min_items = 60;  // 10 a second, a tenth of them for a minute
  CHECK(found(p, s).empty());
  v.threshold->min_items = 120;  // 60, six standard deviations and six
  auto stuck = found(p, s);
  REQUIRE(stuck.size() == 1);
  CHECK(stuck[0].kind == Kind::dead_end);
  CHECK(stuck[0].path.back() == "step 1 (10%)");
  CHECK(stuck[0].why ==
        "this step can never end: its verdict on \"errors\" asks for measurements of 120 items, and no "
        "measurement here can have more than 112: it waits for data for ever");
  v.dry_run = true;  // nobody waits for it
  CHECK(found(p, s).empty());
  v.dry_run = false;
  v.no_data = sim::NoData::fail;
  CHECK(found(p, s).empty());
  v.no_data = sim::NoData::ignore;
  p.traffic.entry[0].burst.emplace();
  p.traffic.entry[0].burst->factor = 2;
  p.traffic.entry[0].burst->mean_gap = p.traffic.entry[0].burst->mean_length = minutes{10};
  CHECK(found(p, s).empty());
}

TEST_CASE("A step of full weight whose verdict compares with the stable arm is a dead end") {
  sim::StrategyParams s = sound_strategy();
  s.monitoring.watchers = 1;
  sim::VerdictParams& v = s.monitoring.verdicts[0];
  v.in_step = 2;
  v.no_data = sim::NoData::ignore;
  v.threshold->count = 3;
  CHECK(found(sound_scene(), s).empty());
  v.threshold->measure = sim::Measure::difference_to_stable;
  const auto stuck = found(sound_scene(), s);
  REQUIRE(stuck.size() == 1);
  CHECK(stuck[0].kind == Kind::dead_end);
  CHECK(stuck[0].path.back() == "step 2 (100%)");
  CHECK(stuck[0].why.find("full weight leaves no traffic") != std::string::npos);
}

TEST_CASE("A judge can take a change back while there is a stable arm, and a dry run cannot") {
  sim::ScenarioParams p = sound_scene();
  p.response.verify.sensitivity = 0;
  sim::StrategyParams s = sound_strategy();
  s.max_attempts = 1;
  sim::VerdictParams judge;
  judge.judge.emplace();
  judge.judge->metrics.emplace_back().signal = p.signals[0].id;
  judge.judge->lifetime = minutes{1};
  s.monitoring.verdicts = {judge};
  const auto sound = found(p, s);
  REQUIRE(sound.size() == 1);
  CHECK(sound[0].path.back() == "step 2 (100%)");  // where it has nothing to compare with
  s.monitoring.verdicts[0].dry_run = true;
  CHECK(found(p, s).at(0).path.back() == "step 1 (10%)");
}

TEST_CASE("Approvals that nobody can give and a window that never opens are dead ends") {
  sim::ScenarioParams p = sound_scene();
  p.people[0].authority = sim::Authority::none;
  auto stuck = found(p, sound_strategy());
  REQUIRE(stuck.size() == 1);
  CHECK(stuck[0].kind == Kind::dead_end);
  CHECK(stuck[0].path.back() == "approvals");

  p = sound_scene();  // a Monday's midnight, and less than three hours
  p.gates.change_window.emplace();
  stuck = found(p, sound_strategy());
  REQUIRE(stuck.size() == 1);
  CHECK(stuck[0].kind == Kind::dead_end);
  CHECK(stuck[0].path.back() == "waiting for the window");
  sim::StrategyParams s = sound_strategy();
  s.bypasses = {{"change-window", "it is closed", sim::Compensation::on_call_cover}};
  CHECK(found(p, s).empty());
}
