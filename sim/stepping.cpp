// Steps, rollback, and what follows promotion.
#include <algorithm>

#include "sim/decider.hpp"
#include "sim/outcome.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

std::uint64_t attempt_of(const Run& run) { return static_cast<std::uint64_t>(run.world.change.attempt); }

void flag(Run& run, Flag f) { run.world.record.flags |= static_cast<std::uint32_t>(f); }

const StepParams& current_step(const Run& run) {
  return run.strategy.params.steps[static_cast<std::size_t>(run.world.rollout.step)];
}

// A segmented regression concerns the same people from its first request on.
void choose_segment(Run& run) {
  World& w = run.world;
  if (w.change.hypothesis == 0) return;
  const auto k = static_cast<std::size_t>(w.change.hypothesis - 1);
  const double share = run.scenario.params.change.regression.severities[k].onset.segment;
  if (share >= 1) return;
  const bool expected = run.scenario.params.traffic.counts == Counts::expected;
  resegment(w.users, run.scenario.classes, share, expected,
            draw_at(w, Question::routed_share, 0, attempt_of(run)));
}

void begin_late_gate(Run& run) {
  if (!run.strategy.gate_after) return;
  const Duration time =
      draw_time(run, run.scenario.params.gates.eval_gate->time, Question::late_gate_time, attempt_of(run));
  schedule(run, run.world.now + time, EventKind::late_gate);
}

std::uint64_t verify_index(const Run& run) {
  return attempt_of(run) * 8192 + static_cast<std::uint64_t>(run.world.rollout.verify_looks);
}

// The change keeps serving while a refinement of it is made, by way of everything that the strategy keeps.
void begin_refining(Run& run) {
  World& w = run.world;
  w.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::verified; });
  w.record.refine_wanted = false;
  w.draft.attempt = w.change.attempt + 1;
  w.draft.rework = 0;
  begin_stage(run, Stage::authoring);
}

bool attempts_left(const Run& run) { return run.world.change.attempt + 1 < run.strategy.params.max_attempts; }

void enter_step(Run& run, int step) {
  World& w = run.world;
  w.rollout.step = step;
  w.rollout.step_began = w.now;
  w.rollout.extensions = 0;
  const bool new_at_full =
      current_step(run).weight >= 1 && (w.rollout.weight < 1 || w.change.first_traffic_at == kNever);
  set_weight(run, current_step(run).weight);
  note(run, ReasonKind::step, -1, step, w.rollout.weight, w.traffic.share);
  if (new_at_full) {
    note(run, ReasonKind::full);
    begin_late_gate(run);
  }
  schedule(run, w.now + current_step(run).duration, EventKind::step_over);
}

void complete(Run& run) {
  World& w = run.world;
  w.rollout.stage = Stage::complete;
  end_watch(run);
  end_containment(run);
  note(run, ReasonKind::complete);
  if (w.record.refine_wanted && attempts_left(run)) return begin_refining(run);
  w.rollout.verify_looks = 0;
  const Distribution& time = run.scenario.params.response.verify.time;
  schedule(run, w.now + draw_time(run, time, Question::verify_time, attempt_of(run)), EventKind::verified);
}

// A regression has been found in a change that serves everybody.
void act_on_regression(Run& run) {
  World& w = run.world;
  if (w.rollout.stage != Stage::stepping && w.rollout.stage != Stage::complete)
    return;  // a refinement is under way
  const bool back = run.strategy.params.on_late_regression == OnLateRegression::roll_back;
  if (back || !attempts_left(run)) return begin_rollback(run, 2);
  if (w.rollout.stage == Stage::complete) return begin_refining(run);
  w.record.refine_wanted = true;  // once the steps are over
}

void extend_step(Run& run) {
  World& w = run.world;
  ++w.rollout.extensions;
  restart_inconclusive(run);
  note(run, ReasonKind::extended, -1, w.rollout.step);
  schedule(run, w.now + current_step(run).duration, EventKind::step_over);
}

void try_rollback(Run& run) {
  World& w = run.world;
  const RollbackParams& rollback = run.scenario.params.rollback;
  const RollbackWayParams& way = w.rollout.rollback_verified ? rollback.verified : rollback.unverified;
  const std::uint64_t index = attempt_of(run) * 1024 + static_cast<std::uint64_t>(w.rollout.rollback_tries);
  schedule(run, w.now + draw_time(run, way.time, Question::rollback_time, index), EventKind::rollback_tried);
}

}  // namespace

void begin_steps(Run& run) {
  World& w = run.world;
  settle_harm(run);  // with the change that has served until now, if any
  const bool refines = serves(run);
  w.rollout.stage = Stage::stepping;
  w.rollout.rollout_began = w.now;
  w.change = w.draft;
  w.change.first_traffic_at = kNever;
  choose_segment(run);
  if (refines) {
    // What was under way about the change that it replaces is no longer of interest.
    w.queue.cancel_if([](const auto& event) {
      return event.payload.kind == EventKind::late_gate || event.payload.kind == EventKind::late_investigated;
    });
    if (w.record.believes) {
      begin_belief(w.belief, w.change.prior, run.scenario.shares);
      const auto& gate = run.scenario.params.gates.eval_gate;
      if (run.strategy.keeps_gate) observe_gate(w.belief, gate->specificity, 1 - gate->sensitivity);
    }
    note(run, ReasonKind::refined);
  }
  enter_step(run, refines ? static_cast<int>(run.strategy.params.steps.size()) - 1 : 0);
  begin_watch(run);
}

void on_step_over(Run& run) {
  const RolloutState& rollout = run.world.rollout;
  switch (autopilot(run.strategy.params, observe(run, /*step_over=*/true))) {
    case Decision::promote:
      if (rollout.step + 1 == static_cast<int>(run.strategy.params.steps.size())) return complete(run);
      return enter_step(run, rollout.step + 1);
    case Decision::extend: return extend_step(run);
    case Decision::roll_back: return begin_rollback(run, 3);
    case Decision::go_on: return;
  }
}

void begin_rollback(Run& run, int why) {
  World& w = run.world;
  w.rollout.stage = Stage::rolling_back;
  w.rollout.rollback_tries = 0;
  end_watch(run);
  w.queue.cancel_if([](const auto& event) {
    const EventKind kind = event.payload.kind;
    return kind == EventKind::step_over || kind == EventKind::late_gate ||
           kind == EventKind::late_investigated || kind == EventKind::verified ||
           kind == EventKind::stage_done || kind == EventKind::answered;
  });
  flag(run, Flag::rolled_back);
  if (w.change.hypothesis == 0) flag(run, Flag::rolled_back_clean);
  note(run, ReasonKind::rollback_began, -1, why, w.rollout.weight);
  try_rollback(run);
}

void on_rollback_tried(Run& run) {
  World& w = run.world;
  const RollbackParams& rollback = run.scenario.params.rollback;
  const double fails = w.rollout.rollback_verified ? rollback.verified.fails : rollback.unverified.fails;
  const std::uint64_t index = attempt_of(run) * 1024 + static_cast<std::uint64_t>(w.rollout.rollback_tries);
  if (uniform(draw_at(w, Question::rollback_fails, 0, index)) < fails) {
    flag(run, Flag::rollback_failed);
    note(run, ReasonKind::rollback_failed, -1, ++w.rollout.rollback_tries);
    return try_rollback(run);
  }
  set_weight(run, 0);
  w.rollout.step = -1;
  note(run, ReasonKind::rolled_back);
  begin_containment(run);
  if (!attempts_left(run)) return abandon(run, 1);
  begin_stage(run, Stage::investigating);
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
  if (!flagged) return;
  const Distribution& time = run.scenario.params.response.investigate;
  schedule(run, w.now + draw_time(run, time, Question::investigate_time, attempt_of(run)),
           EventKind::late_investigated);
}

void on_late_investigated(Run& run) {
  World& w = run.world;
  if (w.change.hypothesis == 0) return note(run, ReasonKind::late_false);
  note(run, ReasonKind::late_real);
  act_on_regression(run);
}

void on_verified(Run& run) {
  World& w = run.world;
  const VerifyParams& verify = run.scenario.params.response.verify;
  const double u = uniform(draw_at(w, Question::verify_notices, 0, verify_index(run)));
  if (harm_goes_on(run) && u < verify.sensitivity) {
    note(run, ReasonKind::not_resolved);
    begin_containment(run);
    if (w.change.hypothesis > 0) return act_on_regression(run);
    return attempts_left(run) ? begin_refining(run) : abandon(run, 1);
  }
  if (w.rollout.verify_looks++ == 0) note(run, ReasonKind::resolution_verified);
  schedule(run, w.now + verify.again, EventKind::verified);
}

}  // namespace breakglass::sim
