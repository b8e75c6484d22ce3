// Fleets built in code, and interval estimates from batches of one long run.
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "sim/model/fleet.hpp"

namespace breakglass::tests {

inline sim::Distribution law(sim::Distribution::Kind kind, double a, double b = 0) {
  sim::Distribution d;
  d.kind = kind;
  d.a = a;
  d.b = b;
  return d;
}
inline sim::Distribution exponential(double mean) { return law(sim::Distribution::Kind::exponential, mean); }
inline sim::Distribution always(double value) { return law(sim::Distribution::Kind::fixed, value); }

// A constant rate for ever (60 years).
inline sim::FleetEntry poisson_entry(std::int32_t station, double rate_per_s) {
  sim::FleetEntry entry;
  entry.station = station;
  append_step(entry.curve, std::chrono::hours{24 * 365 * 60}, rate_per_s);
  integrate(entry.curve, [](sim::Time t) { return sim::to_seconds(t); });
  return entry;
}

inline sim::FleetStation station(sim::Distribution service_time, std::int64_t servers,
                                 std::vector<sim::FleetCall> calls = {}, std::int64_t queue = 1'000'000) {
  sim::FleetStation s;
  s.service_time = std::move(service_time);
  s.servers = servers;
  s.queue = queue;
  s.calls = std::move(calls);
  return s;
}

// One station with Poisson arrivals.
inline sim::FleetPlan queue_plan(double rate_per_s, sim::Distribution service_time, std::int64_t servers,
                                 std::int64_t queue = 1'000'000) {
  sim::FleetPlan plan;
  plan.stations = {station(std::move(service_time), servers, {}, queue)};
  plan.entries = {poisson_entry(0, rate_per_s)};
  plan.released = 0;
  return add_streams(std::move(plan));
}

inline std::int64_t in_flight(const sim::FleetPool& pool) {
  return pool.busy + static_cast<std::int64_t>(pool.line.size());
}

}  // namespace breakglass::tests
