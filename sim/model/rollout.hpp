// The rollout: steps of a weight and what ends them, and where a change stands on its way.
#pragma once

#include <vector>

#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct StepParams {
  double weight = 0;    // share of traffic on the change
  Duration duration{};  // how long it lasts; the last step's is the bake at full weight
};

template <class V>
void fields(V& visit, StepParams& p) {
  visit(field("weight", "share of traffic on the change").as(Unit::share).above(0).required(), p.weight);
  visit(field("for", "how long the step lasts").as(Unit::duration).required(), p.duration);
}

// Where a change stands. The order is that of a release that bypasses nothing.
enum class Stage : std::uint8_t {
  waiting,  // nobody works on it (do-nothing)
  triage,
  authoring,
  eval_gate,
  approvals,
  coordination,
  verify_rollback,
  window,  // waiting for the change window, or for a freeze to end
  deploying,
  stepping,       // the change serves its step's share of the traffic
  deciding,       // a rollback is asked for; the change still serves
  rolling_back,   // decided; the change still serves
  investigating,  // after a rollback
  complete,       // at full weight and baked
  abandoned,      // rolled back, and no attempts left
};

struct RolloutState {
  Stage stage = Stage::waiting;
  std::int32_t step = -1;  // index of the current step; -1 before the first
  Time step_began{};
  Time rollout_began = kNever;  // first traffic of this attempt
  double weight = 0;            // what the controller has set
  std::int32_t rollback_tries = 0;
  std::int32_t extensions = 0;    // how often an inconclusive step was extended
  std::int32_t verify_looks = 0;  // how often somebody has looked whether the harm has stopped
  bool rollback_verified = false;
  bool overdue = false;    // the step has lasted its time, and its own analysis has not ended
  bool promoting = false;  // on its way to full weight, which has been decided
  std::int32_t rollback_why = 0;
  std::int32_t descent = 0;  // steps down of a rollback that walks
  double descent_from = 0;   // weight from which it falls or walks
  double descent_share = 0;  // realised share then
  std::int32_t asks = 0;     // how often the approvers of this attempt were asked
};

template <class V>
void state_fields(V& visit, RolloutState& s) {
  visit("stage", s.stage);
  visit("step", s.step);
  visit("step_began", s.step_began);
  visit("rollout_began", s.rollout_began);
  visit("weight", s.weight);
  visit("rollback_tries", s.rollback_tries);
  visit("extensions", s.extensions);
  visit("verify_looks", s.verify_looks);
  visit("rollback_verified", s.rollback_verified);
  visit("overdue", s.overdue);
  visit("promoting", s.promoting);
  visit("rollback_why", s.rollback_why);
  visit("descent", s.descent);
  visit("descent_share", s.descent_share);
  visit("descent_from", s.descent_from);
  visit("asks", s.asks);
}

}  // namespace breakglass::sim
