#include "analysis/without.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "analysis/compare.hpp"
#include "tests/sim/scenes.hpp"

namespace breakglass::analysis {
namespace {

using namespace std::chrono_literals;
using sim::Compensation;
using sim::ScenarioParams;
using sim::StrategyParams;
using tests::fixed;

sim::PersonParams person(const char* id, sim::Authority authority, double catches) {
  sim::PersonParams p;
  p.id = id;
  p.authority = authority;
  p.answer.day = p.answer.night = fixed(60);
  p.catches = catches;
  p.impersonated = 0.6;
  return p;
}

// Three kinds of regression: one that errors show, one that only quality shows, one that only comes in hours.
void add_regressions(ScenarioParams& p) {
  p.change.regression.probability = 0.6;
  sim::SeverityParams loud = tests::severity(0.4, 1);
  loud.id = "loud";
  loud.moves.push_back({.id = "errors", .ratio = 8});
  sim::SeverityParams quiet = tests::severity(0.3, 1);
  quiet.id = "quiet";
  quiet.moves.push_back({.id = "quality", .ratio = 5});
  sim::SeverityParams late = tests::severity(0.3, 1);
  late.id = "late";
  late.onset.delay = 9h;
  p.change.regression.severities = {loud, quiet, late};
  p.signals = {tests::ratio_signal(0.02), tests::ratio_signal(0.05)};
  p.signals[1].id = "quality";
}

// A night in a freeze, with other changes ahead: everything a duty can act on is there, and matters.
ScenarioParams stern_scene() {
  ScenarioParams p = tests::scene(24h);
  p.traffic.entry[0].rate_per_s = 5;
  p.harm.ongoing.per_request = 0.01;
  p.watch.half_at = 5;
  p.watch.spread = 0.5;
  add_regressions(p);
  p.people = {person("lead", sim::Authority::platform_lead, 0.8),
              person("chief", sim::Authority::executive, 0.8)};
  sim::ApprovalParams rule;
  rule.id = "emergency";
  rule.all = {"lead"};
  p.approvals = {rule};
  p.gates.eval_gate = sim::EvalGateParams{.time = fixed(3600), .sensitivity = 0.6, .specificity = 1};
  p.gates.freeze = {{.from = "2026-03-01", .to = "2026-03-09", .reason = "closing of the books"}};
  p.gates.coordination =
      sim::CoordinationParams{.other_changes = 2, .time_each = fixed(600), .conflict_odds = 8};
  p.staffing = sim::StaffingParams{
      .shifts = {{.days = "Mon-Fri", .from = "12:00", .to = "18:00", .timezone = {}}}, .stretch = 3};
  p.response.decide = fixed(60);
  p.response.find_decider = fixed(5400);
  p.response.muster = fixed(5400);
  p.response.verify.time = fixed(6 * 3600);
  p.response.verify.sensitivity = 0.5;
  p.communication = sim::CommunicationParams{
      .time = fixed(300), .informed = 0.8, .heeded = 0.8, .calms = 1, .interruptions = {}};
  p.rollback.unverified.time = fixed(7200);
  p.rollback.unverified.fails = 0.3;
  sim::ReportsParams reports;
  reports.probability = 0.01;
  reports.delay = fixed(1800);
  p.reports = reports;
  return p;
}

StrategyParams dutiful() {
  StrategyParams s = tests::rollout({{.weight = 0.05, .duration = 20min}, {.weight = 1, .duration = 2h}});
  s.bypasses = {{"eval-gate", "hours", Compensation::run_after_promotion},
                {"canary", "days", Compensation::faster_steps},
                {"change-window", "closed", Compensation::on_call_cover},
                {"freeze", "days", Compensation::senior_approval},
                {"coordination", "alone", Compensation::standard_sequence}};
  s.verify_rollback = s.staff_rollback = s.decision_maker = s.communicate = true;
  s.approvals = "emergency";
  s.max_attempts = 50;
  s.monitoring.watchers = 3;
  s.monitoring.on_concern = sim::OnConcern::roll_back;
  s.monitoring.reports_to_act = 1;
  sim::VerdictParams verdict;
  verdict.signal = "errors";
  verdict.sprt = sim::SprtParams{.ratio = 4, .alpha = 0.001, .beta = 0.05};
  s.monitoring.verdicts = {verdict};
  return s;
}

// Straight to everybody, which intensive monitoring makes up for.
StrategyParams watched() {
  StrategyParams s = dutiful();
  s.steps = {{.weight = 1, .duration = 2h}};
  s.bypasses[1].compensation = Compensation::intensive_monitoring;
  return s;
}

// By how many standard errors of the paired difference switching the duty off adds harm.
double added(const Duty& duty, const ScenarioParams& params, const StrategyParams& strategy,
             std::uint64_t worlds) {
  const sim::Scenario scenario = sim::prepare(params);
  const std::vector<sim::Strategy> pair{sim::prepare(scenario, strategy),
                                        sim::prepare(scenario, without(duty, strategy))};
  const Comparison c = compare(scenario, pair, {.seed = 3, .replications = worlds, .threads = 2});
  const PairSummary& p = c.pairs.at(0);
  const double error = p.sd_difference.value_or(0) / std::sqrt(static_cast<double>(worlds));
  return error > 0 ? -p.mean_difference / error : 0;
}

TEST_CASE("where every duty matters, switching off any one of them adds harm, beyond 99.9% of chance") {
  constexpr double kOneInThousand = 3.29;
  for (const Duty& duty : duties()) {
    INFO(duty.id);
    const StrategyParams strategy = duty.id == "intensive-monitoring" ? watched() : dutiful();
    REQUIRE(duty.applies(stern_scene(), strategy));
    CHECK(added(duty, stern_scene(), strategy, 1500) > kOneInThousand);
  }
}

// What a world is moved on by, of what a duty may change.
bool is_same(const sim::Strategy& a, const sim::Strategy& b) {
  const auto weights = [](const sim::Strategy& s) {
    std::vector<double> out;
    for (const sim::StepParams& step : s.params.steps) out.push_back(step.weight);
    return out;
  };
  const StrategyParams &p = a.params, &q = b.params;
  return a.gate_after == b.gate_after && a.covered == b.covered && a.out_of_sequence == b.out_of_sequence &&
         a.plan.leaves.size() == b.plan.leaves.size() && weights(a) == weights(b) &&
         p.verify_rollback == q.verify_rollback && p.staff_rollback == q.staff_rollback &&
         p.decision_maker == q.decision_maker && p.communicate == q.communicate &&
         p.check_identity == q.check_identity && p.monitoring.interval == q.monitoring.interval &&
         p.monitoring.watchers == q.monitoring.watchers &&
         p.monitoring.reports_to_act == q.monitoring.reports_to_act;
}

TEST_CASE("every duty changes the prepared strategy, under an id of its own") {
  const sim::Scenario scenario = sim::prepare(stern_scene());
  std::set<std::string> ids;
  for (const Duty& duty : duties()) {
    INFO(duty.id);
    const StrategyParams whole = duty.id == "intensive-monitoring" ? watched() : dutiful();
    const StrategyParams less = without(duty, whole);
    CHECK(less.id == whole.id + " without " + std::string(duty.id));
    CHECK(ids.insert(less.id).second);
    CHECK_FALSE(is_same(sim::prepare(scenario, whole), sim::prepare(scenario, less)));
    CHECK_FALSE(duty.says.empty());
    CHECK_FALSE(duty.off.empty());
    CHECK(duty_named(duty.id) == &duty);
  }
  CHECK(duty_named("postmortem") == nullptr);
  CHECK(is_same(sim::prepare(scenario, dutiful()), sim::prepare(scenario, dutiful())));
}

TEST_CASE("a duty applies only where the strategy has it and the scenario has something for it") {
  StrategyParams idle = tests::do_nothing();
  idle.monitoring.reports_to_act = 0;
  CHECK(duties_of(stern_scene(), idle).empty());
  StrategyParams bare = tests::rollout({{.weight = 1, .duration = 1h}});
  bare.monitoring.reports_to_act = 0;
  CHECK(duties_of(stern_scene(), bare).empty());
  std::vector<std::string_view> left;
  for (const Duty* duty : duties_of(tests::scene(), dutiful())) left.push_back(duty->id);
  CHECK(left == std::vector<std::string_view>{"verify-rollback", "faster-steps", "decision-maker",
                                              "staffed-rollback"});
  const auto applies = [](const char* id, const ScenarioParams& p, const StrategyParams& s) {
    return duty_named(id)->applies(p, s);
  };
  ScenarioParams honest = stern_scene();
  for (sim::PersonParams& p : honest.people) p.impersonated = 0;
  CHECK_FALSE(applies("identity-check", honest, dutiful()));
  CHECK_FALSE(applies("intensive-monitoring", stern_scene(), dutiful()));
  CHECK_FALSE(applies("faster-steps", stern_scene(), watched()));
}

TEST_CASE("without steps the verdicts of later steps judge from the first") {
  StrategyParams s = dutiful();
  s.monitoring.verdicts[0].from_step = 2;
  const StrategyParams less = without(*duty_named("faster-steps"), s);
  REQUIRE(less.steps.size() == 1);
  CHECK(less.steps[0].weight == 1);
  CHECK(less.monitoring.verdicts[0].from_step == 1);
  CHECK(less.monitoring.watchers == s.monitoring.watchers);
}

TEST_CASE("without steps there is nothing for a judge to compare with, and it goes") {
  StrategyParams s = dutiful();
  s.monitoring.verdicts.emplace_back().judge.emplace();
  const StrategyParams less = without(*duty_named("faster-steps"), s);
  REQUIRE(less.monitoring.verdicts.size() == 1);
  CHECK(less.monitoring.verdicts[0].sprt);
}

TEST_CASE("the same check sees nothing in a duty that has nothing to do") {
  ScenarioParams calm = stern_scene();
  calm.response.find_decider = calm.response.decide;
  calm.response.muster = fixed(0);
  for (const char* id : {"decision-maker", "staffed-rollback"}) {
    INFO(id);
    CHECK(added(*duty_named(id), calm, dutiful(), 200) == 0);
  }
}

}  // namespace
}  // namespace breakglass::analysis
