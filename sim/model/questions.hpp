// The named questions that random draws answer. A draw is addressed by (seed, replication, question, entity,
// index), so a new question disturbs no other, and two strategies in one replication get the same answer to
// the same question. The numbers are part of the reproducibility promise: never reuse or reorder them.
#pragma once

#include <cstdint>

namespace breakglass::sim {

enum class Question : std::uint8_t {
  arrivals = 1,            // both arms at once; index: start of the window (ns). How many requests?
  routed = 2,              // replayed requests: how many of them go to the change? index: start of the window
  first_request = 3,       // when in its window did the first request reach the change?
  burst_length = 4,        // entity: entry; index: number of the burst state since the start
  burst_next = 5,          // the same: which state comes next?
  exposures = 6,           // entity: source of harm; index: start of the ledger's window
  severity = 7,            // entity: source of harm; block: exposure in the window
  users_split = 8,         // entity: source and cell; index: start of the ledger's window. Whose exposures?
  users_newly = 9,         // the same: how many of the cell's users met harm for the first time?
  users_move = 10,         // entity: class and segment; index: instant of the weight change
  fix = 11,                // index: attempt. How much of the harm does this change remove?
  regression = 12,         // index: attempt and rework. Does this change carry a regression?
  regression_kind = 13,    // the same: which severity?
  triage_time = 14,        // index: attempt
  author_time = 15,        // index: attempt and rework
  gate_time = 16,          // index: attempt and rework
  gate_result = 17,        // index: attempt and rework
  answer_time = 18,        // entity: person; index: attempt and page
  answer_missed = 19,      // the same
  coordination_time = 20,  // index: attempt and change
  deploy_time = 21,        // index: attempt
  rollback_time = 22,      // index: attempt and try
  rollback_fails = 23,     // the same
  investigate_time = 24,   // index: attempt
  late_gate_time = 25,     // the eval that runs after promotion; index: attempt
  late_gate_result = 26,   // the same
  signal_sample = 27,      // entity: signal and arm; index: end of the window. How many items were judged?
  signal_value = 28,       // the same: what was counted?
  signal_spread = 29,      // the same: the window's own rate, where there is overdispersion
  signal_drift = 30,       // entity: signal; index: end of the window
  routed_share = 31,       // entity: class and cohort; index: attempt. Whom can a segmented regression meet?
  containment_time = 32,   // index: attempt
  verify_time = 33,        // index: attempt
  verify_notices = 34,     // index: attempt and look
  is_real = 35,            // is the emergency what it seems to be?
  communication_time = 36,
  interruptions = 37,        // entity: stage; index: attempt and rework. How many, while people work on it?
  interruption_time = 38,    // the same; block: interruption
  decide_time = 39,          // index: attempt and rollback of it
  muster_time = 40,          // the same
  repair_time = 41,          // index: attempt
  postmortem_time = 42,      // index: attempt
  undo_deploy_time = 43,     // of a rollback that is a new rollout; index: attempt
  answer_declined = 50,      // entity: who answers; index: attempt and page
  answer_sees_through = 51,  // the same
  answer_catches = 52,       // the same
  impostor = 53,             // entity: person paged first; index: attempt and page
  call_time = 60,            // entity: call. When does it come?
  call_calmed = 61,          // the same. Does the message to customers end it?
  call_length = 62,          // the same; index: how often it has come
  fleet_gap = 70,    // request fidelity; entity: entry; index: half the arrival's number. How long until it?
  fleet_route = 71,  // index: half the customer's number at the released service. Which arm?
  fleet_service = 72,   // entity: station; index: half the customer's number there. How long does it take?
  fleet_call = 73,      // entity: call; index: half the number of its caller's customer. One more?
  fleet_segment = 74,   // index: as for the route. Can this request meet a segmented regression?
  watch_notices = 80,   // entity: signal; index: instant of the glance
  watch_false = 81,     // index: instant of the glance
  watch_reaction = 82,  // index: instant of noticing
  concern_time = 83,    // index: instant of the concern. How long does looking into it take?
  report_count = 84,    // entity: source of harm; index: start of the ledger's window
  report_delay = 85,    // the same; block: report
  report_triage = 86,   // index: attempt and report
  report_false = 87,    // index: instant of the last one
  reports_time = 88,    // index: attempt and reports dismissed so far. How long does looking into them take?
};

}  // namespace breakglass::sim
