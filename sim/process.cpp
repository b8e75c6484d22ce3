// From the page to the first traffic on the change: triage, authoring, gate, approvals, coordination,
// verifying the rollback, waiting for the window, deploying. What the strategy bypasses is passed over.
#include <algorithm>

#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

// A gate that sends the same change back so often is no longer telling anything: the attempt is given up.
constexpr int kMaxRework = 60;

std::uint64_t attempt_of(const Run& run) { return static_cast<std::uint64_t>(run.world.draft.attempt); }
std::uint64_t rework_of(const Run& run) {
  return attempt_of(run) * 64 + static_cast<std::uint64_t>(run.world.draft.rework);
}

bool keeps(const Run& run, Stage stage) {
  const Strategy& strategy = run.strategy;
  if (is_done(run.world.seat, stage)) return false;
  switch (stage) {
    case Stage::eval_gate: return strategy.keeps_gate;
    case Stage::approvals: return !strategy.plan.empty();
    case Stage::coordination: return strategy.keeps_coordination;
    case Stage::verify_rollback: return strategy.params.verify_rollback;
    default: return true;
  }
}

void finish_after(Run& run, Stage stage, Duration time) {
  schedule(run, run.world.now + time, EventKind::stage_done, static_cast<int>(stage));
}

// Interruptions that fall into `work`, at the rate that holds when it begins: they cost it their own time.
// Nobody knows of them then; that there were some is told when the work is over.
Duration interrupted(Run& run, Stage stage, Duration work) {
  run.world.record.interruptions = 0;
  const auto& communication = run.scenario.params.communication;
  if (!communication || communication->interruptions.per_second <= 0) return work;
  constexpr double kMostCounted = 1000;
  const double left = run.world.record.informed ? 1 - communication->calms : 1;
  const double mean = communication->interruptions.per_second * left * to_seconds(work);
  const Address at = draw_at(run.world, Question::interruptions, static_cast<int>(stage), rework_of(run));
  const double count = std::min(kMostCounted, poisson_quantile(uniform(at), mean));
  if (count <= 0) return work;
  const double cost =
      severity_sum(communication->interruptions.each, count,
                   draw_at(run.world, Question::interruption_time, static_cast<int>(stage), rework_of(run)));
  run.world.record.interruptions = static_cast<std::int32_t>(count);
  run.world.record.interruptions_s = cost;
  return std::min(work + from_seconds(cost), kFarthest);
}

// People's work: it stretches outside of staffed hours, and is interrupted.
void work_for(Run& run, Stage stage, Duration work) {
  finish_after(run, stage, interrupted(run, stage, stretched(run, work)));
}

void tell_interruptions(Run& run, Stage stage) {
  RecordState& record = run.world.record;
  if (stage != Stage::triage && stage != Stage::authoring && stage != Stage::investigating) return;
  if (record.interruptions > 0)
    note(run, ReasonKind::interrupted, -1, record.interruptions, record.interruptions_s);
  record.interruptions = 0;
  record.interruptions_s = 0;
}

void wait_for_window(Run& run) {
  World& w = run.world;
  const Time opens = next_start(run.scenario.calendar, run.scenario.clock, w.now, run.strategy.keeps_window,
                                run.strategy.keeps_freeze);
  if (opens == kNever) return abandon(run, 2);  // the calendar leaves no day in ten years
  if (opens > w.now) note(run, ReasonKind::waiting_for_window, -1, 0, to_seconds(opens - w.now));
  finish_after(run, Stage::window, opens - w.now);
}

void coordinate(Run& run) {
  const CoordinationParams& coordination = *run.scenario.params.gates.coordination;
  Duration time{};
  for (std::int64_t i = 0; i < coordination.other_changes; ++i) {
    const Duration each = draw_time(run, coordination.time_each, Question::coordination_time,
                                    attempt_of(run) * 1024 + static_cast<std::uint64_t>(i));
    time = std::min(time + each, kFarthest);
  }
  finish_after(run, Stage::coordination, time);
}

void author_done(Run& run) {
  World& w = run.world;
  const std::int32_t hour = local_hour(run.scenario.clock, w.now);
  const bool at_night = hour >= 22 || hour < 6;
  const RegressionParams& regression = run.scenario.params.change.regression;
  const auto& coordination = run.scenario.params.gates.coordination;
  const double conflict = run.strategy.out_of_sequence ? coordination->conflict_odds : 1;
  w.draft.prior = regression_prior(regression, at_night, run.strategy.hasty, conflict);
  w.draft.reviewed = 1;
  draw_truth(run.scenario.params.change, w.draft, draw_at(w, Question::regression, 0, 0));
  if (serves(run)) {
    // A refinement keeps what the change that serves has fixed, or does better.
    w.draft.effectiveness = std::max(w.draft.effectiveness, w.change.effectiveness);
  } else if (w.record.believes) {
    begin_belief(w.belief, w.draft.prior, run.scenario.shares);
  }
  note(run, ReasonKind::authored, -1, w.draft.rework, w.draft.prior, serves(run) ? 1 : 0);
}

// Returns whether the change passed.
bool gate_done(Run& run) {
  World& w = run.world;
  const EvalGateParams& gate = *run.scenario.params.gates.eval_gate;
  const double flag = w.draft.hypothesis > 0 ? gate.sensitivity : 1 - gate.specificity;
  if (uniform(draw_at(w, Question::gate_result, 0, rework_of(run))) < flag) {
    note(run, ReasonKind::gate_flagged, -1, w.draft.rework + 1);
    rework(run);
    return false;
  }
  if (w.record.believes && !serves(run)) observe_gate(w.belief, gate.specificity, 1 - gate.sensitivity);
  const double after = after_passing(w.draft.prior, gate.sensitivity, gate.specificity);
  note(run, ReasonKind::gate_passed, -1, 0, w.draft.prior, after);
  return true;
}

}  // namespace

void begin_attempt(Run& run) {
  World& w = run.world;
  w.draft.attempt = w.change.attempt + 1;
  w.draft.rework = 0;
  w.rollout.asks = 0;
  w.seat.ready = false;
  w.seat.flagged = false;
  w.seat.looked_into = false;
  w.seat.busy = 0;
  w.seat.done = 0;
}

Stage next_stage(const Run& run, Stage stage) {
  auto next = static_cast<Stage>(static_cast<int>(stage) + 1);
  while (!keeps(run, next)) next = static_cast<Stage>(static_cast<int>(next) + 1);
  return next;
}

void rework(Run& run) {
  SeatState& seat = run.world.seat;
  end_reviews(run);  // also those that a person ordered before an autopilot took over
  if (manned(run)) {
    // It may have been on its way out already.
    cancel_stage(run, Stage::window);
    cancel_stage(run, Stage::deploying);
  }
  seat.done &= ~(bit_of(Stage::eval_gate) | bit_of(Stage::approvals));
  seat.ready = false;
  if (++run.world.draft.rework > kMaxRework) return abandon(run, 3);
  begin_stage(run, Stage::authoring);
}

bool is_staffed(const Run& run) {
  return run.strategy.covered || staffed(run.scenario.staffing, run.scenario.clock, run.world.now);
}

Duration stretched(const Run& run, Duration time) {
  if (time.count() == 0 || is_staffed(run)) return time;
  return from_seconds(to_seconds(time) * run.scenario.staffing.stretch);
}

void abandon(Run& run, int why) {
  run.world.rollout.stage = Stage::abandoned;
  note(run, ReasonKind::abandoned, -1, why);
}

bool serves(const Run& run) { return run.world.rollout.weight > 0; }

void note(Run& run, ReasonKind kind, int who, int n, double value, double value2) {
  if (!run.reasons) return;
  const World& w = run.world;
  const double belief = w.belief.hypotheses > 0 ? regression_probability(w.belief) : -1;
  run.reasons->push_back({w.now, kind, who, n, value, value2, 0, belief, {}});
}

Decision decide(const Run& run, const Observation& seen) {
  const StrategyParams& strategy = run.strategy.params;
  if (!manned(run)) return autopilot(strategy, seen);
  return strategy.monitoring.automatic && has_failed(strategy, seen) ? Decision::roll_back : Decision::go_on;
}

Duration draw_time(const Run& run, const Distribution& seconds, Question question, std::uint64_t index) {
  const double drawn = quantile(seconds, uniform(draw_at(run.world, question, 0, index)));
  return from_seconds(std::max(0.0, drawn));
}

namespace {

void begin_work(Run& run, Stage stage) {
  const ScenarioParams& p = run.scenario.params;
  switch (stage) {
    case Stage::triage:
      return work_for(run, stage, draw_time(run, p.response.triage, Question::triage_time, attempt_of(run)));
    case Stage::authoring:
      return work_for(run, stage,
                      draw_time(run, p.change.author_time, Question::author_time, rework_of(run)));
    case Stage::eval_gate:
      return finish_after(run, stage,
                          draw_time(run, p.gates.eval_gate->time, Question::gate_time, rework_of(run)));
    case Stage::approvals: return ask_approvers(run);
    case Stage::coordination: return coordinate(run);
    case Stage::verify_rollback: return finish_after(run, stage, p.rollback.verify);
    case Stage::window: return wait_for_window(run);
    case Stage::deploying:
      note(run, ReasonKind::deploying);
      return finish_after(run, stage,
                          draw_time(run, p.response.deploy, Question::deploy_time, attempt_of(run)));
    case Stage::stepping: return begin_steps(run);
    case Stage::investigating:
      return work_for(run, stage,
                      draw_time(run, p.response.investigate, Question::investigate_time, attempt_of(run)));
    case Stage::abandoned:
    case Stage::waiting:
    case Stage::deciding:
    case Stage::rolling_back:
    case Stage::complete: return;
  }
}

}  // namespace

void begin_stage(Run& run, Stage stage) {
  run.world.rollout.stage = stage;
  if (is_busy(run.world.seat, stage)) return;  // begun before an autopilot took over
  begin_work(run, stage);
}

void work_again(Run& run, Stage stage) { begin_work(run, stage); }

void end_reviews(Run& run) {
  SeatState& seat = run.world.seat;
  cancel(run, EventKind::answered);
  cancel_stage(run, Stage::eval_gate);
  clear_busy(seat, Stage::eval_gate, false);
  clear_busy(seat, Stage::approvals, false);
}

void begin_beside(Run& run, Stage stage) {
  set_busy(run.world.seat, stage);
  begin_work(run, stage);
}

namespace {

// The effect of a stage that is over. Returns whether the rollout goes on to the next one.
bool finish_stage(Run& run, Stage stage) {
  World& w = run.world;
  switch (stage) {
    case Stage::triage:
      note(run, ReasonKind::triaged);
      if (manned(run)) return true;
      begin_containment(run);
      begin_communication(run);
      if (run.strategy.params.ships) return true;
      w.rollout.stage = Stage::waiting;
      return false;
    case Stage::authoring: author_done(run); return true;
    case Stage::eval_gate: return gate_done(run);
    case Stage::coordination: note(run, ReasonKind::coordinated); return true;
    case Stage::verify_rollback:
      w.rollout.rollback_verified = true;
      note(run, ReasonKind::rollback_verified);
      return true;
    case Stage::investigating:
      note(run, ReasonKind::investigated);
      begin_attempt(run);
      begin_stage(run, Stage::authoring);
      return false;
    default: return true;
  }
}

// Where a person sits: the team writes the change once it knows what to fix; everything else waits for a
// word.
void go_on_manned(Run& run, Stage stage) {
  World& w = run.world;
  switch (stage) {
    case Stage::triage: return begin_stage(run, Stage::authoring);
    case Stage::window: return begin_stage(run, Stage::deploying);
    case Stage::deploying: return begin_stage(run, Stage::stepping);
    case Stage::authoring:
      w.seat.ready = true;
      if (!serves(run)) w.rollout.stage = Stage::waiting;
      return;
    default: return;
  }
}

}  // namespace

void on_stage_done(Run& run, Stage stage) {
  SeatState& seat = run.world.seat;
  const bool beside = is_busy(seat, stage);
  tell_interruptions(run, stage);
  if (!finish_stage(run, stage)) return;
  if (beside) clear_busy(seat, stage, true);
  if (manned(run)) return go_on_manned(run, stage);
  if (run.world.rollout.stage == stage) begin_stage(run, next_stage(run, stage));
}

}  // namespace breakglass::sim
