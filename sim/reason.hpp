// The program can say why: what happened, to whom, and on which numbers it was decided. Written only when
// somebody asks for it; it changes no outcome.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/kernel/time.hpp"

namespace breakglass::sim {

enum class ReasonKind : std::uint8_t {
  paged,  // the emergency begins
  triaged,
  authored,        // value: P(regression) of such a change
  gate_passed,     // value: belief before, value2: after
  gate_flagged,    // back to the author; n: rework
  approval_asked,  // who: person
  answered,        // who: person asked, n: pages, value: index of who answered
  answered_twice,  // the same person has approved already: who is paged again
  approved,
  coordinated,
  rollback_verified,
  waiting_for_window,  // value: seconds until it opens
  deploying,
  step,            // n: step, value: weight, value2: realised share
  published,       // who: signal; value: the change's level over n items, value2: stable's over n2
  verdict_failed,  // who: verdict; value: what it measured; n: failures
  verdict_passed,  // who: verdict; value: what it measured
  verdict_inconclusive,
  extended,         // n: step
  full,             // at full weight for the first time in this attempt
  complete,         // baked
  rollback_began,   // n: 1 by a verdict, 2 by the late eval, 3 by an inconclusive step
  rollback_failed,  // n: tries so far
  rolled_back,
  investigated,
  abandoned,  // n: 1 no attempts left, 2 the calendar has no day for it, 3 the gate flags it for ever
  late_gate_passed,
  late_gate_flagged,
  late_real,   // the flag was a real regression
  late_false,  // an outdated case
  refined,     // a refinement replaces the change that serves
  resolution_verified,
  not_resolved,    // the harm goes on: the fix is refined
  containment_on,  // who: mitigation
  containment_off,
  deadline_missed,
  deadline_met,
};

struct Reason {
  Time at{};
  ReasonKind kind = ReasonKind::paged;
  std::int32_t who = -1;
  std::int32_t n = 0;
  double value = 0;
  double value2 = 0;
  std::int32_t n2 = 0;
  double belief = -1;  // P(regression) that an ideal observer holds now; -1: no belief is kept
};

using Reasons = std::vector<Reason>;

}  // namespace breakglass::sim
