#include "sim/model/fleet.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "sim/kernel/check.hpp"
#include "sim/model/fleet_draws.hpp"

namespace breakglass::sim {
namespace {

constexpr std::uint64_t kPoolMask = 0xFFFF;

// --- The heap of departures: four children a node, the next departure at the root. Departures are passed and
// read field by field: a wide load of what was just stored in parts would wait for all of them, which costs
// a quarter of a customer.

bool sooner(const FleetDeparture& a, const FleetDeparture& b) {
  return a.at != b.at ? a.at < b.at : a.order < b.order;
}

inline void push_departure(std::vector<FleetDeparture>& heap, FleetDeparture d) {
  std::size_t hole = heap.size();
  heap.push_back(d);
  while (hole > 0) {
    const std::size_t parent = (hole - 1) / 4;
    if (!sooner(d, heap[parent])) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = d;
}

// Puts `d` in the place of the root.
inline void replace_departure(std::vector<FleetDeparture>& heap, FleetDeparture d) {
  const std::size_t count = heap.size();
  std::size_t hole = 0;
  for (std::size_t child = 1; child < count; child = 4 * hole + 1) {
    std::size_t least = child;
    const std::size_t end = std::min(child + 4, count);
    for (std::size_t i = child + 1; i < end; ++i) least = sooner(heap[i], heap[least]) ? i : least;
    if (!sooner(heap[least], d)) break;
    heap[hole] = heap[least];
    hole = least;
  }
  heap[hole] = d;
}

void pop_departure(std::vector<FleetDeparture>& heap) {
  const FleetDeparture last = heap.back();
  heap.pop_back();
  if (!heap.empty()) replace_departure(heap, last);
}

// from_seconds() of what is not negative, or is so by rounding only.
Duration duration_of(double seconds) {
  if (!(seconds < to_seconds(kFarthest))) return kFarthest;
  return Duration{static_cast<std::int64_t>(std::max(seconds, 0.0) * 1e9 + 0.5)};
}

double nanoseconds(Duration d) { return static_cast<double>(d.count()); }

// A service begins: `job` holds what it takes.
FleetDeparture begin_service(FleetState& state, std::size_t pool, const FleetJob& job, Time now) {
  return {now + job.service, (state.scheduled++ << 16) | pool, job.arrived};
}

// --- Arrivals

// Where the rate's integral, counted from `from`, comes to `hazard`; kNever if it does not by the horizon.
// `step` holds `from`, and is moved on.
Time where_hazard(const RateCurve& curve, double factor, Time from, double hazard, std::size_t& step) {
  for (; step < curve.rate_per_s.size(); ++step) {
    const Time end = curve.knots[step + 1];
    const double rate = curve.rate_per_s[step] * factor;
    if (rate > 0) {
      const Time at = from + duration_of(hazard / rate);
      if (at < end) return at;
      hazard = std::max(hazard - rate * to_seconds(end - from), 0.0);
    }
    from = end;
  }
  return kNever;
}

// Arrival number `n` of a replayed trace, each of whose arrivals brings `scale` requests.
Time replayed_arrival(const FleetEntry& entry, std::uint64_t n) {
  const auto which = static_cast<std::uint64_t>(std::ceil((static_cast<double>(n) + 1) / entry.scale - 1e-9));
  const std::uint64_t place = which > 0 ? which - 1 : 0;
  const std::uint64_t pass = place / entry.arrivals.size();
  if (pass > 0 && !entry.repeat) return kNever;
  return entry.length * static_cast<std::int64_t>(pass) + entry.arrivals[place % entry.arrivals.size()];
}

std::int64_t part_of(double share, std::int64_t servers) {
  // Rounding must not make a share of 0.1 ask for four servers of thirty.
  const double part = std::ceil(share * static_cast<double>(servers) - 1e-9);
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(part));
}

// --- One stretch of time

class Engine {
 public:
  Engine(const FleetPlan& plan, FleetState& state, const FleetControls& controls, const Address& at)
      : plan_(plan),
        state_(state),
        controls_(controls),
        draws_(plan, state, at),
        stations_(plan.stations),
        pools_(state.pools),
        entries_(state.entries) {
    for (std::size_t i = 0; i < plan.entries.size(); ++i) {
      const Time next = state.entries[i].next;
      if (plan.entries[i].arrivals.empty() && next != kNever)
        steps_[i] = step_at(plan.entries[i].curve, next);
    }
  }

  void schedule_first_arrivals() {
    for (std::size_t i = 0; i < plan_.entries.size(); ++i) schedule_arrival(i, Time{});
  }

  void run(Time until) {
    for (std::size_t entry = first_entry();;) {
      const Time arrival = entry < entries_.size() ? entries_[entry].next : kNever;
      const Time departure = state_.departures.empty() ? kNever : state_.departures[0].at;
      if (departure <= arrival) {
        if (departure >= until) return;
        depart(departure);
      } else {
        if (arrival >= until) return;
        enter(entry, arrival);
        entry = first_entry();
      }
    }
  }

 private:
  std::size_t first_entry() const {
    std::size_t first = 0;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      if (entries_[i].next < entries_[first].next) first = i;
    }
    return first;
  }

  void schedule_arrival(std::size_t i, Time from) {
    const FleetEntry& entry = plan_.entries[i];
    FleetEntryState& s = entries_[i];
    if (!entry.arrivals.empty()) {
      s.next = replayed_arrival(entry, s.arrivals);
      return;
    }
    s.since = from;
    s.hazard = entry.regular ? 1 : draws_.next(static_cast<std::int32_t>(i));
    s.next = where_hazard(entry.curve, s.factor, from, s.hazard, steps_[i]);
  }

  void enter(std::size_t i, Time now) {
    ++entries_[i].arrivals;
    schedule_arrival(i, now);
    arrive(plan_.entries[i].station, now);
    follow_calls(now);
  }

  void depart(Time now) {
    const std::size_t p = state_.departures[0].order & kPoolMask;
    FleetPool& pool = pools_[p];
    ++pool.completed;
    pool.sojourn_ns += nanoseconds(now - state_.departures[0].arrived);
    if (pool.line.size() > 0 && pool.busy <= pool.servers) {
      const FleetJob job = pool.line.pop();
      pool.waited_ns += nanoseconds(now - job.arrived);
      replace_departure(state_.departures, begin_service(state_, p, job, now));
    } else {
      --pool.busy;
      pop_departure(state_.departures);
    }
    call(p < stations_.size() ? p : static_cast<std::size_t>(plan_.released));
    follow_calls(now);
  }

  void arrive(std::int32_t to, Time now) {
    const auto s = static_cast<std::size_t>(to);
    const FleetStation& station = stations_[s];
    const bool released = to == plan_.released;
    const std::size_t p = released && goes_to_change() ? stations_.size() : s;
    const double stretch = released ? stretch_on(p != s) : 1;
    FleetPool& pool = pools_[p];
    if (p != s && pool.arrived == 0) state_.first_on_change = now;
    ++pool.arrived;
    const FleetJob job{now, duration_of(service_time(station) * stretch)};
    if (station.instant()) {
      ++pool.completed;
      call(s);
    } else if (pool.busy < pool.servers) {
      ++pool.busy;
      push_departure(state_.departures, begin_service(state_, p, job, now));
    } else if (static_cast<std::int64_t>(pool.line.size()) < station.queue) {
      pool.line.push(job);
    } else {
      ++pool.rejected;
    }
  }

  // Every customer has a coin of its own, also when nobody looks at it.
  bool goes_to_change() {
    if (controls_.share > 0 && controls_.share < 1) return draws_.next(plan_.route) < controls_.share;
    draws_.skip(plan_.route);
    return controls_.share >= 1;
  }

  double stretch_on(bool change) {
    if (!change || controls_.ratio == 1 || controls_.segment >= 1) {
      draws_.skip(plan_.segment);
      return change ? controls_.ratio : 1;
    }
    return draws_.next(plan_.segment) < controls_.segment ? controls_.ratio : 1;
  }

  double service_time(const FleetStation& station) {
    const Distribution& d = station.service_time;
    if (station.stream < 0) return d.a;
    const double value = draws_.next(station.stream);
    return station.exponential ? d.a * value : quantile(d, value);
  }

  void call(std::size_t station) {
    for (const FleetCall& call : stations_[station].calls) {
      int count = call.whole;
      if (call.stream >= 0 && draws_.next(call.stream) < call.part) ++count;
      for (; count > 0; --count) state_.cascade.push_back(call.station);
    }
  }

  void follow_calls(Time now) {
    while (!state_.cascade.empty()) {
      const std::int32_t to = state_.cascade.back();
      state_.cascade.pop_back();
      arrive(to, now);
    }
  }

  const FleetPlan& plan_;
  FleetState& state_;
  const FleetControls& controls_;
  FleetDraws draws_;
  std::span<const FleetStation> stations_;
  std::span<FleetPool> pools_;
  std::span<FleetEntryState> entries_;
  std::array<std::size_t, kMaxEntries> steps_{};  // of the entries' curves
};

bool is_fixed(const Distribution& d) { return d.kind == Distribution::Kind::fixed && d.atoms.empty(); }

void start_waiting(FleetState& state, std::size_t p, Time now) {
  FleetPool& pool = state.pools[p];
  for (; pool.busy < pool.servers && pool.line.size() > 0; ++pool.busy) {
    const FleetJob job = pool.line.pop();
    pool.waited_ns += nanoseconds(now - job.arrived);
    push_departure(state.departures, begin_service(state, p, job, now));
  }
}

}  // namespace

void FleetLine::grow() {
  std::vector<FleetJob> larger(std::max<std::size_t>(16, 2 * ring_.size()));
  for (std::size_t i = 0; i < count_; ++i) larger[i] = (*this)[i];
  ring_ = std::move(larger);
  head_ = 0;
}

FleetPlan add_streams(FleetPlan plan) {
  const auto add = [&](Question question, std::size_t entity, bool exponential) {
    plan.streams.push_back({question, static_cast<std::uint16_t>(entity), exponential});
    return static_cast<std::int32_t>(plan.streams.size()) - 1;
  };
  BG_CHECK(plan.entries.size() <= kMaxEntries, "more entry points than a fleet holds");
  BG_CHECK(plan.stations.size() < kPoolMask, "more stations than a fleet holds");
  plan.streams.clear();
  for (std::size_t i = 0; i < plan.entries.size(); ++i) add(Question::fleet_gap, i, true);
  plan.route = add(Question::fleet_route, 0, false);
  plan.segment = add(Question::fleet_segment, 0, false);
  std::size_t calls = 0;
  for (std::size_t i = 0; i < plan.stations.size(); ++i) {
    FleetStation& station = plan.stations[i];
    const Distribution& d = station.service_time;
    const bool exponential = d.kind == Distribution::Kind::exponential && d.atoms.empty();
    station.exponential = exponential;
    if (!is_fixed(d)) station.stream = add(Question::fleet_service, i, exponential);
    for (FleetCall& call : station.calls) {
      if (call.part > 0) call.stream = add(Question::fleet_call, calls, false);
      ++calls;
    }
  }
  return plan;
}

FleetState begin_fleet(const FleetPlan& plan, const Address& at) {
  FleetState state;
  state.pools.resize(plan.stations.size() + 1);
  for (std::size_t i = 0; i < plan.stations.size(); ++i) {
    const std::int64_t servers = plan.stations[i].servers;
    state.pools[i].servers = servers > 0 ? servers : std::numeric_limits<std::int64_t>::max();
  }
  state.entries.resize(plan.entries.size());
  state.used.resize(plan.streams.size());
  Engine(plan, state, {}, at).schedule_first_arrivals();
  return state;
}

void advance_fleet(const FleetPlan& plan, FleetState& state, const FleetControls& controls, const Address& at,
                   Time until) {
  Engine(plan, state, controls, at).run(until);
}

void set_fleet_pools(const FleetPlan& plan, FleetState& state, double weight, Time now) {
  if (plan.released < 0) return;
  const auto stable = static_cast<std::size_t>(plan.released);
  const std::size_t change = plan.stations.size();
  const std::int64_t servers = plan.stations[stable].servers;
  if (servers == 0) {
    state.pools[change].servers = state.pools[stable].servers;
    return;
  }
  if (weight > 0) state.pools[change].servers = part_of(weight, servers);
  if (plan.scale_stable) state.pools[stable].servers = part_of(1 - weight, servers);
  start_waiting(state, stable, now);
  start_waiting(state, change, now);
}

void set_fleet_factor(const FleetPlan& plan, FleetState& state, int entry, double factor, Time now) {
  const auto i = static_cast<std::size_t>(entry);
  const RateCurve& curve = plan.entries[i].curve;
  FleetEntryState& s = state.entries[i];
  s.hazard = std::max(s.hazard - s.factor * requests_between(curve, s.since, now), 0.0);
  s.since = now;
  s.factor = factor;
  std::size_t step = step_at(curve, now);
  s.next = where_hazard(curve, factor, now, s.hazard, step);
}

}  // namespace breakglass::sim
