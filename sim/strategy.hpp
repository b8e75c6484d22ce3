// A strategy: how a change reaches 100%. Read once, const ever after.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/model/approvals.hpp"
#include "sim/model/discipline.hpp"
#include "sim/model/monitor.hpp"
#include "sim/model/rollout.hpp"

namespace breakglass::sim {

// What an inconclusive verdict does when its step is over.
enum class OnInconclusive : std::uint8_t {
  hold,  // extend the step by its length and look again, at most kMaxExtensions times; then roll back
  promote,
  roll_back,
};
constexpr std::array kOnInconclusiveNames{EnumName{"hold", 0}, EnumName{"promote", 1},
                                          EnumName{"roll-back", 2}};
constexpr std::span<const EnumName> names(OnInconclusive) { return kOnInconclusiveNames; }
inline constexpr int kMaxExtensions = 3;

// What a real regression does that the eval finds after promotion.
enum class OnLateRegression : std::uint8_t {
  fix_forward,  // the change keeps serving while a refinement is written, and is replaced by it in place
  roll_back,
};
constexpr std::array kOnLateRegressionNames{EnumName{"fix-forward", 0}, EnumName{"roll-back", 1}};
constexpr std::span<const EnumName> names(OnLateRegression) { return kOnLateRegressionNames; }

struct MonitoringParams {
  Duration interval = std::chrono::minutes{1};
  OnInconclusive on_inconclusive = OnInconclusive::hold;
  std::vector<VerdictParams> verdicts;
};

struct StrategyParams {
  std::string id;
  std::string title;
  bool ships = true;                   // false: do nothing, the baseline
  std::vector<BypassParams> bypasses;  // what is not listed is kept
  bool verify_rollback = false;
  std::string approvals;  // name of a rule; none needed when empty
  std::vector<StepParams> steps;
  MonitoringParams monitoring;
  std::string containment;  // name of a mitigation to switch on; none when empty
  OnLateRegression on_late_regression = OnLateRegression::fix_forward;
  std::int64_t max_attempts = 5;
};

template <class V>
void fields(V& visit, MonitoringParams& p) {
  visit(field("interval", "time between looks").as(Unit::duration).at_least(1), p.interval);
  visit(field("on_inconclusive", "what an inconclusive verdict does when its step is over"),
        p.on_inconclusive);
  visit(field("verdicts", "what is judged; a failed verdict rolls back"), p.verdicts);
}
template <class V>
void fields(V& visit, StrategyParams& p) {
  visit(field("id", "the strategy's name").required(), p.id);
  visit(field("title", "what it is, in a few words"), p.title);
  visit(field("ships", "false: do nothing (the harm of not shipping)"), p.ships);
  visit(field("bypasses", "elements of the discipline that it bypasses; what is not listed is kept").keyed(),
        p.bypasses);
  visit(field("verify_rollback", "verify the rollback before the rollout"), p.verify_rollback);
  visit(field("approvals", "the scenario's approval rule that it needs; none when absent"), p.approvals);
  visit(field("steps", "weights, rising to 1, and how long each lasts"), p.steps);
  visit(field("monitoring", "what is judged, and how often"), p.monitoring);
  visit(field("containment", "a mitigation of the scenario to switch on until the change is out"),
        p.containment);
  visit(field("on_late_regression", "what a real regression does that the eval finds after promotion"),
        p.on_late_regression);
  visit(
      field("max_attempts", "changes tried, the first included, before giving up").at_least(1).at_most(1000),
      p.max_attempts);
}

struct Scenario;

// A strategy made ready for one scenario: names resolved to indices.
struct Strategy {
  StrategyParams params;
  bool keeps_gate = false;
  bool gate_after = false;  // the gate is bypassed, and run after promotion
  bool keeps_window = false;
  bool keeps_freeze = false;
  bool keeps_coordination = false;
  bool hasty = false;  // it bypasses something
  ApprovalPlan plan;   // whose approval it needs; empty: nobody's
  int containment = -1;
  std::vector<int> verdict_signal;  // index of each verdict's signal
  std::vector<Baseline> baselines;  // of each verdict's signal
  std::vector<int> signals;         // indices of the signals that are measured, each once
  // By signal: whether anybody needs the stable arm, because a verdict compares with it or it shares a drift
  // with the change's. Where nobody does it is read only when somebody asks why.
  std::array<bool, kMaxSignals> reads_stable{};
};

// `params` must fit the scenario: names exist and ranges hold (the scenario reader checks).
Strategy prepare(const Scenario& scenario, StrategyParams params);

}  // namespace breakglass::sim
