// The process as people make it: to the second where times are fixed, by pencil where counts are
// expectations.
#include <catch2/catch.hpp>

#include "sim/outcome.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::ReasonKind;

namespace {

struct Told {
  sim::Reasons reasons;
  sim::Outcome outcome;

  Told(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
    const Prepared run(p, s);
    outcome = sim::outcome_of(run.scenario, run.strategy, run.run(1, 0, false, &reasons));
  }
  std::vector<Time> times(ReasonKind kind) const {
    std::vector<Time> found;
    for (const sim::Reason& r : reasons) {
      if (r.kind == kind) found.push_back(r.at);
    }
    return found;
  }
  Time first(ReasonKind kind) const {
    const auto found = times(kind);
    return found.empty() ? sim::kNever : found[0];
  }
};

// Nobody is at work at the page, a Monday's midnight.
sim::ScenarioParams staffed_scene() {
  sim::ScenarioParams p = scene();
  p.staffing.emplace();
  p.staffing->shifts.emplace_back();
  p.staffing->stretch = 3;
  return p;
}

// Its verdict fails for certain, 120 s after the first traffic: the first window is published at the first
// look and seen at the second.
sim::StrategyParams doomed(std::vector<sim::StepParams> steps) {
  sim::StrategyParams s = rollout(std::move(steps));
  s.max_attempts = 1;
  sim::VerdictParams v;
  v.signal = "errors";
  v.threshold.emplace();
  v.threshold->above = -1;
  v.no_data = sim::NoData::ignore;
  s.monitoring.verdicts.push_back(v);
  return s;
}
sim::ScenarioParams doomed_scene() {
  sim::ScenarioParams p = scene();
  p.signals.push_back(ratio_signal(0.01));
  p.response.decide = fixed(60);
  p.response.find_decider = fixed(600);
  p.response.muster = fixed(300);
  return p;
}
constexpr Time kAsked = seconds{1120};

sim::ScenarioParams reviewed_scene() {
  sim::ScenarioParams p = scene();
  sim::PersonParams lead;
  lead.id = "lead";
  lead.answer = {fixed(50), fixed(50)};
  p.people.push_back(lead);
  sim::ApprovalParams rule;
  rule.id = "rule";
  rule.all = {"lead"};
  p.approvals.push_back(rule);
  return p;
}
sim::StrategyParams reviewed() {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  s.approvals = "rule";
  return s;
}

}  // namespace

TEST_CASE("Outside of staffed hours people's work stretches, unless on-call cover was ensured") {
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  CHECK(Told(staffed_scene(), s).first(ReasonKind::step) == seconds{3 * 300 + 3 * 600 + 100});
  s.on_call_cover = true;
  CHECK(Told(staffed_scene(), s).first(ReasonKind::step) == seconds{1000});
  s.on_call_cover = false;
  s.bypasses = {{"change-window", "it is night", sim::Compensation::on_call_cover}};
  CHECK(Told(staffed_scene(), s).first(ReasonKind::step) == seconds{1000});
  s.bypasses[0].compensation = sim::Compensation::none;
  CHECK(Told(staffed_scene(), s).first(ReasonKind::step) == seconds{2800});
}

TEST_CASE("A promotion waits for staffed hours where the window says so, and not on a holiday") {
  sim::ScenarioParams p = staffed_scene();
  p.horizon = hours{48};
  p.staffing->stretch = 1;
  p.gates.change_window.emplace();
  p.gates.change_window->staffed_promotions = true;
  sim::StrategyParams s = rollout({{0.5, seconds{100}}, {1, seconds{100}}});
  s.bypasses = {{"change-window", "it is night", sim::Compensation::none}};
  CHECK(Told(p, s).times(ReasonKind::step).at(1) == hours{8});
  p.gates.holidays = {"2026-03-02"};
  CHECK(Told(p, s).times(ReasonKind::step).at(1) == hours{32});
}

TEST_CASE("A rollback waits for a decision and for somebody at the controls") {
  sim::StrategyParams s = doomed({{0.5, seconds{1000}}, {1, seconds{1000}}});
  CHECK(Told(doomed_scene(), s).first(ReasonKind::rollback_began) == kAsked + seconds{600 + 300});
  s.decision_maker = true;
  CHECK(Told(doomed_scene(), s).first(ReasonKind::rollback_began) == kAsked + seconds{60 + 300});
  s.staff_rollback = true;
  CHECK(Told(doomed_scene(), s).first(ReasonKind::rollback_began) == kAsked + seconds{60});
  CHECK(Told(doomed_scene(), s).first(ReasonKind::rolled_back) == kAsked + seconds{60 + 200});
  s.monitoring.automatic = true;
  CHECK(Told(doomed_scene(), s).first(ReasonKind::rollback_began) == kAsked);
}

TEST_CASE("A rollback that walks takes its steps, and one that is a new rollout takes the strategy's") {
  sim::StrategyParams s = doomed({{0.2, seconds{1000}}, {1, seconds{1000}}});
  s.monitoring.automatic = true;
  sim::ScenarioParams p = doomed_scene();
  p.rollback.gradual = sim::GradualParams{4, seconds{300}};
  const Told walked(p, s);
  CHECK(walked.times(ReasonKind::walking_back) ==
        std::vector<Time>{kAsked + seconds{200}, kAsked + seconds{300}, kAsked + seconds{400}});
  CHECK(walked.first(ReasonKind::rolled_back) == kAsked + seconds{500});
  p.rollback.gradual.reset();
  p.rollback.new_rollout = true;
  const Told anew(p, s);
  CHECK(anew.times(ReasonKind::walking_back) == std::vector<Time>{kAsked + seconds{200 + 100}});
  CHECK(anew.first(ReasonKind::rolled_back) == kAsked + seconds{200 + 100 + 1000});
}

TEST_CASE("What a regression has damaged goes on doing harm until it is repaired") {
  sim::ScenarioParams p = doomed_scene();
  p.traffic.counts = sim::Counts::expected;
  p.change.regression.probability = 1;
  p.change.regression.severities = {severity(1, 0.5)};
  p.change.regression.severities[0].stays = 0.5;
  p.rollback.repair = fixed(400);
  sim::StrategyParams s = doomed({{1, seconds{1000}}});
  s.monitoring.automatic = true;
  // 10 a second: 320 s on the change at 0.5 each, then 400 s of half of that.
  CHECK(Told(p, s).outcome.harm[2] == Approx(10 * 0.5 * 320 + 10 * 0.25 * 400));
  // Walking back from there in 300 s, those who have come back keep half of their harm, too: at 3/4, 2/4 and
  // 1/4 of the traffic for 100 s each.
  p.rollback.gradual = sim::GradualParams{4, seconds{300}};
  const double walked = 100 * 10 * 0.5 * (0.75 + 0.5 * 0.25 + 0.5 + 0.5 * 0.5 + 0.25 + 0.5 * 0.75);
  CHECK(Told(p, s).outcome.harm[2] == Approx(10 * 0.5 * 320 + walked + 10 * 0.25 * 400));
}

TEST_CASE("A message to customers keeps those who heed it away, from the moment that it is out") {
  sim::ScenarioParams p = scene();
  p.traffic.counts = sim::Counts::expected;
  p.change.author_time = fixed(1e6);
  p.communication.emplace();
  p.communication->time = fixed(700);
  p.communication->informed = 0.5;
  p.communication->heeded = 0.4;
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  CHECK(Told(p, s).outcome.harm[0] == Approx(10 * 0.1 * 10000));
  s.communicate = true;
  CHECK(Told(p, s).outcome.harm[0] == Approx(10 * 0.1 * (1000 + 9000 * 0.8)));
}

TEST_CASE("A refusal is met as the strategy says") {
  sim::ScenarioParams p = reviewed_scene();
  p.people[0].declines = 1;
  sim::StrategyParams s = reviewed();
  s.on_refusal = sim::OnRefusal::give_up;
  const Told given_up(p, s);
  CHECK(given_up.first(ReasonKind::abandoned) == seconds{950});
  CHECK(given_up.outcome.has(sim::Flag::approval_refused));
  CHECK(given_up.outcome.shipped_at == sim::kNever);
  s.on_refusal = sim::OnRefusal::ship;
  const Told shipped(p, s);
  CHECK(shipped.first(ReasonKind::step) == seconds{1050});
  CHECK(shipped.outcome.has(sim::Flag::shipped_unapproved));
  s.on_refusal = sim::OnRefusal::ask_again;
  s.ask_again = seconds{500};
  const Told asked(p, s);
  CHECK(asked.times(ReasonKind::refused) ==
        std::vector<Time>{seconds{950}, seconds{1500}, seconds{2050}, seconds{2600}});
  CHECK(asked.first(ReasonKind::abandoned) == seconds{2600});
}

TEST_CASE("An approval from somebody else's account counts only where nobody checks") {
  sim::ScenarioParams p = reviewed_scene();
  p.people[0].impersonated = 1;
  sim::StrategyParams s = reviewed();
  s.check_identity = false;
  const Told believed(p, s);
  CHECK(believed.outcome.has(sim::Flag::shipped_unapproved));
  CHECK(believed.outcome.shipped_at != sim::kNever);
  // Noticed, the approver is called, and answers: nobody else does a second time.
  s.check_identity = true;
  const Told noticed(p, s);
  CHECK_FALSE(noticed.outcome.has(sim::Flag::shipped_unapproved));
  const auto calls = std::count_if(noticed.reasons.begin(), noticed.reasons.end(), [](const auto& reason) {
    return reason.kind == sim::ReasonKind::impostor_noticed;
  });
  CHECK(calls == 1);
  CHECK(noticed.outcome.shipped_at > believed.outcome.shipped_at);
  CHECK(noticed.outcome.shipped_at != sim::kNever);
}

TEST_CASE("A reviewer who catches regressions lowers what ships, by Bayes' rule") {
  sim::ScenarioParams p = reviewed_scene();
  p.horizon = seconds{4000};
  p.change.regression.probability = 0.4;
  p.change.regression.severities = {severity(1, 0)};
  p.people[0].catches = 0.5;
  const Prepared run(p, reviewed());
  Moments ships;
  for (std::uint32_t r = 0; r < 600'000; ++r) {
    sim::World world = run.begin(2, r);
    sim::advance(run.scenario, run.strategy, world, seconds{3900});
    if (world.rollout.step >= 0) ships.add(world.change.hypothesis > 0 ? 1 : 0);
  }
  CHECK(mean_is(ships, 0.4 * 0.5 / (1 - 0.4 * 0.5)));
}

TEST_CASE("A false emergency harms nobody by waiting, nor does its deadline") {
  sim::ScenarioParams p = scene();
  p.real = 0;
  p.harm.deadline = sim::DeadlineParams{seconds{500}, 1000, 1, 1};
  const Told told(p, do_nothing());
  CHECK(total(told.outcome) == 0);
  CHECK(told.outcome.has(sim::Flag::false_alarm));
  CHECK_FALSE(told.outcome.has(sim::Flag::deadline_missed));
}

TEST_CASE("The postmortem closes the emergency once the resolution is verified") {
  sim::ScenarioParams p = scene(hours{24});
  p.response.postmortem = fixed(7200);
  sim::StrategyParams s = rollout({{1, seconds{100}}});
  CHECK(Told(p, s).outcome.closed_at == seconds{1000 + 100 + 3600 + 7200});
  s.postmortem = false;
  CHECK(Told(p, s).outcome.closed_at == sim::kNever);
}
