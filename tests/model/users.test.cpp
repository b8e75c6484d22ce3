#include "sim/model/users.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

sim::ScenarioParams crowd(double population) {
  sim::ScenarioParams p = scene();
  p.traffic.users = sim::UsersParams{population, {{0.1, 20}, {0.3, 5}, {0.6, 1}}};
  return p;
}

// N (1 - exp(-r T)) per class, at 10,000 exposures spread by activity.
double saturated(const sim::Scenario& scenario, double exposures) {
  double sum = 0;
  for (const auto& c : scenario.classes) sum += c.size * -std::expm1(-exposures * c.activity / c.size);
  return sum;
}

double people_of(const sim::UsersState& users, std::size_t c) {
  double sum = 0;
  for (const auto& cohort : users.cells[c]) sum += cohort[0].size + cohort[1].size;
  return sum;
}

sim::Address address(std::uint64_t index) { return {.seed = 5, .replication = 1, .index = index}; }

}  // namespace

TEST_CASE("Unique users harmed saturate as N (1 - exp(-r T)) in each class") {
  for (const double population : {500.0, 5'000.0, 200'000.0}) {
    for (const auto routing : {sim::Routing::request, sim::Routing::sticky}) {
      sim::ScenarioParams p = crowd(population);
      p.traffic.routing = routing;
      const Prepared nothing(p, do_nothing());
      Moments harmed;
      for (std::uint32_t r = 0; r < 2'000; ++r) {
        const sim::World w = nothing.run(21, r);
        const sim::Outcome o = sim::outcome_of(nothing.scenario, nothing.strategy, w);
        harmed.add(o.users_harmed);
        CHECK(o.users_harmed <= o.harm[0]);  // severity 1: harm counts the exposures
      }
      INFO(population);
      const double expected = saturated(nothing.scenario, 10'000);
      CHECK(mean_is(harmed, expected));
    }
  }
}

TEST_CASE("Placing exposures one by one and by the occupancy law agree at the switch") {
  const std::vector<sim::UserClass> one = {{100, 1}};
  for (const double exposures : {64.0, 65.0}) {
    Moments m;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
      auto users = sim::initial_users(one);
      m.add(sim::harm_users(users, one, sim::Reach::everyone, exposures, false, address(i)));
    }
    const double q1 = std::pow(0.99, exposures), q2 = std::pow(0.98, exposures);
    CHECK(mean_is(m, 100 * (1 - q1)));
    const double variance = 100 * q1 * (1 - q1) + 9900 * (q2 - q1 * q1);
    // Beyond 64 a rounded normal stands for the count: rounding adds 1/12.
    CHECK(std::abs(m.variance() - variance - (exposures > 64 ? 1.0 / 12 : 0)) < 0.03 * variance);
  }
}

TEST_CASE("A segmented regression can harm no more than its segment") {
  for (const auto routing : {sim::Routing::request, sim::Routing::sticky}) {
    sim::ScenarioParams p = crowd(1'000);
    p.harm.ongoing.per_request = 0;
    p.change.regression.probability = 1;
    p.change.regression.severities = {severity(1, 0.9)};
    p.change.regression.severities[0].onset.segment = 0.2;
    p.traffic.routing = routing;
    const Prepared immediate(p, rollout({{1, hours{10}}}));
    Moments harmed;
    for (std::uint32_t r = 0; r < 4'000; ++r) harmed.add(immediate.outcome(22, r).users_harmed);
    // Everyone in the segment is met many times over in 9,000 s at 10/s: 0.9 x 0.2 x 90,000 exposures.
    CHECK(mean_is(harmed, 200));
  }
}

TEST_CASE("However users are moved and harmed, nobody is lost") {
  const std::vector<sim::UserClass> classes = {{50, 0.5}, {450, 0.3}, {4'500, 0.2}};
  sim::Address at = address(0);
  for (const bool expected : {false, true}) {
    auto users = sim::initial_users(classes);
    double harmed = 0;
    for (std::uint64_t i = 1; i <= 300; ++i) {
      at.index = i;
      const double weight = static_cast<double>(i * 37 % 101) / 100;
      const double before = sim::users_harmed(users, classes);
      const double share = sim::move_users(users, classes, weight, expected, at);
      CHECK(share >= 0);
      CHECK(share <= 1);
      CHECK(sim::users_harmed(users, classes) == Approx(before).margin(1e-9));
      if (i % 7 == 0) sim::resegment(users, classes, 0.3, expected, at);
      const auto reach = static_cast<sim::Reach>(i % 5);
      const double newly = sim::harm_users(users, classes, reach, 30, expected, at);
      CHECK(newly <= 30 + 1e-9);
      harmed += newly;
      for (std::size_t c = 0; c < classes.size(); ++c) CHECK(people_of(users, c) == Approx(classes[c].size));
      for (const auto& by_cohort : users.cells) {
        for (const auto& by_segment : by_cohort) {
          for (const auto& cell : by_segment) {
            CHECK(cell.unharmed >= -1e-9);
            CHECK(cell.unharmed <= cell.size + 1e-9);
          }
        }
      }
    }
    CHECK(sim::users_harmed(users, classes) == Approx(harmed));
  }
}

TEST_CASE(
    "Raising and lowering a sticky weight moves the newest, and the realised share is right on average") {
  const std::vector<sim::UserClass> classes = {{50, 0.6}, {5'000, 0.4}};
  Moments up, down;
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    auto users = sim::initial_users(classes);
    sim::Address at = address(3 * i);
    sim::move_users(users, classes, 0.2, false, at);
    const auto first = users.cells;
    at.index += 1;
    up.add(sim::move_users(users, classes, 0.6, false, at));
    for (std::size_t c = 0; c < 2; ++c) CHECK(users.cells[c][1][0].size == first[c][1][0].size);  // stay
    at.index += 1;
    down.add(sim::move_users(users, classes, 0.2, false, at));
    for (std::size_t c = 0; c < 2; ++c)
      CHECK(users.cells[c][1][0].size == first[c][1][0].size);  // the newest go
    CHECK(users.cohorts == 1);
  }
  CHECK(mean_is(up, 0.6));
  CHECK(near(down.mean(), down.mean_error(), 0.2));
  // Few heavy users: the share is not the weight. Its variance is the binomial one of each class.
  const double variance = 0.6 * 0.4 * (0.36 / 50 + 0.16 / 5'000);
  CHECK(std::abs(up.variance() - variance) < 0.03 * variance);
}

TEST_CASE("Everyone on the change is everyone, and back at zero nobody is") {
  const std::vector<sim::UserClass> classes = {{3, 0.5}, {7, 0.5}};
  auto users = sim::initial_users(classes);
  sim::move_users(users, classes, 0.3, false, address(1));
  CHECK(sim::move_users(users, classes, 1, false, address(2)) == 1);
  CHECK(users.cells[0][0][0].size == 0);
  CHECK(sim::move_users(users, classes, 0, false, address(3)) == 0);
  CHECK(users.cells[0][0][0].size == 3);
  CHECK(users.cells[1][0][0].size == 7);
  CHECK(users.cohorts == 0);
}
