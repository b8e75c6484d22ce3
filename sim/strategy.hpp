// A strategy: how a change reaches 100%. Read once, const ever after.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/model/approvals.hpp"
#include "sim/model/discipline.hpp"
#include "sim/model/monitor.hpp"
#include "sim/model/pacing.hpp"
#include "sim/model/reports.hpp"
#include "sim/model/rollout.hpp"
#include "sim/model/watchers.hpp"

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
inline constexpr int kMaxExtensions = 3;  // the documentation of `on_inconclusive` says the number

// What a real regression does that the eval finds after promotion.
enum class OnLateRegression : std::uint8_t {
  fix_forward,  // the change keeps serving while a refinement is written, and is replaced by it in place
  roll_back,
};
constexpr std::array kOnLateRegressionNames{EnumName{"fix-forward", 0}, EnumName{"roll-back", 1}};
constexpr std::span<const EnumName> names(OnLateRegression) { return kOnLateRegressionNames; }

// What a refusal by the approvers does.
enum class OnRefusal : std::uint8_t {
  ask_again,  // with better evidence, after `ask_again`, at most kMaxAsks times; then it is given up
  give_up,    // not now: it goes to the normal queue
  ship,       // without approval: recorded
};
constexpr std::array kOnRefusalNames{EnumName{"ask-again", 0}, EnumName{"give-up", 1}, EnumName{"ship", 2}};
constexpr std::span<const EnumName> names(OnRefusal) { return kOnRefusalNames; }
inline constexpr int kMaxAsks = 4;

struct MonitoringParams {
  Duration interval = std::chrono::minutes{1};
  OnInconclusive on_inconclusive = OnInconclusive::hold;
  bool automatic = false;  // a failed verdict rolls back by itself: nobody is asked
  std::vector<VerdictParams> verdicts;
  std::int64_t watchers = 0;  // people who watch every signal while the change is in its steps
  Duration glance_every{};    // 0: as often as the scenario's watch says
  OnConcern on_concern = OnConcern::hold;
  std::int64_t reports_to_act = 1;  // users' reports traced to the change; 0: nobody reads them
};

struct StrategyParams {
  std::string id;
  std::string title;
  bool ships = true;                   // false: do nothing, the baseline
  std::vector<BypassParams> bypasses;  // what is not listed is kept
  bool verify_rollback = false;
  bool staff_rollback = false;  // somebody stands ready at the controls
  bool decision_maker = false;  // who decides a rollback is named beforehand
  bool communicate = false;     // customers are told, in parallel to the fix
  bool on_call_cover = false;   // ensured also where no bypass asks for it
  std::string approvals;        // name of a rule; none needed when empty
  bool check_identity = true;   // an approval counts only from the approver's own account
  OnRefusal on_refusal = OnRefusal::ask_again;
  Duration ask_again = std::chrono::minutes{30};
  std::vector<StepParams> steps;
  MonitoringParams monitoring;
  std::optional<PacingParams> pacing;
  Duration promote_after{};  // from the decision for full weight to the change having it
  std::string containment;   // name of a mitigation to switch on; none when empty
  OnLateRegression on_late_regression = OnLateRegression::fix_forward;
  std::int64_t max_attempts = 5;
  bool postmortem = true;
};

template <class V>
void fields(V& visit, MonitoringParams& p) {
  visit(field("interval", "time between looks").as(Unit::duration).at_least(1), p.interval);
  visit(field("on_inconclusive",
              "what an inconclusive verdict does when its step is over; hold: the step is extended by its "
              "length and the verdict begins again, three times at most, then it is rolled back"),
        p.on_inconclusive);
  visit(field("automatic", "a failed verdict rolls back by itself; otherwise somebody decides it"),
        p.automatic);
  visit(field("verdicts", "what is judged; a failed verdict rolls back"), p.verdicts);
  visit(field("watchers", "people who watch every signal of the scenario during the steps")
            .at_least(0)
            .at_most(kMaxWatchers),
        p.watchers);
  visit(field("glance_every",
              "time from one glance of theirs to the next; as the scenario's watch says when absent")
            .as(Unit::duration),
        p.glance_every);
  visit(field("on_concern", "what a watcher's concern does"), p.on_concern);
  visit(field("reports_to_act",
              "users' reports traced to the change that it takes to act; 0: nobody reads them")
            .at_least(0)
            .at_most(kMaxReportsToAct),
        p.reports_to_act);
}
template <class V>
void fields(V& visit, StrategyParams& p) {
  visit(field("id", "the strategy's name").required(), p.id);
  visit(field("title", "what it is, in a few words"), p.title);
  visit(field("ships", "false: do nothing (the harm of not shipping)"), p.ships);
  visit(field("bypasses", "elements of the discipline that it bypasses; what is not listed is kept").keyed(),
        p.bypasses);
  visit(field("verify_rollback", "verify the rollback before the rollout"), p.verify_rollback);
  visit(field("staff_rollback", "somebody stands ready to roll back; otherwise somebody must be found first"),
        p.staff_rollback);
  visit(field("decision_maker", "who decides a rollback is named beforehand; otherwise one must be found"),
        p.decision_maker);
  visit(field("communicate", "customers are told what happens, in parallel to the fix"), p.communicate);
  visit(
      field("on_call_cover", "people are at hand outside of staffed hours, also where no bypass asks for it"),
      p.on_call_cover);
  visit(field("approvals", "the scenario's approval rule that it needs; none when absent"), p.approvals);
  visit(field("check_identity", "an approval counts only from the approver's own account"), p.check_identity);
  visit(field("on_refusal", "what a refusal by the approvers does"), p.on_refusal);
  visit(field("ask_again", "after a refusal: time until they are asked again, with better evidence")
            .as(Unit::duration)
            .above(0),
        p.ask_again);
  visit(field("steps", "weights, rising to 1, and how long each lasts"), p.steps);
  visit(field("monitoring", "what is judged, and how often"), p.monitoring);
  visit(field("pacing",
              "the next step is as large as the risk of ruin allows; one step after another when absent"),
        p.pacing);
  visit(field("promote_after", "time from the decision for full weight to the change having it")
            .as(Unit::duration),
        p.promote_after);
  visit(field("containment", "a mitigation of the scenario to switch on until the change is out"),
        p.containment);
  visit(field("on_late_regression", "what a real regression does that the eval finds after promotion"),
        p.on_late_regression);
  visit(
      field("max_attempts", "changes tried, the first included, before giving up").at_least(1).at_most(1000),
      p.max_attempts);
  visit(field("postmortem",
              "once the resolution is verified and the bypassed gates have run, a postmortem is "
              "held"),
        p.postmortem);
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
  bool hasty = false;            // it bypasses something
  bool covered = false;          // on-call cover is ensured
  bool out_of_sequence = false;  // the change passes others without keeping to the standard sequence
  ApprovalPlan plan;             // whose approval it needs; empty: nobody's
  int containment = -1;
  Duration glance_every{};          // of the watchers
  std::vector<int> verdict_signal;  // index of each verdict's signal; -1: it is a judge
  std::vector<Baseline> baselines;  // of each verdict's signal
  std::vector<JudgePlan> judges;    // of each verdict; without metrics where it is no judge
  std::size_t judge_points = 0;     // that all judges keep
  std::vector<int> signals;         // indices of the signals that are measured, each once
  // By signal: whether anybody needs the stable arm, because a verdict compares with it or it shares a drift
  // with the change's. Where nobody does it is read only when somebody asks why.
  std::array<bool, kMaxSignals> reads_stable{};
};

// Whether a judge has the signal among its metrics.
bool judges(const JudgePlan& judge, int signal);
// Whether a verdict reads a signal.
inline bool reads(const Strategy& strategy, std::size_t verdict, int signal) {
  const int own = strategy.verdict_signal[verdict];
  return own == signal || (own < 0 && judges(strategy.judges[verdict], signal));
}

// The time between two glances of the strategy's watchers at that scenario's dashboards.
Duration glance_every(const StrategyParams& params, const WatchParams& watch);

// `params` must fit the scenario: names exist and ranges hold (the scenario reader checks).
Strategy prepare(const Scenario& scenario, StrategyParams params);

}  // namespace breakglass::sim
