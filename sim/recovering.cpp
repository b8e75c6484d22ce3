// Rolling back: asked for, decided, tried until it works, and walked back where it cannot switch.
#include <algorithm>

#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

// Everything that was under way for the change which is to go.
void cancel_process(Run& run) {
  run.world.queue.cancel_if([](const auto& event) {
    switch (event.payload.kind) {
      case EventKind::step_over:
      case EventKind::promoted:
      case EventKind::late_gate:
      case EventKind::late_investigated:
      case EventKind::verified:
      case EventKind::postmortem_held:
      case EventKind::stage_done:
      case EventKind::ask_again:
      case EventKind::answered: return true;
      default: return false;
    }
  });
}

std::uint64_t try_index(const Run& run) {
  return static_cast<std::uint64_t>(run.world.change.attempt) * 1024 +
         static_cast<std::uint64_t>(run.world.rollout.rollback_tries);
}

const RollbackWayParams& way_back(const Run& run) {
  const RollbackParams& rollback = run.scenario.params.rollback;
  return run.world.rollout.rollback_verified ? rollback.verified : rollback.unverified;
}

// From the wish for a rollback to its beginning: somebody decides it, and somebody is at the controls.
Duration time_to_decide(const Run& run, int why) {
  const StrategyParams& strategy = run.strategy.params;
  if (strategy.monitoring.automatic && why == kByVerdict) return {};
  const ResponseParams& response = run.scenario.params.response;
  const std::uint64_t index = try_index(run);
  const Duration decide = draw_time(run, strategy.decision_maker ? response.decide : response.find_decider,
                                    Question::decide_time, index);
  if (strategy.staff_rollback) return stretched(run, decide);
  return stretched(run, decide + draw_time(run, response.muster, Question::muster_time, index));
}

void try_rollback(Run& run) {
  const Duration time = draw_time(run, way_back(run).time, Question::rollback_time, try_index(run));
  schedule(run, run.world.now + time, EventKind::rollback_tried);
}

void finish_rollback(Run& run) {
  World& w = run.world;
  settle_harm(run);
  begin_damage(run, w.rollout.descent_share);
  set_weight(run, 0);
  w.rollout.step = -1;
  note(run, ReasonKind::rolled_back);
  if (!manned(run)) begin_containment(run);
  if (!attempts_left(run)) return abandon(run, 1);
  begin_stage(run, Stage::investigating);
}

// A rollback that walks: the change's weight after so many steps down, and how long it lasts.
struct Descent {
  double weight = 0;
  Duration lasts{};
};

Descent descend(const Run& run, std::int32_t steps_down) {
  const RollbackParams& rollback = run.scenario.params.rollback;
  const double from = run.world.rollout.descent_from;
  if (rollback.new_rollout) {
    const auto& steps = run.strategy.params.steps;
    const StepParams& step = steps[std::min(static_cast<std::size_t>(steps_down), steps.size()) - 1];
    return {std::min(from, 1 - step.weight), step.duration};
  }
  const std::int64_t count = rollback.gradual->steps;
  if (steps_down >= count) return {};
  const double left = static_cast<double>(count - steps_down) / static_cast<double>(count);
  return {from * left, count > 1 ? rollback.gradual->time / (count - 1) : Duration{}};
}

}  // namespace

void ask_rollback(Run& run, int why) {
  World& w = run.world;
  if (w.rollout.stage == Stage::deciding || w.rollout.stage == Stage::rolling_back) return;
  end_watch(run);
  end_noticing(run);
  cancel_process(run);
  w.rollout.promoting = false;
  w.seat.step_over = false;
  w.rollout.rollback_tries = 0;
  w.rollout.rollback_why = why;
  w.rollout.stage = Stage::deciding;
  const Duration wait = time_to_decide(run, why);
  if (wait.count() == 0) return on_rollback_decided(run);
  note(run, ReasonKind::rollback_asked, -1, why, to_seconds(wait));
  schedule(run, w.now + wait, EventKind::rollback_decided);
}

void decide_again(Run& run) {
  const Duration wait = time_to_decide(run, run.world.rollout.rollback_why);
  schedule(run, run.world.now + wait, EventKind::rollback_decided);
}

void try_again(Run& run) { try_rollback(run); }

void on_rollback_decided(Run& run) {
  World& w = run.world;
  w.rollout.stage = Stage::rolling_back;
  w.record.verified = false;
  w.record.gates_ran = false;
  flag(run, Flag::rolled_back);
  if (w.change.hypothesis == 0) flag(run, Flag::rolled_back_clean);
  note(run, ReasonKind::rollback_began, -1, w.rollout.rollback_why, w.rollout.weight);
  try_rollback(run);
}

void on_rollback_tried(Run& run) {
  World& w = run.world;
  if (uniform(draw_at(w, Question::rollback_fails, 0, try_index(run))) < way_back(run).fails) {
    flag(run, Flag::rollback_failed);
    note(run, ReasonKind::rollback_failed, -1, ++w.rollout.rollback_tries);
    return try_rollback(run);
  }
  w.rollout.descent = 0;
  w.rollout.descent_from = w.rollout.weight;
  w.rollout.descent_share = w.traffic.share;
  const RollbackParams& rollback = run.scenario.params.rollback;
  if (rollback.new_rollout) {
    const auto index = static_cast<std::uint64_t>(w.change.attempt);
    const Duration deploy =
        draw_time(run, run.scenario.params.response.deploy, Question::undo_deploy_time, index);
    return schedule(run, w.now + deploy, EventKind::step_down);
  }
  if (rollback.gradual) return on_step_down(run);
  finish_rollback(run);
}

void on_step_down(Run& run) {
  World& w = run.world;
  const Descent next = descend(run, ++w.rollout.descent);
  if (next.weight <= 0) return finish_rollback(run);
  set_weight(run, next.weight);
  leave_damage(run, w.rollout.descent_share - w.traffic.share);
  note(run, ReasonKind::walking_back, -1, w.rollout.descent, w.rollout.weight, w.traffic.share);
  schedule(run, w.now + next.lasts, EventKind::step_down);
}

}  // namespace breakglass::sim
