// Steps of a rollout: entering them, ending them, and what is decided when they are over.
#include <algorithm>

#include "sim/decider.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

std::uint64_t attempt_of(const Run& run) { return static_cast<std::uint64_t>(run.world.change.attempt); }

const StepParams& step_at(const Run& run, int step) {
  return run.strategy.params.steps[static_cast<std::size_t>(step)];
}

const StepParams& current_step(const Run& run) { return step_at(run, run.world.rollout.step); }

void enter_step(Run& run, int step) {
  World& w = run.world;
  w.rollout.step = step;
  w.rollout.step_began = w.now;
  w.rollout.extensions = 0;
  w.rollout.promoting = false;
  w.rollout.overdue = false;
  const bool new_at_full =
      current_step(run).weight >= 1 && (w.rollout.weight < 1 || w.change.first_traffic_at == kNever);
  set_weight(run, current_step(run).weight);
  note(run, ReasonKind::step, -1, step, w.rollout.weight, w.traffic.share);
  if (new_at_full) {
    note(run, ReasonKind::full);
    begin_late_gate(run);
  }
  schedule(run, w.now + current_step(run).duration, EventKind::step_over);
  watch_for_reports(run);
  begin_pace(run);
}

void go_to_step(Run& run, int step) {
  enter_step(run, step);
  watch_step(run);
}

void complete(Run& run) {
  World& w = run.world;
  end_steps(run);
  w.rollout.stage = Stage::complete;
  watch_for_reports(run);
  end_watch(run);
  if (!manned(run)) end_containment(run);
  note(run, ReasonKind::complete);
  if (manned(run)) return;
  if (w.record.refine_wanted && attempts_left(run)) return begin_refining(run);
  begin_verifying(run);
}

void extend_step(Run& run) {
  World& w = run.world;
  ++w.rollout.extensions;
  restart_inconclusive(run);
  note(run, ReasonKind::extended, -1, w.rollout.step);
  schedule(run, w.now + current_step(run).duration, EventKind::step_over);
}

// Whether a promotion has to wait for people to come to work; it is then tried again.
bool waits_for_staff(Run& run) {
  const auto& window = run.scenario.params.gates.change_window;
  if (!window || !window->staffed_promotions || is_staffed(run)) return false;
  const World& w = run.world;
  const Time then = next_staffed(run.scenario.staffing, run.scenario.clock, w.now);
  note(run, ReasonKind::waiting_for_staff, -1, w.rollout.step, to_seconds(then - w.now));
  schedule(run, then, EventKind::step_over);
  return true;
}

}  // namespace

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

void promote_to(Run& run, int next) {
  RolloutState& rollout = run.world.rollout;
  run.world.seat.step_over = false;
  if (next == static_cast<int>(run.strategy.params.steps.size())) return complete(run);
  if (waits_for_staff(run)) return;
  if (step_at(run, next).weight >= 1) end_ticks(run);
  const Duration way = run.strategy.params.promote_after;
  if (step_at(run, next).weight < 1 || way.count() == 0) return go_to_step(run, next);
  rollout.promoting = true;
  note(run, ReasonKind::promoting, -1, next, to_seconds(way));
  schedule(run, run.world.now + way, EventKind::promoted);
}

namespace {

// Where a person sits a step that has lasted its time goes on until they decide; the last one ends by itself.
void await_decision(Run& run) {
  World& w = run.world;
  const int last = static_cast<int>(run.strategy.params.steps.size()) - 1;
  if (w.rollout.step == last) return complete(run);
  w.seat.step_over = true;
  note(run, ReasonKind::step_over, -1, w.rollout.step);
}

}  // namespace

void begin_steps(Run& run) {
  World& w = run.world;
  w.seat.ready = false;
  end_reviews(run);  // what they would stop is out
  settle_harm(run);  // with the change that has served until now, if any
  const bool refines = serves(run);
  if (refines) begin_damage(run, w.traffic.share);
  w.rollout.stage = Stage::stepping;
  w.rollout.rollout_began = w.now;
  w.change = w.draft;
  w.change.first_traffic_at = kNever;
  choose_segment(run);
  begin_noticing(run);
  if (run.strategy.plan.empty() || (manned(run) && !is_done(w.seat, Stage::approvals)))
    flag(run, Flag::shipped_unapproved);
  if (refines) {
    // What was under way about the change that it replaces is no longer of interest.
    w.queue.cancel_if([](const auto& event) {
      return event.payload.kind == EventKind::late_gate || event.payload.kind == EventKind::late_investigated;
    });
    if (w.record.believes) {
      begin_belief(w.belief, w.change.prior, run.scenario.shares);
      const auto& gate = run.scenario.params.gates.eval_gate;
      if (run.strategy.keeps_gate) observe_gate(w.belief, gate->specificity, 1 - gate->sensitivity);
      if (w.change.reviewed < 1) observe_gate(w.belief, 1, w.change.reviewed);
    }
    note(run, ReasonKind::refined);
  }
  enter_step(run, refines ? static_cast<int>(run.strategy.params.steps.size()) - 1 : 0);
  begin_watch(run);
}

void on_step_over(Run& run) {
  if (manned(run)) return await_decision(run);
  weigh_pace(run);
  const Observation seen = observe(run, /*step_over=*/true);
  switch (autopilot(run.strategy.params, seen)) {
    case Decision::promote: return promote_to(run, next_step(run));
    case Decision::extend: return extend_step(run);
    case Decision::roll_back: return ask_rollback(run, seen.pace == Pace::back ? kByPacing : kByInconclusive);
    case Decision::stay: return stay_on_step(run);
    case Decision::next_tick:
      return schedule(run, seen.now + run.strategy.params.monitoring.interval, EventKind::step_over);
    case Decision::go_on:
      if (!seen.waiting) return hold_step(run);
      run.world.rollout.overdue = true;
      return;
    case Decision::investigate: return hold_step(run);
  }
}

void on_promoted(Run& run) { go_to_step(run, static_cast<int>(run.strategy.params.steps.size()) - 1); }

}  // namespace breakglass::sim
