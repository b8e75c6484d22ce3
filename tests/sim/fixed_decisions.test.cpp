// With the decisions fixed (no verdict, no eval after promotion, nobody who notices, reads or paces), more
// harm is never less: replication by replication, because two worlds answer one question with one draw, and
// every answer is an inversion that rises with what it is asked.
//
// What that gives, and where it ends:
//   more harm per request   every line of the ledger in every replication, where all exposures cost the same;
//                           the numbers of exposures, where they do not (the sum of more severities than
//                           kSumOneByOne is drawn as one number, and may lie below the sum of fewer). Not
//                           where sticky users are drawn: there a realised share depends on who was harmed
//   a larger weight, or a later rollback, of a change that fixes nothing
//                           total harm in every replication of a world without noise; with noise the harm of
//                           the regression in every replication, and the total on average: the arms' counts
//                           are separate draws, so one replication may by chance have fewer requests in all
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/run.hpp"
#include "tests/sim/random_scenarios.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr int kCases = 10'000;
constexpr std::size_t kRegression = 2;

struct Ledger {
  std::array<double, 5> harm{}, exposures{};
  double all() const { return harm[0] + harm[1] + harm[2] + harm[3] + harm[4]; }
};

Ledger run(const RandomCase& c, std::uint32_t replication) {
  const Prepared prepared(c.scenario, c.strategy);
  sim::World w = prepared.run(c.seed, replication);
  sim::Run at_end{prepared.scenario, prepared.strategy, w, nullptr};
  sim::settle_harm(at_end);
  return {w.ledger.harm, w.ledger.exposures};
}

bool below(double more, double less) { return more < less - 1e-9 * (1 + std::abs(less)); }

// The same case with more harm in it.
RandomCase harmed_more(RandomCase c) {
  Dice d(c.seed, 110);
  auto& harm = c.scenario.harm;
  const double factor = d.between(1, 4);
  const double most = 1 / std::max(1.0, harm.ongoing.growth.cap_factor);
  if (d.chance(0.7))
    harm.ongoing.per_request =
        std::max(harm.ongoing.per_request, std::min(most, harm.ongoing.per_request * factor));
  if (d.chance(0.5)) harm.ongoing.per_second *= factor;
  if (harm.deadline && d.chance(0.5)) harm.deadline->lump *= factor;
  if (d.chance(0.5)) harm.rejected *= factor;
  for (auto& severity : c.scenario.change.regression.severities) {
    if (d.chance(0.7)) severity.harm_per_request = std::min(1.0, severity.harm_per_request * factor);
    if (d.chance(0.5)) severity.stays = std::min(1.0, severity.stays * factor);
  }
  return c;
}

std::string more_harm(const RandomCase& random, bool swapped = false) {
  RandomCase c = random;
  fix_decisions(c);
  // Who of the harmed and of the unharmed is moved are draws of their own, so with noise a realised share
  // depends on the harm done.
  if (c.scenario.traffic.counts == sim::Counts::drawn) c.scenario.traffic.routing = sim::Routing::request;
  const RandomCase more = harmed_more(c);
  const bool alike = c.scenario.harm.ongoing.severity.kind == sim::Distribution::Kind::fixed;
  const Ledger a = run(swapped ? more : c, 0), b = run(swapped ? c : more, 0);
  for (std::size_t i = 0; i < 5; ++i) {
    const std::string line = "line " + std::to_string(i) + ": ";
    if (below(b.exposures[i], a.exposures[i]))
      return line + std::to_string(a.exposures[i]) + " exposures, then " + std::to_string(b.exposures[i]);
    if (alike && below(b.harm[i], a.harm[i]))
      return line + std::to_string(a.harm[i]) + " harm, then " + std::to_string(b.harm[i]);
  }
  return {};
}

// A change that fixes nothing, in a scenario where shipping it by itself ends no other cost.
void fixes_nothing(RandomCase& c) {
  fix_decisions(c);
  c.scenario.change.fix_effectiveness = fixed(0);
  c.scenario.harm.deadline.reset();
  c.strategy.containment.clear();
}

RandomCase heavier(RandomCase c) {
  Dice d(c.seed, 111);
  auto& steps = c.strategy.steps;
  double above = 1;
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (steps[i].weight < 1) steps[i].weight += (above - steps[i].weight) * d.between(0.05, 0.9);
    above = steps[i].weight;
  }
  return c;
}

// Fails whatever it sees, at one instant: a signal that never has data, and a verdict that takes that for a
// failure. So the rollback is decided by the clock alone.
void roll_back_at(RandomCase& c, Duration after) {
  c.scenario.signals.resize(1);
  c.scenario.signals[0].window = hours{10'000};
  sim::VerdictParams v;
  v.signal = c.scenario.signals[0].id;
  v.no_data = sim::NoData::fail;
  v.threshold.emplace();
  v.threshold->above = 1e9;
  v.threshold->initial_delay = after;
  c.strategy.monitoring.verdicts = {v};
}

struct Twins {
  RandomCase less, more;
};

// A pool's servers follow the weight, so a change with little weight may turn away whom it would serve with
// more of it: without lines, nobody is turned away.
void nobody_queues(RandomCase& c) {
  c.scenario.harm.rejected = 0;
  for (auto& service : c.scenario.services) service.servers = 0;
}

Twins weights(RandomCase c) {
  fixes_nothing(c);
  nobody_queues(c);
  return {c, heavier(c)};
}

// Whoever asks later may find people at work, and be back sooner: here somebody always is.
Twins rollbacks(RandomCase c) {
  fixes_nothing(c);
  nobody_queues(c);
  c.scenario.staffing.reset();
  Twins t{c, c};
  Duration steps{};
  for (const auto& step : c.strategy.steps) steps += step.duration;
  Dice d(c.seed, 112);
  const double early = d.between(0.01, 0.9);
  const auto at = [&](double part) {
    return seconds{1 + static_cast<std::int64_t>(sim::to_seconds(steps) * part)};
  };
  roll_back_at(t.less, at(early));
  roll_back_at(t.more, at(d.between(early, 1.2)));  // beyond the steps: never
  return t;
}

std::string never_less_in_total(Twins t) {
  t.less.scenario.traffic.counts = t.more.scenario.traffic.counts = sim::Counts::expected;
  const Ledger a = run(t.less, 0), b = run(t.more, 0);
  if (below(b.all(), a.all())) return std::to_string(a.all()) + " in all, then " + std::to_string(b.all());
  return {};
}

// With noise. Sticky users are drawn step by step, so there the realised share of a middle step may fall. And
// counts are drawn window by window: where a rollback ends a window that a step would have ended before, the
// two worlds' draws are not of the same windows. So a rollback is from the last step here.
std::string never_less_by_regression(Twins t) {
  t.less.scenario.traffic.routing = t.more.scenario.traffic.routing = sim::Routing::request;
  const Ledger a = run(t.less, 0), b = run(t.more, 0);
  if (below(b.exposures[kRegression], a.exposures[kRegression]))
    return std::to_string(a.exposures[kRegression]) + " exposures, then " +
           std::to_string(b.exposures[kRegression]);
  return {};
}

// Mean of the relative difference over many noisy cases, in standard errors.
template <class Make>
double mean_difference(Make make, std::uint64_t first, bool swapped = false) {
  Moments difference;
  for (std::uint64_t seed = first; seed < first + 6'000; ++seed) {
    Twins t = make(random_case(seed, kEverything & ~kExpected & ~kHeavySeverity & ~kFleet));
    const double a = run(t.less, 0).all(), b = run(t.more, 0).all();
    if (a + b > 0) difference.add((swapped ? a - b : b - a) / (a + b));
  }
  return difference.mean() / difference.mean_error();
}

}  // namespace

TEST_CASE("More harm per request never lowers any line of the ledger, replication by replication") {
  CHECK(first_failure(500'000, kCases, [](const RandomCase& c) { return more_harm(c); }) == "");
  // Taken the other way round, the same check must complain of most cases.
  int found = 0;
  for (std::uint64_t seed = 500'000; seed < 500'200; ++seed)
    found += !more_harm(random_case(seed), true).empty();
  CHECK(found > 100);
}

TEST_CASE("A larger weight of a change that fixes nothing never lowers harm") {
  CHECK(first_failure(
            600'000, kCases, [](RandomCase c) { return never_less_in_total(weights(std::move(c))); },
            kEverything & ~kFleet) == "");
  CHECK(first_failure(700'000, kCases,
                      [](RandomCase c) { return never_less_by_regression(weights(std::move(c))); }) == "");
}

TEST_CASE("A later rollback of a change that fixes nothing never lowers harm") {
  // Not of a replayed trace: whole arrivals weigh what the smooth rate around them does, window by window.
  const auto in_total = [](RandomCase c) { return never_less_in_total(rollbacks(std::move(c))); };
  CHECK(first_failure(800'000, kCases, in_total, kEverything & ~kReplay & ~kFleet) == "");
  const auto by_regression = [](RandomCase c) {
    if (c.strategy.ships) c.strategy.steps.erase(c.strategy.steps.begin(), c.strategy.steps.end() - 1);
    return never_less_by_regression(rollbacks(std::move(c)));
  };
  CHECK(first_failure(900'000, kCases, by_regression, kEverything & ~kDamage & ~kWayBack) == "");
}

TEST_CASE("With noise, a larger weight and a later rollback of what fixes nothing cost more on average") {
  CHECK(mean_difference(weights, 1'000'000) > kZ);
  CHECK(mean_difference(rollbacks, 1'100'000) > kZ);
  CHECK(mean_difference(weights, 1'000'000, true) < -kZ);  // the other way round
}

TEST_CASE("A change that fixes something is worth its weight: the check above finds it out") {
  int found = 0;
  for (std::uint64_t seed = 600'000; seed < 600'400; ++seed) {
    Twins t = weights(random_case(seed, kEverything & ~kFleet));
    for (RandomCase* c : {&t.less, &t.more}) {
      c->scenario.change.fix_effectiveness = fixed(1);
      c->scenario.change.regression.probability = 0;
    }
    found += !never_less_in_total(t).empty();
  }
  CHECK(found > 40);
}
