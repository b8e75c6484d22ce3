// Queues with closed forms: what theory says of them, and what a fleet shows, batch by batch, at its first
// station.
//
// Formulae: Kleinrock, "Queueing Systems, volume 1", 1975: M/M/1 (3.24, 3.26), M/M/c (Erlang C, 3.40),
// M/M/c/c (Erlang B, 3.45), M/G/1 (Pollaczek and Khinchine, 5.67-5.70); M/M/c/K from its birth-death
// equations (3.11).
#pragma once

#include "tests/model/fleet_support.hpp"
#include "tests/sim/statistics.hpp"

namespace breakglass::tests {

// What a batch of time shows, each batch one value.
struct Measured {
  Moments number;    // in the system, its average over time
  Moments sojourn;   // of those who left, in seconds
  Moments waited;    // of those whose service began
  Moments rejected;  // share of those who arrived
};

// The time that everybody has spent in the pool so far, those who are still there included: the integral of
// the number in the system, second by second.
inline double presence_s(const sim::FleetState& fleet, sim::Time now) {
  sim::FleetPool pool = fleet.pools[0];
  double sum = pool.sojourn_ns / 1e9;
  for (const auto& departure : fleet.departures) sum += sim::to_seconds(now - departure.arrived);
  for (std::size_t i = 0; i < pool.line.size(); ++i) sum += sim::to_seconds(now - pool.line[i].arrived);
  return sum;
}

// The batch from `before` at `from` to `after` at `until`, all at the first station.
inline void add_batch(Measured& m, const sim::FleetState& before, sim::Time from,
                      const sim::FleetState& after, sim::Time until) {
  const sim::FleetPool &was = before.pools[0], &is = after.pools[0];
  const auto left = static_cast<double>(is.completed - was.completed);
  m.number.add((presence_s(after, until) - presence_s(before, from)) / sim::to_seconds(until - from));
  m.sojourn.add((is.sojourn_ns - was.sojourn_ns) / 1e9 / left);
  m.waited.add((is.waited_ns - was.waited_ns) / 1e9 / left);
  m.rejected.add(static_cast<double>(is.rejected - was.rejected) /
                 static_cast<double>(is.arrived - was.arrived));
}

// The mean wait of a queue, and so L = rate x (wait + service) and W = wait + service. One request a second.
struct Formula {
  double service = 0;
  double wait = 0;
};

// Which of L, W and Wq are the formula's: `all` must be, known so well that 1% beside it is ruled out; of a
// queue with a planted fault `none` may be.
struct Agreement {
  bool number = false, sojourn = false, waited = false;
  bool all() const { return number && sojourn && waited; }
  bool none() const { return !number && !sojourn && !waited; }
};
inline Agreement sharply(const Measured& m, const Formula& f) {
  const double sojourn = f.wait + f.service;
  return {mean_is(m.number, sojourn), mean_is(m.sojourn, sojourn), mean_is(m.waited, f.wait)};
}
inline Agreement at_all(const Measured& m, const Formula& f) {
  const double sojourn = f.wait + f.service;
  return {near(m.number.mean(), m.number.mean_error(), sojourn),
          near(m.sojourn.mean(), m.sojourn.mean_error(), sojourn),
          near(m.waited.mean(), m.waited.mean_error(), f.wait)};
}

inline Formula mm1(double service) { return {service, service * service / (1 - service)}; }
inline Formula md1(double service) { return {service, service * service / 2 / (1 - service)}; }
// Of the first two moments of the service time.
inline Formula mg1(double first, double second) { return {first, second / (2 * (1 - first))}; }

// P(wait) of M/M/c with offered load a.
inline double erlang_c(int c, double a) {
  double term = 1, sum = 1;
  for (int k = 1; k < c; ++k) sum += term *= a / k;
  const double last = term * a / c * c / (c - a);
  return last / (sum + last);
}
inline Formula mmc(int c, double service) {
  return {service, erlang_c(c, service) * service / (c - service)};
}

// P(all places taken) of M/M/c with offered load a and room for `queue` to wait; queue 0 is Erlang's B.
inline double blocked(int c, double a, int queue) {
  double term = 1, sum = 1;
  for (int k = 1; k <= c + queue; ++k) sum += term *= a / std::min(k, c);
  return term / sum;
}

// Mean and second moment of a lognormal law.
struct TwoMoments {
  double first = 0, second = 0;
};
inline TwoMoments lognormal_moments(double median, double p95) {
  const double sigma = std::log(p95 / median) / sim::kNormalP95;
  return {median * std::exp(sigma * sigma / 2), median * median * std::exp(2 * sigma * sigma)};
}

}  // namespace breakglass::tests
