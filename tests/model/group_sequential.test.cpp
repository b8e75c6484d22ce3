// Group-sequential bounds against the published tables, and the level that they are for.
#include "sim/model/monitor/group_sequential.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::Boundary;
using Law = sim::Baseline::Law;

namespace {

constexpr sim::Baseline kBaseline{Law::normal, 10, 2, 0};

sim::Baseline with_constant(const sim::GroupSequentialParams& p) {
  sim::Baseline baseline = kBaseline;
  baseline.constant =
      sim::boundary_constant(p.boundary, static_cast<int>(p.looks), p.alpha, p.two_sided ? 2 : 1);
  return baseline;
}

// One rollout: at every look `items` of each arm, whose means differ by `shift`.
sim::Outlook one_rollout(const sim::GroupSequentialParams& p, const sim::Baseline& baseline, double shift,
                         double items, std::uint64_t index) {
  sim::VerdictState state;
  state.began = {};
  for (std::uint32_t k = 0; state.outlook == sim::Outlook::running; ++k) {
    const auto u = sim::uniform2({.seed = 83, .replication = k, .index = index});
    const double noise = baseline.sd * std::sqrt(items);
    state.evidence.change_items = state.evidence.stable_items = items;
    state.evidence.change_sum = items * (baseline.level + shift) + noise * sim::normal_quantile(u.first);
    state.evidence.stable_sum = items * baseline.level + noise * sim::normal_quantile(u.second);
    look_group_sequential(p, sim::NoData::error, baseline, minutes{1}, Time{}, state);
  }
  return state.outlook;
}

double failures(const sim::GroupSequentialParams& p, const sim::Baseline& baseline, double shift, int runs) {
  double count = 0;
  for (int r = 0; r < runs; ++r) {
    count += one_rollout(p, baseline, shift, 50, static_cast<std::uint64_t>(r)) == sim::Outlook::failed;
  }
  return count;
}

}  // namespace

TEST_CASE("The constants for 1 to 10 looks are those of Jennison and Turnbull's tables") {
  // Two-sided 0.05, tables 2.1 and 2.3 (three decimals there); five looks to four decimals.
  constexpr double kPocock[] = {1.960, 2.178, 2.289, 2.361, 2.413, 2.453, 2.485, 2.512, 2.535, 2.555};
  constexpr double kOBrien[] = {1.960, 1.977, 2.004, 2.024, 2.040, 2.053, 2.063, 2.072, 2.080, 2.087};
  for (int k = 1; k <= 10; ++k) {
    INFO(k << " looks");
    CHECK(std::fabs(sim::boundary_constant(Boundary::pocock, k, 0.05, 2) - kPocock[k - 1]) <= 0.00051);
    CHECK(std::fabs(sim::boundary_constant(Boundary::obrien_fleming, k, 0.05, 2) - kOBrien[k - 1]) <=
          0.00051);
  }
  CHECK(sim::boundary_constant(Boundary::pocock, 5, 0.05, 2) == Approx(2.4132).margin(0.00005));
  CHECK(sim::boundary_constant(Boundary::obrien_fleming, 5, 0.05, 2) == Approx(2.0401).margin(0.00005));
}

TEST_CASE("Peeking at 1.96 five times fails a clean change with probability 0.1417") {
  const double bounds[] = {1.96, 1.96, 1.96, 1.96, 1.96};
  CHECK(sim::crossing_probability(bounds, 2) == Approx(0.1417).margin(0.00005));
  // One side of it: a little more than half, because no path counts twice.
  CHECK(sim::crossing_probability(bounds, 1) > 0.1417 / 2);
  CHECK(sim::crossing_probability(bounds, 1) < 0.1417 / 2 * 1.02);
}

TEST_CASE("Every constant spends alpha, for any number of looks and either side") {
  for (const int looks : {1, 2, 7, 20}) {
    for (const double alpha : {0.0005, 0.05, 0.4}) {
      for (const Boundary boundary : {Boundary::pocock, Boundary::obrien_fleming}) {
        for (const int sides : {1, 2}) {
          const double c = sim::boundary_constant(boundary, looks, alpha, sides);
          std::vector<double> bounds;
          for (int k = 1; k <= looks; ++k) bounds.push_back(c * sim::boundary_shape(boundary, k, looks));
          CHECK(sim::crossing_probability(bounds, sides) == Approx(alpha).epsilon(1e-5));
        }
      }
    }
  }
}

TEST_CASE("Five looks together fail a clean change with probability alpha; at 1.96 each they do not") {
  constexpr int kRuns = 200'000;
  for (const Boundary boundary : {Boundary::pocock, Boundary::obrien_fleming}) {
    sim::GroupSequentialParams p;
    p.boundary = boundary;
    p.alpha = 0.2;
    p.measure = sim::Measure::difference_to_stable;
    const double error = share_error(0.2, kRuns);
    CHECK(near(failures(p, with_constant(p), 0, kRuns) / kRuns, error, 0.2));
    sim::Baseline twin = with_constant(p);
    twin.constant = sim::normal_quantile(0.8);  // as if it looked once
    CHECK_FALSE(near(failures(p, twin, 0, kRuns) / kRuns, error, 0.2));
  }
  // In the worse direction alone, a two-sided test at 0.05 fails one clean change in forty.
  sim::GroupSequentialParams two;
  two.two_sided = true;
  two.boundary = Boundary::pocock;
  two.measure = sim::Measure::difference_to_stable;
  const double share = failures(two, with_constant(two), 0, kRuns) / kRuns;
  CHECK(share == Approx(0.025).epsilon(0.06));
  sim::Baseline peeking = kBaseline;
  peeking.constant = 1.96;
  CHECK(failures(two, peeking, 0, kRuns) / kRuns > 0.065);
}

TEST_CASE("A worse change fails, in its direction only, and a clean one passes after the last look") {
  sim::GroupSequentialParams p;
  p.looks = 3;
  const sim::Baseline b = with_constant(p);
  CHECK(one_rollout(p, b, 2, 1000, 1) == sim::Outlook::failed);
  CHECK(one_rollout(p, b, -2, 1000, 1) == sim::Outlook::passed);
  p.direction = sim::Direction::decrease;
  CHECK(one_rollout(p, b, 2, 1000, 1) == sim::Outlook::passed);
  CHECK(one_rollout(p, b, -2, 1000, 1) == sim::Outlook::failed);
}

TEST_CASE("Looks of unequal information are weighed by it") {
  sim::GroupSequentialParams p;
  p.looks = 2;
  const sim::Baseline b = with_constant(p);
  sim::VerdictState state;
  state.began = {};
  state.evidence = {100, 1010, 0, 0};
  look_group_sequential(p, sim::NoData::error, b, minutes{1}, Time{minutes{5}}, state);
  CHECK(state.next_look == Time{minutes{6}});
  state.evidence = {300, 3000, 0, 0};
  look_group_sequential(p, sim::NoData::error, b, minutes{1}, Time{}, state);
  CHECK(state.information == Approx(400 / 4.0));
  CHECK(state.last_measure == Approx((4010 - 4000) / (2 * std::sqrt(400.0))));
  p.every = minutes{30};
  sim::VerdictState slow;
  slow.evidence = {1, 10, 0, 0};
  look_group_sequential(p, sim::NoData::error, b, minutes{1}, Time{}, slow);
  CHECK(slow.next_look == Time{minutes{30}});
}

TEST_CASE("A group-sequential look without data follows its policy") {
  sim::GroupSequentialParams p;
  p.looks = 1;
  p.measure = sim::Measure::difference_to_stable;
  const sim::Baseline b = with_constant(p);
  for (const auto& [policy, outlook] : {std::pair{sim::NoData::error, sim::Outlook::error},
                                        {sim::NoData::fail, sim::Outlook::failed},
                                        {sim::NoData::pass, sim::Outlook::passed},
                                        {sim::NoData::ignore, sim::Outlook::running}}) {
    sim::VerdictState state;
    state.evidence = {100, 1000, 0, 0};  // nothing on the stable arm
    look_group_sequential(p, policy, b, minutes{1}, Time{}, state);
    CHECK(state.outlook == outlook);
  }
}
