// A timeline reads as those who were there would have told it.
#include "analysis/timeline.hpp"

#include <catch2/catch.hpp>

#include "analysis/reckoning.hpp"
#include "analysis/timeline_text.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using K = sim::ReasonKind;

namespace {

sim::PersonParams person(const char* id, const char* name, sim::Authority authority, double answers) {
  sim::PersonParams p;
  p.id = id;
  p.name = name;
  p.authority = authority;
  p.answer = {fixed(answers), fixed(answers)};
  return p;
}

// Mei, who may miss her page, escalates to a deputy, who passes it on to Dana.
sim::ScenarioParams paged_scene() {
  sim::ScenarioParams p = scene();
  p.people = {person("lead", "Mei Lin", sim::Authority::platform_lead, 60),
              person("deputy", "Ida Berg", sim::Authority::none, 30),
              person("executive", "Dana Whit", sim::Authority::executive, 7)};
  p.people[0].miss = 0.5;
  p.people[0].page_again = minutes{10};
  p.people[0].escalates_to = "deputy";
  p.people[1].escalates_to = "executive";
  sim::ApprovalParams rule;
  rule.id = "emergency";
  rule.all = {"lead"};
  p.approvals = {rule};
  return p;
}

sim::StrategyParams at_once() {
  sim::StrategyParams s = rollout({{1, minutes{10}}});
  s.approvals = "emergency";
  s.max_attempts = 1;
  return s;
}

sim::Reasons told(const Prepared& run, std::uint32_t replication = 0) {
  sim::Reasons reasons;
  run.run(1, replication, true, &reasons);
  return reasons;
}

std::string line_of(const Prepared& run, const sim::Reason& reason) {
  return analysis::describe(run.scenario, run.strategy, reason);
}

sim::Reason first(const sim::Reasons& reasons, K kind) {
  const auto at =
      std::find_if(reasons.begin(), reasons.end(), [&](const sim::Reason& r) { return r.kind == kind; });
  REQUIRE(at != reasons.end());
  return *at;
}

bool has(const sim::Reasons& reasons, K kind) {
  return std::any_of(reasons.begin(), reasons.end(), [&](const sim::Reason& r) { return r.kind == kind; });
}

}  // namespace

TEST_CASE("who missed a page, whom it went to, and who passed it on are told by name, when they happen") {
  const Prepared run(paged_scene(), at_once());
  bool met = false;
  for (std::uint32_t r = 0; r < 20 && !met; ++r) {
    const sim::Reasons reasons = told(run, r);
    if (!has(reasons, K::page_missed)) continue;
    met = true;
    const Time paged = first(reasons, K::approval_asked).at;
    const auto missed = first(reasons, K::page_missed);
    const auto passed = first(reasons, K::passed_on);
    const auto answered = first(reasons, K::answered);
    CHECK(line_of(run, first(reasons, K::approval_asked)) == "Mei Lin (lead) is paged for approval");
    CHECK(line_of(run, missed) ==
          "Mei Lin (lead) has not answered within 10 min: escalated to Ida Berg (deputy)");
    CHECK(line_of(run, passed) ==
          "Ida Berg (deputy) answers, without the authority to approve this: Dana Whit (executive) is paged");
    CHECK(line_of(run, answered) == "Dana Whit (executive), for Mei Lin (lead), approves");
    CHECK(missed.at == paged + minutes{10});
    CHECK(passed.at == missed.at + seconds{30});
    CHECK(answered.at == passed.at + seconds{7});
  }
  CHECK(met);
  sim::ScenarioParams alone = paged_scene();
  alone.people[0].escalates_to.clear();
  const Prepared again(alone, at_once());
  for (std::uint32_t r = 0; r < 20; ++r) {
    const sim::Reasons reasons = told(again, r);
    if (!has(reasons, K::page_missed)) continue;
    CHECK(line_of(again, first(reasons, K::page_missed)) ==
          "Mei Lin (lead) has not answered within 10 min, and is paged again");
    return;
  }
  FAIL("nobody missed a page");
}

TEST_CASE("an approval from another account reads like any other, until hindsight") {
  sim::ScenarioParams p = paged_scene();
  p.people[0].miss = 0;
  p.people[0].impersonated = 0.5;
  sim::StrategyParams s = at_once();
  s.check_identity = false;
  const Prepared run(p, s);
  int false_ones = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const auto timeline = analysis::tell(run.scenario, run.strategy, {.replication = r, .hindsight = true});
    const bool is_false = timeline.outcome.has(sim::Flag::shipped_unapproved);
    false_ones += is_false ? 1 : 0;
    int approvals = 0, truths = 0;
    for (const auto& line : timeline.lines) {
      approvals += line.text == "Mei Lin (lead) approves" ? 1 : 0;
      truths += line.text == "in truth that approval came from somebody else's account" ? 1 : 0;
    }
    CHECK(approvals == 1);
    CHECK(truths == (is_false ? 1 : 0));
  }
  CHECK(false_ones > 2);
  CHECK(false_ones < 18);
}

TEST_CASE("a false alarm reads like a true one until somebody has looked into it") {
  sim::ScenarioParams p = scene(hours{10});
  p.signals = {ratio_signal(0.02)};
  p.watch.reaction = fixed(60);
  p.watch.every = minutes{5};
  p.watch.spread = 1e-3;
  sim::StrategyParams s = rollout({{0.5, hours{2}}});
  s.max_attempts = 1;
  s.monitoring.watchers = 1;
  s.monitoring.on_concern = sim::OnConcern::hold;
  sim::ScenarioParams bad = p;
  bad.change.regression.probability = 1;
  bad.change.regression.severities = {severity(1)};
  bad.change.regression.severities[0].moves = {{"errors", 5, 0}};
  p.watch.false_alarms = 1;  // at every glance
  p.watch.half_at = 20;
  std::vector<std::string> noticed, raised;
  for (const auto& params : {p, bad}) {
    const Prepared run(params, s);
    const sim::Reasons reasons = told(run);
    const auto reason = first(reasons, K::noticed);
    CHECK((reason.who < 0) == (noticed.empty()));
    noticed.push_back(line_of(run, reason));
    raised.push_back(line_of(run, first(reasons, K::concern_raised)));
    const std::string truth = analysis::describe_hindsight(run.scenario, reason);
    CHECK((truth == "in truth it was nothing that the change does") == (reason.who < 0));
  }
  CHECK(noticed[0] == "a watcher sees something that looks wrong, 5 min after the step began");
  CHECK(noticed[0] == noticed[1]);
  CHECK(raised[0] == raised[1]);
}

TEST_CASE(
    "interruptions are told when the work is over, and the rule is complete before its belief is shown") {
  sim::ScenarioParams p = paged_scene();
  p.communication.emplace();
  p.communication->interruptions.per_second = 0.1;
  p.communication->interruptions.each = fixed(5);
  p.people[0].miss = 0;
  p.people[0].catches = 0.9;
  p.change.regression.probability = 0.5;
  p.change.regression.severities = {severity(1)};
  const Prepared run(p, at_once());
  for (std::uint32_t r = 0; r < 5; ++r) {
    const sim::Reasons reasons = told(run, r);
    const auto interrupted = first(reasons, K::interrupted);
    const auto triaged = first(reasons, K::triaged);
    CHECK(interrupted.at == triaged.at);
    CHECK(triaged.at == seconds{300} + sim::from_seconds(interrupted.value));
    CHECK(line_of(run, interrupted).find(" on the way, which cost ") != std::string::npos);
    // One in two carries a regression, and the review lets one of ten of these through.
    if (has(reasons, K::approved)) CHECK(first(reasons, K::approved).belief == Approx(1.0 / 11));
  }
}

TEST_CASE("what was never measured, and a gate on what cannot be wrong, print no figure") {
  sim::ScenarioParams p = scene(hours{3});
  p.signals = {ratio_signal(0.02, minutes{30})};
  p.signals[0].delay = hours{2};
  p.gates.eval_gate.emplace();
  p.gates.eval_gate->time = fixed(10);
  p.gates.eval_gate->specificity = 1;
  sim::StrategyParams s = rollout({{0.5, hours{1}}});
  s.max_attempts = 1;
  sim::VerdictParams verdict;
  verdict.signal = "errors";
  verdict.fixed.emplace();
  verdict.fixed->after = minutes{20};
  s.monitoring.verdicts = {verdict};
  const Prepared run(p, s);
  const sim::Reasons reasons = told(run);
  CHECK(line_of(run, first(reasons, K::verdict_error)).find("could not judge; nothing was measured (") !=
        std::string::npos);
  CHECK(line_of(run, first(reasons, K::gate_passed)) == "eval gate passes it");
  CHECK(line_of(run, first(reasons, K::authored)) == "the change is ready");
}

TEST_CASE("a wait is for what holds the rollout up, and for nothing else") {
  sim::ScenarioParams p = scene(hours{24 * 9});
  p.gates.change_window.emplace();  // from 10:00 on a day of Monday to Thursday
  const auto waits = [&](const sim::ScenarioParams& params) {
    const Prepared run(params, rollout({{1, minutes{10}}}));
    return line_of(run, first(told(run), K::waiting_for_window));
  };
  CHECK(waits(p) == "waits 9 h 45 min for the change window");
  p.gates.freeze = {{"2026-03-10", "2026-03-11", "later"}};
  CHECK(waits(p) == "waits 9 h 45 min for the change window");  // that freeze is next week's
  p.gates.freeze = {{"2026-03-01", "2026-03-02", "now"}};
  CHECK(waits(p) == "waits 1 d 10 h for the end of the freeze, and the change window after it");
  p.gates.change_window.reset();
  CHECK(waits(p) == "waits 23 h 45 min for the end of the freeze");
}

TEST_CASE("hindsight calls a fact wrong in the worlds where it is") {
  sim::ScenarioParams p = scene();
  p.real = 0.5;
  p.brief.facts = {{minutes{1}, "a", true, sim::WrongIf::never},
                   {minutes{2}, "b", false, sim::WrongIf::real},
                   {minutes{3}, "c", false, sim::WrongIf::false_alarm},
                   {minutes{4}, "d", false, sim::WrongIf::never}};
  const Prepared run(p, do_nothing());
  int real = 0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    const auto timeline = analysis::tell(run.scenario, run.strategy, {.replication = r, .hindsight = true});
    const bool is_real = timeline.world.record.real;
    real += is_real ? 1 : 0;
    std::string wrong;
    for (const auto& line : timeline.lines) {
      if (line.text.find("wrong, as it turned out") != std::string::npos) wrong += line.text.substr(6, 1);
    }
    CHECK(wrong == (is_real ? "ab" : "ac"));
  }
  CHECK(real > 2);
  CHECK(real < 18);
}

TEST_CASE("people reckon harm by the page's rate until the fix serves, whatever is true") {
  sim::ScenarioParams p = scene();  // 10 requests a second, one in ten harmed: 1 a second
  p.change.fix_effectiveness = fixed(0);
  p.response.verify.sensitivity = 0;  // and nobody finds out
  p.harm.deadline.emplace();
  p.harm.deadline->at = seconds{500};
  p.harm.deadline->lump = 50;
  p.harm.deadline->per_second = 2;
  for (const double real : {1.0, 0.0}) {
    p.real = real;
    const Prepared run(p, rollout({{1, minutes{10}}}));  // at 1000 s
    const sim::Reasons reasons = told(run);
    CHECK(analysis::reckoned_harm(run.scenario, reasons, seconds{400}) == Approx(400));
    CHECK(analysis::reckoned_harm(run.scenario, reasons, seconds{500}) == Approx(550));
    CHECK(analysis::reckoned_harm(run.scenario, reasons, seconds{1000}) == Approx(1000 + 50 + 1000));
    CHECK(analysis::reckoned_harm(run.scenario, reasons, seconds{9000}) == Approx(2050));
    const auto timeline = analysis::tell(run.scenario, run.strategy, {});
    CHECK(timeline.lines.back().reckoned == Approx(2050));
    CHECK(timeline.known.harm == Approx(2050));
    CHECK(timeline.known.deadline_missed);
  }
  p.harm.deadline.reset();
  p.real = 1;
  p.response.verify.time = fixed(400);
  p.response.verify.sensitivity = 1;
  const Prepared twice(p, [] {
    sim::StrategyParams s = rollout({{1, minutes{10}}});
    s.max_attempts = 2;
    return s;
  }());
  // Found at 2000 s not to work; written anew in 600 s, and out 100 s later.
  const sim::Reasons found = told(twice);
  CHECK(first(found, K::not_resolved).at == seconds{2000});
  CHECK(first(found, K::refined).at == seconds{2700});
  CHECK(analysis::reckoned_harm(twice.scenario, found, seconds{2000}) == Approx(1000));
  CHECK(analysis::reckoned_harm(twice.scenario, found, seconds{2700}) == Approx(1700));
  CHECK(analysis::reckoned_harm(twice.scenario, found, seconds{3000}) == Approx(1700));
  p.containment = {{"off", 0.75, 0.01, 0.5, fixed(100)}};
  sim::StrategyParams s = do_nothing();
  s.containment = "off";
  const Prepared run(p, s);  // on at 400 s
  CHECK(analysis::reckoned_harm(run.scenario, told(run), seconds{1400}) ==
        Approx(400 + 1000 * (0.25 + 0.1 + 0.5)));
}
