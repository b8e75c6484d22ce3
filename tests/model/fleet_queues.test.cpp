// Queues with closed forms, at request fidelity: M/M/1, M/M/c, M/D/1, M/G/1, loss systems and pure delays.
// Intervals from batches of one long run, 99.9%; every check is narrow enough that 1% is seen, and a twin
// with a planted fault of 1% must fail it.
//
// Formulae: Kleinrock, "Queueing Systems, volume 1", 1975: M/M/1 (3.24, 3.26), M/M/c (Erlang C, 3.40),
// M/M/c/c (Erlang B, 3.45), M/G/1 (Pollaczek and Khinchine, 5.67-5.70).
#include <catch2/catch.hpp>

#include "tests/model/fleet_support.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using std::chrono::seconds;

namespace {

// What a batch of time shows, each batch one value.
struct Measured {
  Moments number;    // in the system, its average over time
  Moments sojourn;   // of those who left, in seconds
  Moments waited;    // of those whose service began
  Moments rejected;  // share of those who arrived
};

// The time that everybody has spent in the pool so far, those who are still there included: the integral of
// the number in the system, second by second.
double presence_s(sim::FleetState& fleet, sim::Time now) {
  double sum = fleet.pools[0].sojourn_ns / 1e9;
  for (const auto& departure : fleet.departures) sum += sim::to_seconds(now - departure.arrived);
  for (std::size_t i = 0; i < fleet.pools[0].line.size(); ++i) {
    sum += sim::to_seconds(now - fleet.pools[0].line[i].arrived);
  }
  return sum;
}

constexpr int kBatches = 100;

Measured measure(const sim::FleetPlan& plan, double seconds_a_batch, std::uint64_t seed = 1) {
  const sim::Address at{.seed = seed};
  sim::FleetState fleet = begin_fleet(plan, at);
  const sim::FleetPool& pool = fleet.pools[0];
  sim::Time now = seconds{1000};
  advance_fleet(plan, fleet, {}, at, now);  // what an empty start is remembered by
  Measured m;
  for (int batch = 0; batch < kBatches; ++batch) {
    const sim::FleetPool before = pool;
    const double present = presence_s(fleet, now);
    advance_fleet(plan, fleet, {}, at, now += sim::from_seconds(seconds_a_batch));
    const auto left = static_cast<double>(pool.completed - before.completed);
    const auto came = static_cast<double>(pool.arrived - before.arrived);
    m.number.add((presence_s(fleet, now) - present) / seconds_a_batch);
    m.sojourn.add((pool.sojourn_ns - before.sojourn_ns) / 1e9 / left);
    m.waited.add((pool.waited_ns - before.waited_ns) / 1e9 / left);
    m.rejected.add(static_cast<double>(pool.rejected - before.rejected) / came);
  }
  return m;
}

// The mean wait of a queue, and so L = rate x (wait + service) and W = wait + service. One request a second.
struct Formula {
  double service = 0;
  double wait = 0;
};

bool obeys(const sim::FleetPlan& plan, const Formula& f, double seconds_a_batch) {
  const Measured m = measure(plan, seconds_a_batch);
  const double sojourn = f.wait + f.service;
  CHECK(m.rejected.mean() == 0);
  return mean_is(m.number, sojourn) && mean_is(m.sojourn, sojourn) && mean_is(m.waited, f.wait);
}

// P(wait) of M/M/c with offered load a.
double erlang_c(int c, double a) {
  double term = 1, sum = 1;
  for (int k = 1; k < c; ++k) sum += term *= a / k;
  const double last = term * a / c * c / (c - a);
  return last / (sum + last);
}

// P(all busy) of M/M/c/c.
double erlang_b(int c, double a) {
  double b = 1;
  for (int k = 1; k <= c; ++k) b = a * b / (k + a * b);
  return b;
}

}  // namespace

TEST_CASE("M/M/1: L, W and Wq are those of the formula, and service that is 1% slower is seen") {
  const Formula f{0.5, 0.5};
  CHECK(obeys(queue_plan(1, exponential(0.5), 1), f, 60'000));
  CHECK_FALSE(obeys(queue_plan(1, exponential(0.505), 1), f, 60'000));
}

TEST_CASE("M/M/1, looked at now and then, holds as many as the geometric law says, and their square") {
  const double rho = 0.5;
  const auto agrees = [&](const sim::FleetPlan& plan) {
    const sim::Address at{.seed = 3};
    sim::FleetState fleet = begin_fleet(plan, at);
    Moments number, square;
    for (int batch = 1; batch <= kBatches; ++batch) {
      constexpr int kLooks = 30'000;
      double sum = 0, squares = 0;
      for (int look = 1; look <= kLooks; ++look) {
        advance_fleet(plan, fleet, {}, at, seconds{2} * (kLooks * (batch - 1) + look));
        const auto n = static_cast<double>(in_flight(fleet.pools[0]));
        sum += n;
        squares += n * n;
      }
      number.add(sum / kLooks);
      square.add(squares / kLooks);
    }
    return mean_is(number, rho / (1 - rho)) &&
           near(square.mean(), square.mean_error(), rho * (1 + rho) / 0.25);
  };
  CHECK(agrees(queue_plan(1, exponential(rho), 1)));
  CHECK_FALSE(agrees(queue_plan(1, exponential(rho * 1.01), 1)));
}

TEST_CASE("M/M/2: the wait is Erlang's C over the spare capacity, and a third server is seen") {
  const double c = erlang_c(2, 1);
  CHECK(c == Approx(1.0 / 3));
  CHECK(erlang_c(3, 2) == Approx(4.0 / 9));
  const Formula f{1, c * 1 / (2 - 1)};
  CHECK(obeys(queue_plan(1, exponential(1), 2), f, 100'000));
  CHECK_FALSE(obeys(queue_plan(1, exponential(1.01), 2), f, 100'000));
  CHECK_FALSE(obeys(queue_plan(1, exponential(1), 3), f, 10'000));
}

TEST_CASE("M/D/1: fixed service halves the wait of M/M/1, and M/M/1 is told apart") {
  const Formula f{0.5, 0.25};
  CHECK(obeys(queue_plan(1, always(0.5), 1), f, 40'000));
  CHECK_FALSE(obeys(queue_plan(1, always(0.505), 1), f, 40'000));
  CHECK_FALSE(obeys(queue_plan(1, exponential(0.5), 1), f, 10'000));
}

TEST_CASE("M/G/1: the wait is Pollaczek's and Khinchine's for a lognormal service time") {
  const double median = 0.4, p95 = 1;
  const double sigma = std::log(p95 / median) / 1.6448536269514722;
  const double first = median * std::exp(sigma * sigma / 2);
  const double second = median * median * std::exp(2 * sigma * sigma);
  const Formula f{first, second / (2 * (1 - first))};
  using Kind = sim::Distribution::Kind;
  CHECK(obeys(queue_plan(1, law(Kind::lognormal, median, p95), 1), f, 60'000));
  CHECK_FALSE(obeys(queue_plan(1, law(Kind::lognormal, median, p95 * 1.02), 1), f, 60'000));
}

TEST_CASE("M/G/1 with two kinds of request: the wait is Pollaczek's and Khinchine's") {
  sim::Distribution service = always(0.3);
  service.atoms = {{1, 0.2}};
  const double first = 0.8 * 0.3 + 0.2 * 1, second = 0.8 * 0.09 + 0.2 * 1;
  const Formula f{first, second / (2 * (1 - first))};
  CHECK(obeys(queue_plan(1, service, 1), f, 60'000));
  service.atoms[0].value = 1.02;
  CHECK_FALSE(obeys(queue_plan(1, service, 1), f, 60'000));
}

TEST_CASE("M/M/3/3: without a waiting room Erlang's B are rejected, and one place in it is seen") {
  const auto rejects = [](const sim::FleetPlan& plan, double share) {
    return mean_is(measure(plan, 30'000).rejected, share);
  };
  const double b = erlang_b(3, 2);
  CHECK(b == Approx(4.0 / 19));
  CHECK(rejects(queue_plan(1, exponential(2), 3, 0), b));
  CHECK_FALSE(rejects(queue_plan(1, exponential(2.04), 3, 0), b));
  CHECK_FALSE(rejects(queue_plan(1, exponential(2), 3, 1), b));
}

TEST_CASE("M/M/1 with a waiting room of 4 in overload rejects what the truncated geometric law says") {
  const double rho = 1.25;
  const auto full = [&](int places) {
    return (1 - rho) * std::pow(rho, places) / (1 - std::pow(rho, places + 1));
  };
  const Measured m = measure(queue_plan(1, exponential(rho), 1, 4), 100'000);
  CHECK(mean_is(m.rejected, full(5)));
  CHECK_FALSE(mean_is(m.rejected, full(6)));
}

TEST_CASE("M/G/infinity: nobody waits, and the number present has the load for its mean, and is Poisson") {
  using Kind = sim::Distribution::Kind;
  const double load = 2 * 3;
  const sim::FleetPlan plan = queue_plan(2, law(Kind::uniform, 1, 5), 0);
  const Measured m = measure(plan, 10'000);
  CHECK(m.waited.mean() == 0);
  CHECK(mean_is(m.sojourn, 3));
  CHECK(mean_is(m.number, load));
  CHECK_FALSE(mean_is(m.number, 1.01 * load));
  sim::FleetState fleet = begin_fleet(plan, {.seed = 2});
  Moments present;  // looked at so seldom that no request is met twice
  for (int look = 1; look <= 100'000; ++look) {
    advance_fleet(plan, fleet, {}, {.seed = 2}, seconds{6} * look);
    present.add(static_cast<double>(in_flight(fleet.pools[0])));
  }
  CHECK(near(present.variance(), present.variance_error(), load));
  CHECK_FALSE(near(present.variance(), present.variance_error(), 1.05 * load));
}
