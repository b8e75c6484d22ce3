// What the handlers of events share: one run of one strategy in one world. For the simulator's own files.
#pragma once

#include "sim/decider.hpp"
#include "sim/outcome.hpp"
#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

struct Run {
  const Scenario& scenario;
  const Strategy& strategy;
  World& world;
  Reasons* reasons;  // null: nobody asks why
};

inline void schedule(Run& run, Time at, EventKind kind, int who = 0) {
  const Event event{kind, static_cast<std::uint8_t>(who), 0, run.world.change.attempt};
  run.world.queue.push(at, static_cast<std::uint8_t>(phase_of(kind)), event);
}

// Takes every pending event of a kind out of the queue.
inline void cancel(Run& run, EventKind kind) {
  run.world.queue.cancel_if([kind](const auto& event) { return event.payload.kind == kind; });
}

// Takes the end of that stage out of the queue.
inline void cancel_stage(Run& run, Stage stage) {
  run.world.queue.cancel_if([stage](const auto& event) {
    return event.payload.kind == EventKind::stage_done && event.payload.who == static_cast<int>(stage);
  });
}

// Writes down that something has happened, for the outcome.
inline void flag(Run& run, Flag happened) { run.world.record.flags |= static_cast<std::uint32_t>(happened); }

// Whether a person decides: then nothing that needs a decision happens by itself.
inline bool manned(const Run& run) { return run.world.seat.manned; }
// What is decided on an observation: by the strategy on autopilot, or, where a person sits, only what a
// controller does that was told to roll back by itself.
Decision decide(const Run& run, const Observation& observation);

void note(Run& run, ReasonKind kind, int who = -1, int n = 0, double value = 0, double value2 = 0);

// A time of the process: drawn from `seconds` (held in seconds), never negative.
Duration draw_time(const Run& run, const Distribution& seconds, Question question, std::uint64_t index);

// A world without noise: every count is its expectation.
inline bool expected_counts(const Run& run) { return run.scenario.params.traffic.counts == Counts::expected; }

// --- accrual.cpp: traffic up to now
// --------------------------------------------------------------------------

// Counts the requests since the last count, by arm.
void count_traffic(Run& run);
// Moves the weights by harm's growth on to now, at the burst states as they are.
void weigh_traffic(Run& run);
// Sets the change's weight: settles harm first, then moves the traffic.
void set_weight(Run& run, double weight);
void begin_traffic(Run& run);
void on_burst(Run& run, int flow);

// --- harming.cpp: harm up to now
// -----------------------------------------------------------------------------

void begin_ledger(Run& run);
// Books the harm since the last settlement. Called before anything changes that harm depends on: the share of
// traffic on the change, what shows, the mitigation, the deadline.
void settle_harm(Run& run);
// Whether the change carries a regression that shows at `at`, at the weight that it has. What does not show
// yet nobody can find in front of traffic.
bool regression_shows(const Run& run, Time at);
// Whether the expected harm rate is 5% or more of what it was at the page: the harm has not stopped.
bool harm_goes_on(const Run& run);
// Opens or closes the deadline's account, as the weight says.
void update_deadline(Run& run);
void on_deadline(Run& run);
// Switches the strategy's mitigation on, after its time; nothing if it has none or it is on.
void begin_containment(Run& run);
void end_containment(Run& run);
void on_contained(Run& run);
// Tells the customers, after the time that it takes; nothing if the strategy does not, or has.
void begin_communication(Run& run);
void on_communicated(Run& run);
// What the regression of the change that is being taken back has damaged stays damaged for a time.
// `share`: of the requests that it concerned.
void begin_damage(Run& run, double share);
// The same while a rollback walks, of those who have come back so far: nobody repairs anything yet. Whether
// anything is damaged. Harm must be settled.
bool leave_damage(Run& run, double share);
void on_repaired(Run& run);

// --- process.cpp: from the page to the first traffic on the change
// -------------------------------------------

void begin_stage(Run& run, Stage stage);
// Whether people are at hand now: it is a staffed hour, or on-call cover was ensured.
bool is_staffed(const Run& run);
// What `time` of people's work takes from now on: outside of staffed hours it stretches.
Duration stretched(const Run& run, Duration time);
// Gives up; why: as ReasonKind::abandoned says.
void abandon(Run& run, int why);
// Whether a change is in front of traffic. One that is being made then is a refinement.
bool serves(const Run& run);
// A stage's time is over. Where a person sits, several may be under way side by side.
void on_stage_done(Run& run, Stage stage);
// Begins work beside the rollout's own stage.
void begin_beside(Run& run, Stage stage);
// Nobody waits any more for what the evaluation and the approvers would say of the draft.
void end_reviews(Run& run);
// The stage after `stage`, of those that the strategy keeps.
Stage next_stage(const Run& run, Stage stage);
// The next change is begun: nothing of what was done for the last one counts for it.
void begin_attempt(Run& run);
// Sends the draft back to its author; gives up where that has happened too often.
void rework(Run& run);

// --- asking.cpp: approvals
// -----------------------------------------------------------------------------------

void ask_approvers(Run& run);
void on_answered(Run& run, int leaf);
void on_ask_again(Run& run);
// From now on accounts are checked; approvals that came from others no longer count, and are asked for anew.
void distrust_accounts(Run& run);

// --- watch.cpp: measuring, publishing, judging
// ---------------------------------------------------------------

void begin_watch(Run& run);
// Begins the verdicts that begin with the current step.
void watch_step(Run& run);
// The way to full weight is decided: nothing is checked by ticks any more.
void end_ticks(Run& run);
void end_watch(Run& run);
void on_measure(Run& run, int signal);
void on_publish(Run& run, int slot);
void on_look(Run& run);
// Inconclusive verdicts begin again, for a step that is extended.
void restart_inconclusive(Run& run);
// Plans the measurements anew, after what looks at them has changed.
void remeasure(Run& run);
// What whoever decides can see now.
Observation observe(const Run& run, bool step_over);

// --- judging.cpp: judges of several signals
// ----------------------------------------------------------------------------------

// Makes room for the points, and forgets those of an earlier rollout.
void begin_judging(Run& run);
// Keeps what a published window has shown, for the judges that read it.
void keep_points(Run& run, const Measurement& m);
// One run of verdict `v`, a judge.
void run_judge(Run& run, std::size_t v);

// --- stepping.cpp: steps, rollback, and what follows promotion
// -----------------------------------------------

// Puts the draft in front of traffic: through the strategy's steps, or, where an earlier change serves
// everybody, in its place with the watch of the last step.
void begin_steps(Run& run);
// On to that step; past the last one the rollout is complete.
void promote_to(Run& run, int step);
void on_step_over(Run& run);
void on_promoted(Run& run);

// --- recovering.cpp: rollback
// --------------------------------------------------------------------------------

// Why a rollback is asked for, as ReasonKind::rollback_began tells it.
inline constexpr int kByVerdict = 1;
inline constexpr int kByLateEval = 2;
inline constexpr int kByInconclusive = 3;
inline constexpr int kByWatchers = 4;
inline constexpr int kByReports = 5;
inline constexpr int kByPacing = 6;
inline constexpr int kByPerson = 7;

// Asks for a rollback. It begins once it is decided, and somebody is at
// the controls.
void ask_rollback(Run& run, int why);
void on_rollback_decided(Run& run);
void on_rollback_tried(Run& run);
void on_step_down(Run& run);

// --- following.cpp: what follows promotion
// -------------------------------------------------------------------

void begin_late_gate(Run& run);
void run_late_gate(Run& run);
// What the evaluation after promotion flagged, or people suspect, is looked into.
void begin_investigating(Run& run);
void hold_postmortem(Run& run);
// Verifies the resolution, and then from time to time.
void begin_verifying(Run& run);
bool attempts_left(const Run& run);
// The change keeps serving while a refinement of it is made, by way of everything that the strategy keeps.
void begin_refining(Run& run);
// A regression has been found in a change that serves everybody.
void act_on_regression(Run& run, int why = kByLateEval);
// The harm goes on although the rollout is complete: it is the regression's, if one shows, or else the fix
// does not suffice.
void act_on_harm(Run& run, int why = kByLateEval);
void on_late_gate(Run& run);
void on_late_investigated(Run& run);
void on_verified(Run& run);
void on_postmortem(Run& run);

// --- noticing.cpp: people who watch, and users who report
// ----------------------------------------------------

// Before a change meets traffic; once a rollback is asked for; when its steps are over.
void begin_noticing(Run& run);
void end_noticing(Run& run);
void end_steps(Run& run);
// The first glance strictly after `t`; kNever without watchers.
Time glance_after(const Run& run, Time t);
void show_watchers(Run& run, const Measurement& m);
void on_glance(Run& run);
void on_concern(Run& run);
void on_concern_resolved(Run& run);
// The step is over, and goes on once the concern that holds it is settled.
void hold_step(Run& run);
// Settles harm from time to time where users meet some that they would report. Called where that may begin.
void watch_for_reports(Run& run);
// Of `exposures` up to now, some are reported. Called when they are booked.
void report_exposures(Run& run, HarmSource source, double exposures);
void on_onset(Run& run);
void on_report_check(Run& run);
void on_report(Run& run, int who);
void on_report_triaged(Run& run);
// As many reports are triaged as it takes to act: while the steps run they are reason enough to roll back;
// once the rollout is complete somebody looks into them first.
void act_on_reports(Run& run);
void look_into_reports(Run& run);
void on_reports_looked_into(Run& run);

// --- imagining.cpp: work that is under way, drawn again from its beginning (now)
// ----------------------------------------------------

void work_again(Run& run, Stage stage);
void page_again(Run& run, int leaf);
void decide_again(Run& run);
void try_again(Run& run);
void look_into_again(Run& run);
// A segmented regression concerns the same people from its first request on.
void choose_segment(Run& run);

// --- pacing.cpp: the risk of ruin
// ----------------------------------------------------------------------------

void count_for_pacing(Run& run, Time from, double requests);
// The first end of the current step (stays and extensions included) strictly after `t`; kNever without
// pacing.
Time step_end_after(const Run& run, Time t);
void begin_pace(Run& run);
// Counts what the risk depends on, and says what it allows.
void weigh_pace(Run& run);
Pace pace_of(const Run& run);
int next_step(const Run& run);
void stay_on_step(Run& run);

}  // namespace breakglass::sim
