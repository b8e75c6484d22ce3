// The process of random cases: gates and what bypasses them, ways back, and what people notice.
#include <algorithm>
#include <cmath>

#include "tests/sim/random_builder.hpp"

namespace breakglass::tests {
namespace {

double log_rate(Dice& d, double a, double b) { return std::ceil(d.log_between(a, b) * 1e8) / 1e8; }

}  // namespace

void Builder::gates() {
  Dice d = dice(14);
  if (d.chance(0.6))
    p.gates.eval_gate = sim::EvalGateParams{time_about(d, 3000), d.nice(0.2, 1), d.nice(0.6, 1)};
  if (d.chance(0.3)) {
    p.gates.change_window.emplace();
    p.gates.change_window->days = d.chance(0.5) ? "Mon-Thu" : "Mon-Sun";
  }
  if (d.chance(0.2)) p.gates.freeze.push_back({"2026-12-18", "2026-12-19", "a freeze"});
  if (d.chance(0.2)) p.gates.coordination = sim::CoordinationParams{d.whole(0, 3), time_about(d, 1000)};
  Dice e = dice(30);
  if (p.gates.change_window && e.chance(0.5)) {
    p.gates.change_window->from = "09:30";
    p.gates.change_window->to = e.chance(0.5) ? "12:00" : "23:59";
  }
  if (p.gates.coordination && e.chance(0.7)) p.gates.coordination->conflict_odds = e.nice(1, 5);
}

void Builder::recovery() {
  Dice d = dice(15);
  p.response.triage = time_about(d, 600);
  p.response.deploy = time_about(d, 300);
  p.response.investigate = time_about(d, 1500);
  p.response.verify = {time_about(d, 3000), d.nice(0, 1), d.seconds(3600, 90'000)};
  p.rollback.verify = d.seconds(1, 900);
  p.rollback.verified = {time_about(d, 200), d.nice(0, 0.2)};
  p.rollback.unverified = {time_about(d, 900), d.nice(0, 0.6)};
  s.verify_rollback = d.chance(0.5);
  Dice e = dice(16);
  if (!may(kContainment) || !e.chance(0.4)) return;
  p.containment.push_back({"off", e.nice(0, 1), e.nice(0, 0.1), e.nice(0, 0.5), time_about(e, 600)});
  if (e.chance(0.8)) s.containment = "off";
}

void Builder::way_back() {
  Dice d = dice(31);
  if (d.chance(0.4)) {
    p.rollback.gradual = sim::GradualParams{d.whole(1, 10), d.seconds(60, 7200)};
  } else {
    p.rollback.new_rollout = d.chance(0.5);
  }
}

void Builder::damage() {
  Dice d = dice(32);
  if (d.chance(0.7)) p.rollback.repair = time_about(d, 10'000);
  for (auto& severity : p.change.regression.severities) {
    if (d.chance(0.5)) severity.stays = d.nice(0.01, 1);
  }
}

void Builder::bypasses() {
  Dice d = dice(17);
  const bool late = may(kLateGate) && d.chance(0.5);
  if (late) s.bypasses.push_back({"eval-gate", "it takes too long", sim::Compensation::run_after_promotion});
  if (d.chance(0.7))
    s.bypasses.push_back({"change-window", "it is closed", sim::Compensation::on_call_cover});
  const bool senior = std::any_of(p.people.begin(), p.people.end(), [](const sim::PersonParams& person) {
    return sim::holds(person.authority, sim::Authority::platform_lead);
  });
  const auto approval = senior ? sim::Compensation::senior_approval : sim::Compensation::none;
  if (d.chance(0.7)) s.bypasses.push_back({"freeze", "it is long", approval});
  if (d.chance(0.5)) s.bypasses.push_back({"coordination", "alone", sim::Compensation::standard_sequence});
  if (d.chance(0.3)) s.on_late_regression = sim::OnLateRegression::roll_back;
  s.max_attempts = may(kAttempts) ? d.whole(1, 5) : 1;
  Dice e = dice(33);
  for (auto& bypass : s.bypasses) {
    if (bypass.id != "eval-gate" && e.chance(0.3)) bypass.compensation = sim::Compensation::none;
  }
}

// Once the steps are known: what makes up for a canary depends on them.
void Builder::canary() {
  Dice d = dice(34);
  if (!s.ships || !d.chance(0.5)) return;
  const bool steps = s.steps.size() > 1;
  const bool watched = s.monitoring.watchers > 0 || !s.monitoring.verdicts.empty();
  const auto by = watched && d.chance(0.5) ? sim::Compensation::intensive_monitoring
                  : steps                  ? sim::Compensation::faster_steps
                                           : sim::Compensation::none;
  s.bypasses.push_back({"canary", "every minute harms somebody", by});
}

void Builder::reports() {
  Dice d = dice(35);
  s.monitoring.reports_to_act = d.chance(0.8) ? d.whole(1, 3) : d.whole(0, sim::kMaxReportsToAct);
  if (!d.chance(0.6)) return;
  p.reports.emplace();
  p.reports->probability = log_rate(d, 1e-4, 0.5);
  p.reports->delay = time_about(d, 1800);
  if (d.chance(0.7)) p.reports->triage = {time_about(d, 1000), time_about(d, 6000)};
  if (d.chance(0.5)) p.reports->false_rate = log_rate(d, 1e-6, 3e-4);
  if (p.reports->false_rate > 0) p.reports->blamed = d.nice(0, 0.6);
}

void Builder::watchers() {
  Dice d = dice(36);
  for (auto& signal : p.signals) {
    if (d.chance(0.3)) signal.worse = sim::Worse::decrease;
  }
  if (!d.chance(0.6)) return;
  s.monitoring.watchers = d.whole(1, 4);
  s.monitoring.on_concern = static_cast<sim::OnConcern>(d.whole(0, 2));
  if (d.chance(0.4)) s.monitoring.glance_every = d.seconds(30, 1800);
  p.watch.every = d.seconds(30, 900);
  p.watch.half_at = d.nice(1, 4);
  p.watch.spread = d.nice(0.2, 1.5);
  if (d.chance(0.5)) p.watch.reaction = time_about(d, 200);
  if (d.chance(0.5)) p.watch.false_alarms = log_rate(d, 1e-6, 3e-4);
  p.watch.vigilance_half_life = d.seconds(900, 20'000);
  p.watch.vigilance_floor = d.nice(0, 1);
}

void Builder::pacing() {
  Dice d = dice(37);
  const auto& severities = p.change.regression.severities;
  const bool shows = std::any_of(severities.begin(), severities.end(),
                                 [](const sim::SeverityParams& one) { return !one.moves.empty(); });
  if (!shows || s.steps.size() < 2 || !d.chance(0.5)) return;
  s.pacing = sim::PacingParams{std::ceil(d.log_between(1, 1e5)), d.nice(0.001, 0.4)};
}

}  // namespace breakglass::tests
