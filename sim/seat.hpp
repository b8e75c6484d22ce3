// The seat of whoever decides: a strategy on autopilot, or a person. Where a person sits, nothing that needs
// a decision happens by itself, and people work on several things side by side: the evaluation runs while
// approvers are paged and somebody verifies the rollback. What they have finished is remembered, so that an
// autopilot that takes over goes on from there.
#pragma once

#include <cstdint>

#include "sim/model/rollout.hpp"

namespace breakglass::sim {

struct SeatState {
  bool manned = false;      // a person decides
  bool ready = false;       // a change is written, and is not in front of traffic
  bool step_over = false;   // the step has lasted its time, and nobody has decided what follows
  bool distrusted = false;  // an approval that came from another account was thrown out: accounts are checked
  bool flagged = false;     // the evaluation after promotion has flagged the change: nobody has settled it
  bool looked_into = false;  // somebody has looked into what was flagged or suspected of this change
  std::uint32_t busy = 0;    // bit of Stage: under way beside the rollout's own stage
  std::uint32_t done = 0;    // bit of Stage: done for the change that is made ready
};

template <class V>
void state_fields(V& visit, SeatState& s) {
  visit("manned", s.manned);
  visit("ready", s.ready);
  visit("step_over", s.step_over);
  visit("distrusted", s.distrusted);
  visit("flagged", s.flagged);
  visit("looked_into", s.looked_into);
  visit("busy", s.busy);
  visit("done", s.done);
}

constexpr std::uint32_t bit_of(Stage stage) { return 1U << static_cast<unsigned>(stage); }
constexpr bool is_busy(const SeatState& seat, Stage stage) { return (seat.busy & bit_of(stage)) != 0; }
constexpr bool is_done(const SeatState& seat, Stage stage) { return (seat.done & bit_of(stage)) != 0; }
constexpr void set_busy(SeatState& seat, Stage stage) { seat.busy |= bit_of(stage); }
constexpr void clear_busy(SeatState& seat, Stage stage, bool finished) {
  seat.busy &= ~bit_of(stage);
  if (finished) seat.done |= bit_of(stage);
}

}  // namespace breakglass::sim
