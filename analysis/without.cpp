#include "analysis/without.hpp"

#include <algorithm>

namespace breakglass::analysis {
namespace {

using sim::Compensation;
using sim::ScenarioParams;
using sim::StrategyParams;

// How often somebody looks where nobody watches closely.
constexpr sim::Duration kCasualLook = std::chrono::minutes{10};

bool has(const StrategyParams& s, Compensation compensation) {
  return s.ships && sim::compensated(s.bypasses, compensation);
}

// The bypass stays, and nothing makes up for it.
void drop(StrategyParams& s, Compensation compensation) {
  for (sim::BypassParams& bypass : s.bypasses) {
    if (bypass.compensation == compensation) bypass.compensation = Compensation::none;
  }
}

bool needs_approval(const ScenarioParams& scenario, const StrategyParams& s) {
  return s.ships && std::any_of(scenario.approvals.begin(), scenario.approvals.end(),
                                [&](const auto& rule) { return rule.id == s.approvals; });
}

// Straight to everybody, for as long as the last step lasts. Verdicts that would begin in a later step begin
// with this one: what is switched off is the canary, not the watch. But a judge compares with a canary's
// other arm, and goes with it.
void drop_steps(StrategyParams& s) {
  drop(s, Compensation::faster_steps);
  if (!s.steps.empty()) s.steps.erase(s.steps.begin(), s.steps.end() - 1);
  std::erase_if(s.monitoring.verdicts, [](const auto& verdict) { return verdict.judge.has_value(); });
  for (sim::VerdictParams& verdict : s.monitoring.verdicts) {
    verdict.from_step = 1;
    verdict.in_step.reset();
  }
}

void drop_monitoring(StrategyParams& s) {
  drop(s, Compensation::intensive_monitoring);
  s.monitoring.watchers = 0;
  s.monitoring.interval = std::max(s.monitoring.interval, kCasualLook);
}

constexpr Duty kDuties[] = {
    {"communication", "customers are told what happens, in parallel to the fix", "communicate: false",
     [](const ScenarioParams& p, const StrategyParams& s) { return s.communicate && p.communication; },
     [](StrategyParams& s) { s.communicate = false; }},
    {"on-call-cover", "outside of the change window people are at hand: nothing waits for them",
     "on_call_cover: false, and nothing makes up for the change window",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return p.staffing && !p.staffing->shifts.empty() &&
              (s.on_call_cover || sim::compensated(s.bypasses, Compensation::on_call_cover));
     },
     [](StrategyParams& s) {
       s.on_call_cover = false;
       drop(s, Compensation::on_call_cover);
     }},
    {"approvals", "somebody who has the authority looks at the change first", "approvals: none",
     needs_approval, [](StrategyParams& s) { s.approvals.clear(); }},
    {"senior-approval", "who bypasses a freeze asks somebody more senior as well",
     "nothing makes up for the freeze",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return !p.gates.freeze.empty() && has(s, Compensation::senior_approval);
     },
     [](StrategyParams& s) { drop(s, Compensation::senior_approval); }},
    {"identity-check", "an approval counts only from the approver's own account", "check_identity: false",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return s.check_identity && needs_approval(p, s) &&
              std::any_of(p.people.begin(), p.people.end(), [](const auto& x) { return x.impersonated > 0; });
     },
     [](StrategyParams& s) { s.check_identity = false; }},
    {"standard-sequence", "the change goes in the usual order, also where it does not wait for the others",
     "nothing makes up for the coordination",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return p.gates.coordination && p.gates.coordination->other_changes > 0 &&
              has(s, Compensation::standard_sequence);
     },
     [](StrategyParams& s) { drop(s, Compensation::standard_sequence); }},
    {"verify-rollback", "the way back is tried before the way forward is taken", "verify_rollback: false",
     [](const ScenarioParams&, const StrategyParams& s) { return s.ships && s.verify_rollback; },
     [](StrategyParams& s) { s.verify_rollback = false; }},
    {"faster-steps", "a canary, only faster, instead of none",
     "steps: the last one alone, all of the traffic",
     [](const ScenarioParams&, const StrategyParams& s) {
       return has(s, Compensation::faster_steps) && s.steps.size() > 1;
     },
     drop_steps},
    {"intensive-monitoring", "without a canary every signal is watched, by people, at short intervals",
     "monitoring: nobody watches, a look every 10 minutes",
     [](const ScenarioParams&, const StrategyParams& s) {
       return has(s, Compensation::intensive_monitoring) &&
              (s.monitoring.watchers > 0 || s.monitoring.interval < kCasualLook);
     },
     drop_monitoring},
    {"watchers", "people watch the dashboards, beyond what verdicts judge", "monitoring.watchers: 0",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return s.ships && s.monitoring.watchers > 0 && !p.signals.empty();
     },
     [](StrategyParams& s) { s.monitoring.watchers = 0; }},
    {"reports", "somebody reads what users report, and traces it to the change",
     "monitoring.reports_to_act: 0",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return s.ships && p.reports && s.monitoring.reports_to_act > 0;
     },
     [](StrategyParams& s) { s.monitoring.reports_to_act = 0; }},
    {"decision-maker", "who decides a rollback is named beforehand", "decision_maker: false",
     [](const ScenarioParams&, const StrategyParams& s) { return s.ships && s.decision_maker; },
     [](StrategyParams& s) { s.decision_maker = false; }},
    {"staffed-rollback", "somebody stands at the controls, ready to roll back", "staff_rollback: false",
     [](const ScenarioParams&, const StrategyParams& s) { return s.ships && s.staff_rollback; },
     [](StrategyParams& s) { s.staff_rollback = false; }},
    {"run-after-promotion", "the evaluation that was skipped is run once the change is out",
     "nothing makes up for the eval gate",
     [](const ScenarioParams& p, const StrategyParams& s) {
       return p.gates.eval_gate && has(s, Compensation::run_after_promotion);
     },
     [](StrategyParams& s) { drop(s, Compensation::run_after_promotion); }},
};

}  // namespace

std::span<const Duty> duties() { return kDuties; }

const Duty* duty_named(std::string_view id) {
  const auto* found =
      std::find_if(std::begin(kDuties), std::end(kDuties), [&](const Duty& d) { return d.id == id; });
  return found == std::end(kDuties) ? nullptr : found;
}

std::vector<const Duty*> duties_of(const ScenarioParams& scenario, const StrategyParams& strategy) {
  std::vector<const Duty*> found;
  for (const Duty& duty : kDuties) {
    if (duty.applies(scenario, strategy)) found.push_back(&duty);
  }
  return found;
}

StrategyParams without(const Duty& duty, StrategyParams strategy) {
  duty.remove(strategy);
  strategy.id += " without ";
  strategy.id += duty.id;
  return strategy;
}

}  // namespace breakglass::analysis
