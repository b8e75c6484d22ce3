// What follows promotion: verifying the resolution, running what was bypassed, refining, the postmortem.
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

std::uint64_t attempt_of(const Run& run) { return static_cast<std::uint64_t>(run.world.change.attempt); }

std::uint64_t verify_index(const Run& run) {
  return attempt_of(run) * 8192 + static_cast<std::uint64_t>(run.world.rollout.verify_looks);
}

// The postmortem is held once the resolution is verified and what was bypassed has run; a bypassed gate that
// nobody means to run is forgotten, as in life.
void prepare_postmortem(Run& run) {
  World& w = run.world;
  const bool gates_done = w.record.gates_ran || !run.strategy.gate_after;
  if (manned(run) || !run.strategy.params.postmortem || w.rollout.stage != Stage::complete) return;
  if (!w.record.verified || !gates_done || w.record.closed_at != kNever) return;
  hold_postmortem(run);
}

void settle_gates(Run& run) {
  run.world.record.gates_ran = true;
  prepare_postmortem(run);
}

}  // namespace

void hold_postmortem(Run& run) {
  cancel(run, EventKind::postmortem_held);
  const Distribution& time = run.scenario.params.response.postmortem;
  schedule(run, run.world.now + draw_time(run, time, Question::postmortem_time, attempt_of(run)),
           EventKind::postmortem_held);
}

bool attempts_left(const Run& run) { return run.world.change.attempt + 1 < run.strategy.params.max_attempts; }

void begin_late_gate(Run& run) {
  if (run.strategy.gate_after && !manned(run)) run_late_gate(run);
}

void run_late_gate(Run& run) {
  const Duration time =
      draw_time(run, run.scenario.params.gates.eval_gate->time, Question::late_gate_time, attempt_of(run));
  schedule(run, run.world.now + time, EventKind::late_gate);
}

void begin_verifying(Run& run) {
  World& w = run.world;
  w.rollout.verify_looks = 0;
  const Distribution& time = run.scenario.params.response.verify.time;
  schedule(run, w.now + draw_time(run, time, Question::verify_time, attempt_of(run)), EventKind::verified);
}

void begin_refining(Run& run) {
  World& w = run.world;
  cancel(run, EventKind::verified);
  cancel(run, EventKind::postmortem_held);
  w.record.refine_wanted = false;
  w.record.verified = false;
  w.record.gates_ran = false;
  begin_attempt(run);
  begin_stage(run, Stage::authoring);
}

void act_on_regression(Run& run, int why) {
  World& w = run.world;
  if (w.rollout.stage != Stage::stepping && w.rollout.stage != Stage::complete)
    return;  // a refinement or a rollback is under way
  const bool back = run.strategy.params.on_late_regression == OnLateRegression::roll_back;
  if (back || !attempts_left(run)) return ask_rollback(run, why);
  if (w.rollout.stage == Stage::complete) return begin_refining(run);
  w.record.refine_wanted = true;  // once the steps are over
}

void act_on_harm(Run& run, int why) {
  begin_containment(run);
  // Whoever sees harm sees whom and what it comes from. A regression that does not show yet does none.
  if (regression_shows(run, run.world.now)) return act_on_regression(run, why);
  return attempts_left(run) ? begin_refining(run) : abandon(run, 1);
}

void on_late_gate(Run& run) {
  World& w = run.world;
  const EvalGateParams& gate = *run.scenario.params.gates.eval_gate;
  const double flags = w.change.hypothesis > 0 ? gate.sensitivity : 1 - gate.specificity;
  const bool flagged = uniform(draw_at(w, Question::late_gate_result, 0, attempt_of(run))) < flags;
  if (w.record.believes) {
    observe_gate(w.belief, flagged ? 1 - gate.specificity : gate.specificity,
                 flagged ? gate.sensitivity : 1 - gate.sensitivity);
  }
  note(run, flagged ? ReasonKind::late_gate_flagged : ReasonKind::late_gate_passed);
  if (!flagged) return settle_gates(run);
  run.world.seat.flagged = manned(run);
  run.world.seat.looked_into = false;
  if (!manned(run)) begin_investigating(run);
}

void begin_investigating(Run& run) {
  const Distribution& time = run.scenario.params.response.investigate;
  const Duration work = stretched(run, draw_time(run, time, Question::investigate_time, attempt_of(run)));
  schedule(run, run.world.now + work, EventKind::late_investigated);
}

void on_late_investigated(Run& run) {
  World& w = run.world;
  // The flagged case is at hand and can be run again: it tells whether or not traffic meets it yet.
  const bool clean = w.change.hypothesis == 0;
  w.seat.flagged = false;
  if (w.record.believes)
    observe_gate(w.belief, clean ? 1 : 0, clean ? 0 : 1);  // whoever looked into it knows
  if (clean) {
    note(run, ReasonKind::late_false);
    return settle_gates(run);
  }
  note(run, ReasonKind::late_real);
  if (!manned(run)) act_on_regression(run);
}

void on_verified(Run& run) {
  World& w = run.world;
  const VerifyParams& verify = run.scenario.params.response.verify;
  const double u = uniform(draw_at(w, Question::verify_notices, 0, verify_index(run)));
  if (harm_goes_on(run) && u < verify.sensitivity) {
    note(run, ReasonKind::not_resolved);
    return manned(run) ? void() : act_on_harm(run);
  }
  if (w.rollout.verify_looks++ == 0) {
    note(run, ReasonKind::resolution_verified);
    w.record.verified = true;
    prepare_postmortem(run);
  }
  if (!manned(run)) schedule(run, w.now + verify.again, EventKind::verified);
}

void on_postmortem(Run& run) {
  run.world.record.closed_at = run.world.now;
  note(run, ReasonKind::closed);
}

}  // namespace breakglass::sim
