// The world: everything that can change, and nothing else. A plain value: copying it branches the timeline.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/event.hpp"
#include "sim/kernel/event_queue.hpp"
#include "sim/model/approvals.hpp"
#include "sim/model/belief.hpp"
#include "sim/model/change.hpp"
#include "sim/model/fleet.hpp"
#include "sim/model/harm.hpp"
#include "sim/model/monitor.hpp"
#include "sim/model/pacing.hpp"
#include "sim/model/questions.hpp"
#include "sim/model/reports.hpp"
#include "sim/model/rollout.hpp"
#include "sim/model/signal.hpp"
#include "sim/model/traffic.hpp"
#include "sim/model/users.hpp"
#include "sim/model/watchers.hpp"
#include "sim/seat.hpp"

namespace breakglass::sim {

// What is written down on the way, for the outcome.
struct RecordState {
  Time shipped_at = kNever;
  Time full_at = kNever;
  double requests_on_regression = 0;
  std::uint32_t flags = 0;  // of Flag
  bool contained = false;   // the mitigation is on
  // The deadline has passed and the change does not serve the required share; it does harm where it is a real
  // one.
  bool deadline_open = false;
  // Of the work that is under way: told once it is over.
  std::int32_t interruptions = 0;
  double interruptions_s = 0;
  bool refine_wanted = false;  // a real regression was found while steps still ran: refine when they are over
  bool believes = false;       // an observer's belief is kept (it changes no outcome)
  bool real = true;            // the emergency is what it seems to be
  bool informed = false;       // the message to customers is out
  bool verified = false;       // somebody has seen that the harm has stopped
  bool gates_ran = false;      // what was bypassed has run after promotion, and its result is settled
  std::int32_t damage = 0;     // severity of a rolled-back regression whose damage stays; 0: none
  double damage_share = 0;     // share of all requests that its damage concerns
  Time closed_at = kNever;     // the postmortem was held
};

template <class V>
void state_fields(V& visit, RecordState& s) {
  visit("shipped_at", s.shipped_at);
  visit("full_at", s.full_at);
  visit("requests_on_regression", s.requests_on_regression);
  visit("flags", s.flags);
  visit("contained", s.contained);
  visit("deadline_open", s.deadline_open);
  visit("interruptions", s.interruptions);
  visit("interruptions_s", s.interruptions_s);
  visit("refine_wanted", s.refine_wanted);
  visit("believes", s.believes);
  visit("real", s.real);
  visit("informed", s.informed);
  visit("verified", s.verified);
  visit("gates_ran", s.gates_ran);
  visit("damage", s.damage);
  visit("damage_share", s.damage_share);
  visit("closed_at", s.closed_at);
}

// Of one arm of the released service, since the start.
struct ArmCount {
  double arrived = 0, rejected = 0, completed = 0, sojourn_s = 0;
};
// Request fidelity: what the rest of the world has been told of the fleet.
struct ServingState {
  std::array<ArmCount, 2> told{};
  double told_before = 0;  // rejected on the way to the released service
  // Rejected since the ledger was last settled: by arm, and on the way.
  std::array<double, 2> pending_rejected{};
  double pending_before = 0;
  double harm_per_s = 0;  // of the arms' rejections, in the ledger's last window
};
template <class V>
void state_fields(V& visit, ArmCount& s) {
  visit("arrived", s.arrived);
  visit("rejected", s.rejected);
  visit("completed", s.completed);
  visit("sojourn_s", s.sojourn_s);
}
template <class V>
void state_fields(V& visit, ServingState& s) {
  visit("told", s.told);
  visit("told_before", s.told_before);
  visit("pending_rejected", s.pending_rejected);
  visit("pending_before", s.pending_before);
  visit("harm_per_s", s.harm_per_s);
}

inline constexpr std::size_t kMaxEvents = 112;

// All of a world but its requests in flight.
struct PlainWorld {
  Time now{};
  std::uint64_t seed = 1;  // changing it mid-run gives new luck to every question still open
  std::uint32_t replication = 0;
  SeatState seat;
  EventQueue<Event, kMaxEvents> queue;
  TrafficState traffic;
  UsersState users;
  ChangeState change;  // in front of traffic, or on its way back
  ChangeState draft;   // being made: becomes `change` when its rollout begins
  LedgerState ledger;
  std::array<SignalState, kMaxSignals> signals{};
  std::array<Measurement, kMaxPending> pending{};  // measured, not yet published
  std::array<VerdictState, kMaxVerdicts> verdicts{};
  RolloutState rollout;
  ApprovalState approvals;
  BeliefState belief;
  WatchersState watchers;
  ReportsState reports;
  PacingState pacing;
  RecordState record;
  ServingState serving;
};
static_assert(std::is_trivially_copyable_v<PlainWorld>, "a world is copied by its bytes");
static_assert(sizeof(PlainWorld) <= 32 * 1024, "a copy of a world should stay well under a microsecond");

// The fleet is empty, and copied for nothing, unless requests are simulated one by one; the points of judges,
// unless the strategy has one.
struct World : PlainWorld {
  FleetState fleet;
  JudgingState judging;
};

template <class V>
void state_fields(V& visit, World& w) {
  visit("now", w.now);
  visit("seed", w.seed);
  visit("replication", w.replication);
  visit("traffic", w.traffic);
  visit("users", w.users);
  visit("change", w.change);
  visit("draft", w.draft);
  visit("ledger", w.ledger);
  visit("signals", w.signals);
  visit("pending", w.pending);
  visit("verdicts", w.verdicts);
  visit("rollout", w.rollout);
  visit("approvals", w.approvals);
  visit("belief", w.belief);
  visit("watchers", w.watchers);
  visit("reports", w.reports);
  visit("pacing", w.pacing);
  visit("record", w.record);
  visit("seat", w.seat);
  visit("serving", w.serving);
  visit("fleet", w.fleet);
  visit("judging", w.judging);
}

// One number for everything in the world, the pending events in their order included. Equal worlds have equal
// fingerprints on every compiler and machine; a changed field moves it.
std::uint64_t fingerprint(const World& world);

struct Difference {
  std::string field;  // "rollout.weight", "signals[2].drift"
  std::string a;
  std::string b;
};

// Every field in which two worlds differ, by name.
std::vector<Difference> diff(const World& a, const World& b);

// The address of a draw in this world.
inline Address draw_at(const World& world, Question question, int entity, std::uint64_t index) {
  return {world.seed, world.replication, static_cast<std::uint8_t>(question),
          static_cast<std::uint16_t>(entity), index};
}

}  // namespace breakglass::sim
