// What can happen. Plain data: what, to whom, and for which attempt at the change.
#pragma once

#include <cstdint>
#include <type_traits>

namespace breakglass::sim {

// The order at one instant: traffic and harm happen, then they are measured, then judged, then acted on, then
// published. Ties within a phase go by schedule order. So what is published at an instant is judged at the
// next look, never at the same one.
enum class Phase : std::uint8_t { happen, measure, judge, act, publish };

enum class EventKind : std::uint8_t {
  burst,                // happen: flow `who` enters its next burst state
  onset,                // happen: a severity may begin to show (a boundary of the ledger)
  deadline,             // happen
  contained,            // happen: the mitigation takes effect
  measure,              // measure: signal `who`'s window closes
  look,                 // judge: verdicts that are due look at what has been published
  stage_done,           // act: the current stage of the process ends
  answered,             // act: person `who` of the approval rule answers
  step_over,            // act: the current step has lasted its time
  rollback_tried,       // act: one try of a rollback ends
  late_gate,            // act: the eval that runs after promotion has a result
  late_investigated,    // act: what it flagged has been investigated
  verified,             // act: somebody has verified whether the harm has stopped
  communicated,         // happen: the message to customers is out
  repaired,             // happen: what a regression has damaged is repaired
  ask_again,            // act: after a refusal the approvers are asked once more
  promoted,             // act: the way to full weight is over
  rollback_decided,     // act: somebody has decided the rollback, and somebody is at the controls
  step_down,            // act: a rollback that walks takes its next step
  postmortem_held,      // act
  publish,              // publish: measurement in slot `who` reaches the dashboards
  glance,               // judge: the watchers glance at the dashboards
  concern,              // act: a watcher raises a concern
  concern_resolved,     // act: somebody has looked into it
  report_check,         // happen: harm is settled, because users may report some of it
  report,               // act: a report comes; `who` 0: about harm, 1: about something else
  report_triaged,       // act: support knows what a report is about
  reports_looked_into,  // act: somebody has looked into the reports
};

struct Event {
  EventKind kind = EventKind::burst;
  std::uint8_t who = 0;
  std::uint16_t unused = 0;  // no padding: an event is compared and hashed by its fields
  std::int32_t attempt = 0;
};
static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) == 8);

constexpr Phase phase_of(EventKind kind) {
  switch (kind) {
    case EventKind::burst:
    case EventKind::onset:
    case EventKind::deadline:
    case EventKind::contained:
    case EventKind::communicated:
    case EventKind::repaired:
    case EventKind::report_check: return Phase::happen;
    case EventKind::measure: return Phase::measure;
    case EventKind::glance:
    case EventKind::look: return Phase::judge;
    case EventKind::publish: return Phase::publish;
    default: return Phase::act;
  }
}

}  // namespace breakglass::sim
