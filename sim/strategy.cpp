#include "sim/strategy.hpp"

#include <algorithm>

#include "sim/scenario.hpp"

namespace breakglass::sim {
namespace {

int find_signal(const Scenario& scenario, const std::string& id) {
  const auto& signals = scenario.params.signals;
  const auto found = std::find_if(signals.begin(), signals.end(), [&](const auto& s) { return s.id == id; });
  return found == signals.end() ? -1 : static_cast<int>(found - signals.begin());
}

Baseline baseline_of(const SignalParams& signal) {
  switch (signal.kind) {
    case SignalKind::ratio: return {Baseline::Law::bernoulli, signal.baseline, 0};
    case SignalKind::count: return {Baseline::Law::poisson, signal.baseline, 0};
    case SignalKind::mean: return {Baseline::Law::normal, signal.baseline, signal.sd};
  }
  return {};
}

double constant_of(const GroupSequentialParams& p) {
  return boundary_constant(p.boundary, static_cast<int>(p.looks), p.alpha, p.two_sided ? 2 : 1);
}

void measure(Strategy& strategy, int signal) {
  auto& used = strategy.signals;
  if (std::find(used.begin(), used.end(), signal) == used.end()) used.push_back(signal);
}

// A judge compares both arms of every signal that it reads.
JudgePlan plan_judge(const Scenario& scenario, Strategy& strategy, const JudgeParams& judge) {
  JudgePlan plan;
  plan.groups = group_metrics(judge);
  for (const JudgedParams& metric : judge.metrics) {
    const int signal = find_signal(scenario, metric.signal);
    const auto place = static_cast<std::size_t>(signal);
    const std::int64_t points = points_of(judge, scenario.params.signals[place].window);
    const auto capacity = static_cast<std::size_t>(std::clamp<std::int64_t>(points, 1, kMaxPoints));
    plan.metrics.push_back({signal, strategy.judge_points, capacity});
    strategy.judge_points += capacity;
    strategy.reads_stable[place] = true;
    measure(strategy, signal);
  }
  return plan;
}

void resolve_verdicts(const Scenario& scenario, Strategy& strategy) {
  for (const VerdictParams& verdict : strategy.params.monitoring.verdicts) {
    strategy.judges.emplace_back();
    if (verdict.judge) {
      strategy.judges.back() = plan_judge(scenario, strategy, *verdict.judge);
      strategy.verdict_signal.push_back(-1);
      strategy.baselines.emplace_back();
      continue;
    }
    const int signal = find_signal(scenario, verdict.signal);
    strategy.verdict_signal.push_back(signal);
    strategy.baselines.push_back(baseline_of(scenario.params.signals[static_cast<std::size_t>(signal)]));
    if (verdict.group_sequential) strategy.baselines.back().constant = constant_of(*verdict.group_sequential);
    const auto place = static_cast<std::size_t>(signal);
    strategy.reads_stable[place] |= compares_arms(verdict) || scenario.params.signals[place].drift ||
                                    scenario.params.signals[place].of != SignalOf::drawn;
    measure(strategy, signal);
  }
}

// People who watch, and a belief that paces, see every signal.
void resolve_watching(const Scenario& scenario, Strategy& strategy) {
  const bool watched = strategy.params.monitoring.watchers > 0;
  if (!watched && !strategy.params.pacing) return;
  for (std::size_t s = 0; s < scenario.params.signals.size(); ++s) {
    strategy.reads_stable[s] |= watched || scenario.params.signals[s].drift;
    measure(strategy, static_cast<int>(s));
  }
}

}  // namespace

bool judges(const JudgePlan& judge, int signal) {
  return std::any_of(judge.metrics.begin(), judge.metrics.end(),
                     [signal](const JudgedMetric& metric) { return metric.signal == signal; });
}

Duration glance_every(const StrategyParams& params, const WatchParams& watch) {
  const Duration own = params.monitoring.glance_every;
  return own.count() > 0 ? own : watch.every;
}

Strategy prepare(const Scenario& scenario, StrategyParams params) {
  Strategy strategy;
  strategy.params = std::move(params);
  const auto& list = strategy.params.bypasses;
  const GatesParams& gates = scenario.params.gates;
  strategy.hasty = !list.empty();
  strategy.keeps_gate = gates.eval_gate && !bypasses(list, Element::eval_gate);
  strategy.keeps_window = gates.change_window && !bypasses(list, Element::change_window);
  strategy.keeps_freeze = !bypasses(list, Element::freeze);
  strategy.keeps_coordination =
      gates.coordination && gates.coordination->other_changes > 0 && !bypasses(list, Element::coordination);
  strategy.gate_after = gates.eval_gate && compensated(list, Compensation::run_after_promotion);
  strategy.covered = strategy.params.on_call_cover || compensated(list, Compensation::on_call_cover);
  strategy.out_of_sequence = gates.coordination && gates.coordination->other_changes > 0 &&
                             bypasses(list, Element::coordination) &&
                             !compensated(list, Compensation::standard_sequence);
  const bool senior = !gates.freeze.empty() && compensated(list, Compensation::senior_approval);
  strategy.plan =
      plan_approvals(scenario.params.approvals, scenario.params.people, strategy.params.approvals, senior);
  const auto& mitigations = scenario.params.containment;
  for (std::size_t i = 0; i < mitigations.size(); ++i) {
    if (mitigations[i].id == strategy.params.containment) strategy.containment = static_cast<int>(i);
  }
  strategy.glance_every = glance_every(strategy.params, scenario.params.watch);
  resolve_verdicts(scenario, strategy);
  resolve_watching(scenario, strategy);
  return strategy;
}

}  // namespace breakglass::sim
