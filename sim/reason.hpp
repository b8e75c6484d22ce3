// The program can say why: what happened, to whom, and on which numbers it was decided. Written only when
// somebody asks for it; it changes no outcome.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/kernel/time.hpp"

namespace breakglass::sim {

enum class ReasonKind : std::uint8_t {
  paged,  // the emergency begins
  triaged,
  authored,        // value: P(regression) of such a change, n: rework, value2: 1 where it is a refinement
  gate_passed,     // value: belief before, value2: after
  gate_flagged,    // back to the author; n: rework
  approval_asked,  // who: person
  answered,        // who: person asked, n: pages, value: index of who answered
  answered_twice,  // the same person has approved already: who is paged again
  took_own_place,  // who: stood in for n before, and counts for themselves now: n is asked again
  page_missed,     // who: did not answer, n: pages so far, value: index of who is paged now
  passed_on,       // who: answered without the authority, n and value: as for a missed page
  approved,
  coordinated,
  rollback_verified,
  waiting_for_window,  // value: seconds until it opens
  deploying,
  step,            // n: step, value: weight, value2: realised share
  published,       // who: signal; value: the change's level over n items, value2: stable's over n2
  verdict_failed,  // who: verdict; value: what it measured; n: failures; value2: 1 where it never measured
                   // anything. Of a judge: n: run, value: its score, value2: 1 where it is left without one
  verdict_passed,  // the same, as of the other ends of a verdict
  verdict_inconclusive,
  verdict_error,  // who: verdict; it could not judge
  check_failed,  // who: verdict by ticks; n: failed checks so far, value: what it measured, value2: threshold
  extended,      // n: step
  full,          // at full weight for the first time in this attempt
  complete,      // baked
  rollback_began,   // n: 1 by a verdict, 2 by the late eval, 3 by an inconclusive step, 4 by a watcher,
                    // 5 by users' reports, 6 by the risk of ruin
  rollback_failed,  // n: tries so far
  rolled_back,
  investigated,
  abandoned,  // n: 1 no attempts left, 2 the calendar has no day for it, 3 the gate flags it for ever, 4
              // refused
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
  interrupted,         // n: interruptions of the work that is over, value: seconds that they cost
  message_out,         // customers are told
  caught,              // who: the approver who found the regression
  declined,            // who: the approver who refused
  refused,             // the approval cannot be had; n: times asked
  asked_again,         // n: which time
  impostor_noticed,    // who: the approver whose name was used, and who is called
  impostor_believed,   // the same, and as answered; it counted
  shipped_unapproved,  // the rollout goes on without approval
  waiting_for_staff,   // n: step; value: seconds until somebody is at work
  promoting,           // n: step; value: seconds until full weight
  rollback_asked,      // n: as rollback_began; value: seconds until it is decided and begun
  walking_back,        // value: weight, value2: realised share
  damage_stays,        // value: seconds until it is repaired
  repaired,
  closed,   // the postmortem was held
  noticed,  // by a watcher: who: signal (-1: a false alarm), n: 100 z, value: the change's level, value2: the
            // other arm's, n2: seconds since the step began
  concern_raised,       // n: 1 to roll back, 2 to look into it first, 3 noted
  concern_real,         // looked into: a regression shows
  concern_false,        // none shows (yet)
  report_came,          // n: its number
  report_triaged,       // n: reports traced to the change, n2: so many act
  reports_real,         // looked into: a regression
  reports_of_old_harm,  // looked into: the fix does not stop the harm
  reports_false,        // looked into: neither; a new set of reports is needed
  step_over,            // n: step; it has lasted its time, and goes on until somebody decides
  paced,                // who: as Pace; n: step, value: P(cost above the budget), value2: budget
  graded,  // a metric of a judge that did not pass. who: verdict, n: metric, n2: as Grade; value, value2: the
           // change's mean and the stable arm's, more: ends of the shift's interval, points of both
  graded_critical,  // the same, critically
  judged,  // a run after which a judge goes on. who: verdict, n: run, value: score, value2: 1 without a score
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
  std::array<double, 4> more{};
};

using Reasons = std::vector<Reason>;

}  // namespace breakglass::sim
