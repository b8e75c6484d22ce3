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

TEST_CASE("A judge can take a change back from the step with which it begins, and a dry run cannot") {
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
  CHECK(sound[0].path.back() == "complete");
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
