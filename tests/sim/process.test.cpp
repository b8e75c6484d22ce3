// Interruptions, conflicts and refusals on the way to the first traffic, against closed forms: confidence
// 99.9%, so many draws that a formula 1% off fails; and who is asked on top for a freeze, to the second.
#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using K = sim::ReasonKind;

namespace {

sim::Distribution exponential(double mean) {
  sim::Distribution d = fixed(mean);
  d.kind = sim::Distribution::Kind::exponential;
  return d;
}

// Called away a tenth of a time per second, 5 s each on average. The evaluation flags every change, so that
// it is written twice at least: once before the message is out, and then after it.
sim::ScenarioParams interrupted_scene(double per_second = 0.1, double each = 5) {
  sim::ScenarioParams p = scene();
  p.communication.emplace();
  p.communication->time = fixed(100);
  p.communication->calms = 0.25;
  p.communication->interruptions.per_second = per_second;
  p.communication->interruptions.each = exponential(each);
  p.gates.eval_gate.emplace();
  p.gates.eval_gate->time = fixed(10);
  p.gates.eval_gate->specificity = 0;
  return p;
}

struct Cost {
  Moments triage, first, second;  // seconds that interruptions cost the work
};

// Twice 600 s of work after 300 s, and some 750 s of interruptions: 4000 s are enough.
Cost cost_of_interruptions(const sim::ScenarioParams& p, bool communicate, std::uint32_t runs) {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  s.communicate = communicate;
  const Prepared run(p, s);
  Cost cost;
  sim::Reasons reasons;
  for (std::uint32_t r = 0; r < runs; ++r) {
    reasons.clear();
    sim::World world = run.begin(3, r, false, &reasons);
    sim::advance(run.scenario, run.strategy, world, seconds{4000}, &reasons);
    double triaged = -1;
    std::vector<double> authored;
    for (const sim::Reason& reason : reasons) {
      if (reason.kind == K::triaged) triaged = sim::to_seconds(reason.at);
      if (reason.kind == K::authored) authored.push_back(sim::to_seconds(reason.at));
    }
    REQUIRE(authored.size() >= 2);
    cost.triage.add(triaged - 300);
    cost.first.add(authored[0] - triaged - 600);
    cost.second.add(authored[1] - authored[0] - 10 - 600);
  }
  return cost;
}

// How many of `runs` changes carry a regression once they are written.
double regressions(const sim::ScenarioParams& p, const sim::StrategyParams& s, std::uint32_t runs) {
  const Prepared run(p, s);
  double count = 0;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::World world = run.begin(4, r);
    sim::advance(run.scenario, run.strategy, world, seconds{900});
    count += world.draft.hypothesis > 0 ? 1 : 0;
  }
  return count;
}

sim::Reasons told(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  sim::Reasons reasons;
  Prepared(p, s).run(1, 0, false, &reasons);
  return reasons;
}

// The first of a kind; its time is kNever if there is none.
sim::Reason first(const sim::Reasons& reasons, K kind) {
  for (const sim::Reason& r : reasons) {
    if (r.kind == kind) return r;
  }
  sim::Reason none;
  none.at = sim::kNever;
  return none;
}

sim::ScenarioParams sequenced_scene() {
  sim::ScenarioParams p = scene();
  p.change.regression.probability = 0.2;
  p.change.regression.haste_odds = 1;
  p.change.regression.night_odds = 1;
  p.change.regression.severities = {severity(1, 0)};
  p.gates.coordination.emplace();
  p.gates.coordination->other_changes = 2;
  p.gates.coordination->time_each = fixed(50);
  p.gates.coordination->conflict_odds = 3;
  return p;
}

sim::PersonParams person(const char* id, sim::Authority authority, double answers) {
  sim::PersonParams p;
  p.id = id;
  p.authority = authority;
  p.answer = {fixed(answers), fixed(answers)};
  return p;
}

sim::ScenarioParams approved_scene() {
  sim::ScenarioParams p = scene();
  p.people = {person("engineer", sim::Authority::senior_engineer, 50),
              person("head", sim::Authority::executive, 700),
              person("lead", sim::Authority::platform_lead, 400)};
  sim::ApprovalParams rule;
  rule.id = "rule";
  rule.all = {"engineer"};
  p.approvals.push_back(rule);
  return p;
}

sim::StrategyParams approved() {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  s.approvals = "rule";
  s.on_refusal = sim::OnRefusal::give_up;
  return s;
}

// How many of `runs` emergencies are given up because the engineer refuses.
double refusals(double real, double sees_through, double declines, std::uint32_t runs) {
  sim::ScenarioParams p = approved_scene();
  p.real = real;
  p.people[0].sees_through = sees_through;
  p.people[0].declines = declines;
  const Prepared run(p, approved());
  double count = 0;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::World world = run.begin(5, r);
    sim::advance(run.scenario, run.strategy, world, seconds{960});
    count += world.rollout.stage == sim::Stage::abandoned ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("Interruptions cost their number times what one costs, by Wald's identity") {
  const Cost cost = cost_of_interruptions(interrupted_scene(), false, 60'000);
  CHECK(mean_is(cost.triage, 0.1 * 300 * 5));
  CHECK(mean_is(cost.first, 0.1 * 600 * 5));
  CHECK(mean_is(cost.second, 0.1 * 600 * 5));
  // The variance of a compound Poisson sum: number times E(X^2), which is twice the mean's square here.
  CHECK(near(cost.first.variance(), cost.first.variance_error(), 0.1 * 600 * 2 * 25));
  // The twins: fewer calls, shorter calls, nobody calls.
  CHECK(mean_is(cost_of_interruptions(interrupted_scene(0.09, 5), false, 60'000).first, 0.09 * 600 * 5));
  CHECK(mean_is(cost_of_interruptions(interrupted_scene(0.1, 4.5), false, 60'000).first, 0.1 * 600 * 4.5));
  CHECK(cost_of_interruptions(interrupted_scene(0), false, 10).first.mean() == 0);
}

TEST_CASE("A message that is out keeps its share of the interruptions away, from the next work on") {
  const Cost cost = cost_of_interruptions(interrupted_scene(), true, 60'000);
  CHECK(mean_is(cost.first, 0.1 * 600 * 5));  // began before the message was out
  CHECK(mean_is(cost.second, 0.1 * 600 * 5 * 0.75));
  sim::ScenarioParams p = interrupted_scene();  // the twins: it calms nobody, it calms everybody
  p.communication->calms = 0;
  CHECK(mean_is(cost_of_interruptions(p, true, 60'000).second, 0.1 * 600 * 5));
  p.communication->calms = 1;
  CHECK(cost_of_interruptions(p, true, 10).second.mean() == 0);
}

TEST_CASE("A change that goes out of sequence has its odds of a regression multiplied") {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  s.bypasses = {{"coordination", "it alone is the fix", sim::Compensation::none}};
  const sim::ScenarioParams p = sequenced_scene();
  // Odds 1 : 4 become 3 : 4.
  CHECK(first(told(p, s), K::authored).value == Approx(3.0 / 7));
  CHECK(share_is(regressions(p, s, 700'000), 700'000, 3.0 / 7));
  CHECK(first(told(p, s), K::step).at == seconds{1000});
  sim::ScenarioParams milder = p;
  milder.gates.coordination->conflict_odds = 1.5;
  CHECK(first(told(milder, s), K::authored).value == Approx(1.5 / 5.5));
}

TEST_CASE("A change that keeps its place in the sequence has the odds that it had") {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  CHECK(first(told(sequenced_scene(), s), K::authored).value == Approx(0.2));
  CHECK(first(told(sequenced_scene(), s), K::step).at == seconds{1000 + 2 * 50});
  s.bypasses = {{"coordination", "it alone is the fix", sim::Compensation::standard_sequence}};
  CHECK(first(told(sequenced_scene(), s), K::authored).value == Approx(0.2));
  s.bypasses[0].compensation = sim::Compensation::none;
  sim::ScenarioParams alone = sequenced_scene();
  alone.gates.coordination->other_changes = 0;
  CHECK(first(told(alone, s), K::authored).value == Approx(0.2));
}

TEST_CASE("An approver sees through a false emergency with their probability, and never through a real one") {
  CHECK(share_is(refusals(0, 0.6, 0, 400'000), 400'000, 0.6));
  CHECK(share_is(refusals(0, 0.6, 0.5, 200'000), 200'000, 1 - 0.4 * 0.5));
  CHECK(refusals(1, 0.6, 0, 2000) == 0);
  CHECK(refusals(0, 0, 0, 2000) == 0);
  CHECK(refusals(0, 1, 0, 2000) == 2000);
}

TEST_CASE("For a freeze that is bypassed a senior is asked on top, and everybody waits for the answer") {
  sim::ScenarioParams p = approved_scene();
  p.gates.freeze = {{"2026-03-01", "2026-03-09", "the end of the quarter"}};
  sim::StrategyParams s = approved();
  const auto with = [&](sim::Compensation compensation) {
    s.bypasses = {{"freeze", "the harm goes on", compensation}};
    return told(p, s);
  };
  const auto asked = [](const sim::Reasons& reasons) {
    std::string names;
    for (const sim::Reason& r : reasons) {
      if (r.kind == K::approval_asked) names += std::to_string(r.who);
    }
    return names;
  };
  const sim::Reasons senior = with(sim::Compensation::senior_approval);
  CHECK(asked(senior).find('2') != std::string::npos);  // the platform lead goes before the executive
  CHECK(asked(senior).find('1') == std::string::npos);
  CHECK(first(senior, K::approved).at == seconds{900 + 400});
  CHECK(first(senior, K::step).at == seconds{900 + 400 + 100});
  // The twins: without it the rule alone counts; and the senior's own time and judgement move the result.
  const sim::Reasons alone = with(sim::Compensation::none);
  CHECK(asked(alone) == "0");
  CHECK(first(alone, K::approved).at == seconds{900 + 50});
  p.people[2].answer = {fixed(460), fixed(460)};
  CHECK(first(with(sim::Compensation::senior_approval), K::approved).at == seconds{900 + 460});
  p.people[2].declines = 1;
  CHECK(first(with(sim::Compensation::senior_approval), K::abandoned).at == seconds{900 + 460});
  p.people.pop_back();
  CHECK(first(with(sim::Compensation::senior_approval), K::approved).at == seconds{900 + 700});
  p.gates.freeze.clear();
  CHECK(asked(with(sim::Compensation::senior_approval)) == "0");
}
