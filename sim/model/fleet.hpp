// Request fidelity: every request is an event. It enters at an entry point, visits stations as the service
// graph says, waits in line where all servers are busy, and is served or turned away. So what costs only time
// can melt a pool: the arrivals go on, the line grows, the waiting room fills, and requests are rejected.
//
// A station has c servers and one first-come-first-served line, with room for `queue` requests; with servers
// 0 nobody ever waits (a pure delay, or nothing at all without a service time). The released service has two
// pools, stable and change. Calls are made when a service ends, and each is a job of its own: nobody waits
// for its answer, so what is behind a service does not slow it down. Capacity follows the weight at once.
//
// Random numbers are addressed by customer: the n-th arrival at an entry, and at a station, always meets the
// same gap, the same service time and the same coin for its arm, whatever the strategy. A service time is
// drawn on arrival and stretched by what then shows.
//
// The state holds lists, empty and so free in a world that simulates windows. They grow to what a run needs
// and stay: in the long run nothing is allocated. Copying branches the timeline as for everything else.
//
// Sources: L. Kleinrock, "Queueing Systems, volume 1", Wiley 1975 (the stations); J. R. Jackson, "Networks of
// waiting lines", Operations Research 5(4), 1957 (the network). The closed forms are in the tests.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"
#include "sim/model/questions.hpp"
#include "sim/model/rate_curve.hpp"

namespace breakglass::sim {

// A sequence of draws: number n answers `question` about `entity` for the n-th time.
struct FleetStream {
  Question question = Question::fleet_gap;
  std::uint16_t entity = 0;
  bool exponential = false;  // variables of mean 1; otherwise uniforms
};

// `whole` calls of `station` for every request served, and one more with probability `part`.
struct FleetCall {
  std::int32_t station = 0;
  std::int32_t whole = 0;
  double part = 0;
  std::int32_t stream = -1;  // of the coin; -1: none is tossed
};

struct FleetStation {
  Distribution service_time;  // seconds
  std::int64_t servers = 0;   // 0: as many as it takes
  std::int64_t queue = 1000;  // requests that may wait; one more is rejected
  std::vector<FleetCall> calls;
  std::int32_t stream = -1;  // of the service times; -1: they are fixed
  bool exponential = false;  // they are, and nothing else

  bool instant() const { return servers == 0 && stream < 0 && service_time.a <= 0; }
};

// Arrivals at one entry point: a Poisson process of the curve's rate times the burst factor; or one each time
// that this rate's integral reaches a whole number; or at the instants of a trace.
struct FleetEntry {
  std::int32_t station = 0;
  RateCurve curve;             // requests at the entry; integrals built
  bool regular = false;        // no chance: evenly spaced along the rate's integral
  std::vector<Time> arrivals;  // of a replayed trace, ascending; empty: the curve's
  Duration length{};           // of one pass through it
  double scale = 1;            // requests for each of its arrivals
  bool repeat = true;
};

// What is given about a fleet. Made with add_streams() once stations and entries are in.
struct FleetPlan {
  std::vector<FleetStation> stations;
  std::vector<FleetEntry> entries;  // at most kMaxEntries
  std::int32_t released = -1;       // the station with two pools; -1: none
  bool scale_stable = false;        // the stable pool gives up what its lost weight needed
  std::vector<FleetStream> streams;
  std::int32_t route = -1;    // stream: which arm takes this request?
  std::int32_t segment = -1;  // stream: can this request meet a segmented regression?

  bool empty() const { return stations.empty(); }
};
// Numbers the draws; returns the plan.
FleetPlan add_streams(FleetPlan plan);

struct FleetJob {
  Time arrived{};
  Duration service{};
};

// First in, first out, in a ring that doubles when it is full.
class FleetLine {
 public:
  std::size_t size() const { return count_; }
  void push(const FleetJob& job) {
    if (count_ == ring_.size()) grow();
    ring_[(head_ + count_++) & (ring_.size() - 1)] = job;
  }
  FleetJob pop() {
    const FleetJob job = ring_[head_];
    head_ = (head_ + 1) & (ring_.size() - 1);
    --count_;
    return job;
  }
  FleetJob& operator[](std::size_t i) { return ring_[(head_ + i) & (ring_.size() - 1)]; }

 private:
  void grow();

  std::vector<FleetJob> ring_;  // its size is a power of two, or 0
  std::size_t head_ = 0;
  std::size_t count_ = 0;
};

// arrived = rejected + completed + busy + line.size(), at every instant.
struct FleetPool {
  std::int64_t servers = 0;
  std::int64_t busy = 0;  // may exceed the servers for a while when a pool shrinks
  FleetLine line;
  std::uint64_t arrived = 0;  // since the start, rejected ones included
  std::uint64_t rejected = 0;
  std::uint64_t completed = 0;
  double sojourn_ns = 0;  // summed over the completed: from arrival to departure
  double waited_ns = 0;   // summed over those whose service has begun
};

struct FleetEntryState {
  Time next = kNever;          // the next arrival
  Time since{};                // the instant from which `hazard` counts
  double hazard = 0;           // what the rate's integral comes to between `since` and `next`
  double factor = 1;           // of the burst
  std::uint64_t arrivals = 0;  // so far
};

struct FleetDeparture {
  Time at{};
  std::uint64_t order = 0;  // how many were scheduled before it, times 2^16, plus its pool
  Time arrived{};
};

struct FleetState {
  std::vector<FleetPool> pools;            // by station; one more for the change's arm
  std::vector<FleetDeparture> departures;  // a 4-ary heap, the next one first
  std::vector<FleetEntryState> entries;
  std::vector<std::uint64_t> used;    // draws taken, by stream
  std::vector<std::int32_t> cascade;  // work space: calls to be made at this instant; empty between events
  std::uint64_t scheduled = 0;        // departures so far
  Time first_on_change = kNever;      // when the first request came to the change's arm
};

template <class V>
void state_fields(V& visit, FleetJob& s) {
  visit("arrived", s.arrived);
  visit("service", s.service);
}
template <class V>
void state_fields(V& visit, FleetLine& s) {
  for (std::size_t i = 0; i < s.size(); ++i) visit("job", s[i]);
}
template <class V>
void state_fields(V& visit, FleetPool& s) {
  visit("servers", s.servers);
  visit("busy", s.busy);
  visit("line", s.line);
  visit("arrived", s.arrived);
  visit("rejected", s.rejected);
  visit("completed", s.completed);
  visit("sojourn_ns", s.sojourn_ns);
  visit("waited_ns", s.waited_ns);
}
template <class V>
void state_fields(V& visit, FleetEntryState& s) {
  visit("next", s.next);
  visit("since", s.since);
  visit("hazard", s.hazard);
  visit("factor", s.factor);
  visit("arrivals", s.arrivals);
}
template <class V>
void state_fields(V& visit, FleetDeparture& s) {
  visit("at", s.at);
  visit("order", s.order);
  visit("arrived", s.arrived);
}
template <class V>
void state_fields(V& visit, FleetState& s) {
  visit("pools", s.pools);
  visit("departures", s.departures);
  visit("entries", s.entries);
  visit("used", s.used);
  visit("scheduled", s.scheduled);
  visit("first_on_change", s.first_on_change);
}

// What holds while the fleet is moved on. Whoever changes it moves the fleet on to that instant first.
struct FleetControls {
  double share = 0;    // of the requests at the released service, to the change's arm
  double ratio = 1;    // of service times on that arm, for those who meet the regression
  double segment = 1;  // the share of requests that can meet it
};

// An empty fleet at time 0, with the first arrivals scheduled, everything on the stable arm. `at` names seed
// and replication, here and below; question, entity and index are filled in.
FleetState begin_fleet(const FleetPlan& plan, const Address& at);

// Moves the fleet on: every arrival and departure before `until` happens, at one instant departures first.
// However often it is called on the way, the same things happen.
void advance_fleet(const FleetPlan& plan, FleetState& state, const FleetControls& controls, const Address& at,
                   Time until);

// Sets the pools of the released service for the change's weight: the change gets ceil(weight * servers), at
// least one; the stable arm keeps its servers, or ceil((1 - weight) * servers), at least one, where
// `scale_stable` says so (as Argo Rollouts' dynamicStableScale does). A pool that grows starts those who
// wait; one that shrinks lets the services under way end; and the pool of a change with no weight left works
// off its line.
void set_fleet_pools(const FleetPlan& plan, FleetState& state, double weight, Time now);

// An entry's burst factor changes at `now`. What is left of the way to its next arrival is kept.
void set_fleet_factor(const FleetPlan& plan, FleetState& state, int entry, double factor, Time now);

// The pool of an arm of the released service: 0 stable, 1 change.
inline const FleetPool& fleet_arm(const FleetPlan& plan, const FleetState& state, int arm) {
  return state.pools[arm == 0 ? static_cast<std::size_t>(plan.released) : plan.stations.size()];
}

}  // namespace breakglass::sim
