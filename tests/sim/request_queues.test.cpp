// Queues with closed forms through the whole simulator: a scenario whose released service is an M/M/1, M/M/c,
// M/D/1, M/G/1 or M/M/c/K, and a strategy that leaves it alone. Every world is one batch; confidence 99.9%,
// and of a twin whose service takes 1% longer each of L, W and Wq must be found wrong by itself.
#include <catch2/catch.hpp>

#include "tests/model/queue_oracles.hpp"
#include "tests/sim/request_scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr std::uint32_t kWorlds = 150;
constexpr Time kWarm = seconds{2000};  // what an empty start is remembered by

// 1 request a second for 80,000 seconds, unless the queue forgets more slowly.
Measured measure(const sim::Distribution& time, std::int64_t servers, Duration horizon = seconds{80'000}) {
  const Prepared run(queue_scene(horizon, servers, time), do_nothing());
  Measured m;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    sim::World w = run.begin(21, r);
    sim::advance(run.scenario, run.strategy, w, kWarm);
    settle(run, w);
    const sim::FleetState before = w.fleet;
    sim::advance(run.scenario, run.strategy, w, horizon);
    settle(run, w);
    add_batch(m, before, kWarm, w.fleet, horizon);
  }
  return m;
}

// The share of arrivals that is rejected, counted by the harm that it does.
Moments rejected(const sim::Distribution& time, std::int64_t servers, std::int64_t queue) {
  sim::ScenarioParams p = queue_scene(seconds{80'000}, servers, time, queue);
  p.harm.ongoing.per_request = 0;
  p.harm.rejected = 1;
  const Prepared run(p, do_nothing());
  Moments share;
  for (std::uint32_t r = 0; r < kWorlds; ++r) {
    sim::World w = run.run(22, r);
    settle(run, w);
    share.add(w.ledger.harm[0] / static_cast<double>(pool_of(run, w, 0).arrived));
  }
  return share;
}

}  // namespace

TEST_CASE("A world whose service is an M/M/1 has its L, W and Wq") {
  CHECK(sharply(measure(exponential_time(0.5), 1), mm1(0.5)).all());
  CHECK(at_all(measure(exponential_time(0.505), 1), mm1(0.5)).none());
}

TEST_CASE("A world whose service is an M/M/c has the L, W and Wq of Erlang's C") {
  CHECK(sharply(measure(exponential_time(1), 2, seconds{200'000}), mmc(2, 1)).all());
  CHECK(at_all(measure(exponential_time(1.01), 2, seconds{200'000}), mmc(2, 1)).none());
  CHECK(sharply(measure(exponential_time(2), 3, seconds{200'000}), mmc(3, 2)).all());
  CHECK(at_all(measure(exponential_time(2.02), 3, seconds{200'000}), mmc(3, 2)).none());
}

TEST_CASE("A world whose service is an M/D/1 has the L, W and Wq of Pollaczek and Khinchine") {
  CHECK(sharply(measure(fixed(0.5), 1), md1(0.5)).all());
  CHECK(at_all(measure(fixed(0.505), 1), md1(0.5)).none());
}

TEST_CASE("A world whose service is an M/G/1 has the L, W and Wq of Pollaczek and Khinchine") {
  sim::Distribution time;
  time.kind = sim::Distribution::Kind::lognormal;
  time.a = 0.4;
  time.b = 1;
  const auto [first, second] = lognormal_moments(time.a, time.b);
  CHECK(sharply(measure(time, 1), mg1(first, second)).all());
  time.a *= 1.01;
  time.b *= 1.01;
  CHECK(at_all(measure(time, 1), mg1(first, second)).none());
}

TEST_CASE("A world whose service is an M/M/c/K books the rejections of the formula") {
  CHECK(mean_is(rejected(exponential_time(2), 3, 0), blocked(3, 2, 0)));
  CHECK(mean_is(rejected(exponential_time(4), 4, 6), blocked(4, 4, 6)));
  const Moments slower = rejected(exponential_time(4.04), 4, 6);
  CHECK_FALSE(near(slower.mean(), slower.mean_error(), blocked(4, 4, 6)));
  const Moments roomier = rejected(exponential_time(4), 4, 7);
  CHECK_FALSE(near(roomier.mean(), roomier.mean_error(), blocked(4, 4, 6)));
}
