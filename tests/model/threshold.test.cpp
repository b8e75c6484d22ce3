#include <catch2/catch.hpp>

#include "sim/kernel/draw.hpp"
#include "sim/model/monitor.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::Outlook;

namespace {

constexpr sim::Baseline kBaseline{sim::Baseline::Law::bernoulli, 0.01, 0};

sim::VerdictParams above(double bound) {
  sim::VerdictParams p;
  p.threshold.emplace();
  p.threshold->above = bound;
  return p;
}

// One look at 100 items of a level, ten times as many in the stable arm.
void look_at(const sim::VerdictParams& p, sim::VerdictState& state, double level, double stable = 0.01,
             double items = 100) {
  state.evidence = {items, items * level, 10 * items, 10 * items * stable};
  sim::look(p, kBaseline, minutes{1}, state.next_look, state);
}
void look_at_nothing(const sim::VerdictParams& p, sim::VerdictState& state) {
  state.evidence = {};
  sim::look(p, kBaseline, minutes{1}, state.next_look, state);
}

Outlook after(const sim::VerdictParams& p, const std::vector<double>& levels) {
  sim::VerdictState state;
  for (const double level : levels) look_at(p, state, level);
  return state.outlook;
}

double choose(int n, int k) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0));
}

}  // namespace

TEST_CASE("With a count and a failure limit a verdict fails with the binomial probability") {
  sim::VerdictParams p = above(0.5);
  p.threshold->count = 10;
  p.threshold->failure_limit = 2;
  double expected = 0;  // P(more than 2 failures of 10 at 0.3)
  for (int k = 3; k <= 10; ++k) expected += choose(10, k) * std::pow(0.3, k) * std::pow(0.7, 10 - k);
  sim::BulkUniforms next({.seed = 51});
  double failed = 0, passed = 0;
  constexpr int kRuns = 400'000;
  for (int r = 0; r < kRuns; ++r) {
    sim::VerdictState state;
    while (state.outlook == Outlook::running) look_at(p, state, next() < 0.3 ? 0.6 : 0.4);
    failed += state.outlook == Outlook::failed;
    passed += state.outlook == Outlook::passed;
  }
  CHECK(failed + passed == kRuns);
  CHECK(share_is(failed, kRuns, expected));
}

TEST_CASE("Without a count the time to the limit is negative-binomial") {
  sim::VerdictParams p = above(0.5);
  p.threshold->failure_limit = 3;  // the fourth failure ends it
  sim::BulkUniforms next({.seed = 52});
  Moments looks;
  for (int r = 0; r < 700'000; ++r) {
    sim::VerdictState state;
    int n = 0;
    for (; state.outlook == Outlook::running; ++n) look_at(p, state, next() < 0.25 ? 0.6 : 0.4);
    looks.add(n);
  }
  CHECK(mean_is(looks, 4 / 0.25));
  CHECK(near(looks.variance(), looks.variance_error(), 4 * 0.75 / 0.0625));
  CHECK_FALSE(near(looks.variance(), looks.variance_error(), 4 * 0.75 / 0.0625 * 1.02));
}

TEST_CASE("A run fails when failures exceed the limit, not when they reach it") {
  sim::VerdictParams p = above(0.5);
  p.threshold->failure_limit = 2;
  CHECK(after(p, {0.9, 0.9}) == Outlook::running);
  CHECK(after(p, {0.9, 0.1, 0.9, 0.9}) == Outlook::failed);
  p.threshold->count = 3;
  CHECK(after(p, {0.9, 0.9, 0.1}) == Outlook::passed);
  CHECK(after(p, {0.9, 0.9, 0.9}) == Outlook::failed);
  p.threshold->failure_limit = 0;
  CHECK(after(p, {0.9}) == Outlook::failed);
  CHECK(after(p, {0.1, 0.1}) == Outlook::running);
  CHECK(after(p, {0.1, 0.1, 0.1}) == Outlook::passed);
  CHECK(after(p, {0.5, 0.5, 0.5}) == Outlook::passed);  // above means above
}

TEST_CASE("Failure wins, success next, neither is inconclusive; one condition makes the other its opposite") {
  struct Row {
    std::optional<double> above, below, pass_below, pass_above;
    double level;
    Outlook expected;
  };
  const auto none = std::nullopt;
  const std::vector<Row> table = {
      {0.5, none, none, none, 0.6, Outlook::failed},      {0.5, none, none, none, 0.4, Outlook::passed},
      {none, 0.2, none, none, 0.1, Outlook::failed},      {none, 0.2, none, none, 0.4, Outlook::passed},
      {none, none, 0.3, none, 0.2, Outlook::passed},      {none, none, 0.3, none, 0.4, Outlook::failed},
      {none, none, none, 0.3, 0.4, Outlook::passed},      {none, none, none, 0.3, 0.2, Outlook::failed},
      {0.5, none, 0.3, none, 0.6, Outlook::failed},       {0.5, none, 0.3, none, 0.2, Outlook::passed},
      {0.5, none, 0.3, none, 0.4, Outlook::inconclusive}, {0.2, none, 0.9, none, 0.4, Outlook::failed},
      {0.8, 0.1, 0.6, 0.3, 0.5, Outlook::passed},         {0.8, 0.1, 0.6, 0.3, 0.7, Outlook::inconclusive},
      {0.8, 0.1, 0.6, 0.3, 0.05, Outlook::failed}};
  for (const Row& row : table) {
    sim::VerdictParams p;
    p.threshold.emplace();
    p.threshold->above = row.above;
    p.threshold->below = row.below;
    p.threshold->pass_below = row.pass_below;
    p.threshold->pass_above = row.pass_above;
    p.threshold->count = 1;
    CHECK(after(p, {row.level}) == row.expected);
  }
}

TEST_CASE("Inconclusive measurements have a limit of their own") {
  sim::VerdictParams p = above(0.5);
  p.threshold->pass_below = 0.3;
  p.threshold->inconclusive_limit = 2;
  CHECK(after(p, {0.4, 0.4}) == Outlook::running);
  CHECK(after(p, {0.4, 0.2, 0.4, 0.2, 0.4}) == Outlook::inconclusive);
  p.threshold->count = 3;
  CHECK(after(p, {0.4, 0.4, 0.2}) == Outlook::passed);
}

TEST_CASE("Only errors in a row fail, and they do not count as measurements") {
  sim::VerdictParams p = above(0.5);
  p.threshold->consecutive_error_limit = 2;
  p.threshold->count = 2;
  sim::VerdictState state;
  look_at_nothing(p, state);
  look_at_nothing(p, state);
  look_at(p, state, 0.1);  // the row is broken
  look_at_nothing(p, state);
  look_at_nothing(p, state);
  CHECK(state.outlook == Outlook::running);
  CHECK(state.measurements == 1);
  look_at_nothing(p, state);
  CHECK(state.outlook == Outlook::error);
}

TEST_CASE("Each policy for missing data does what it says") {
  for (const auto& [policy, expected] : {std::pair{sim::NoData::error, Outlook::running},
                                         {sim::NoData::fail, Outlook::failed},
                                         {sim::NoData::pass, Outlook::passed},
                                         {sim::NoData::ignore, Outlook::running}}) {
    sim::VerdictParams p = above(0.5);
    p.no_data = policy;
    p.threshold->count = 1;
    sim::VerdictState state;
    look_at_nothing(p, state);
    CHECK(state.outlook == expected);
    CHECK(state.errors_in_a_row == (policy == sim::NoData::error ? 1 : 0));
    CHECK(state.next_look == (policy == sim::NoData::error ? Time{seconds{10}} : Time{minutes{1}}));
  }
}

TEST_CASE("Fewer items than asked for are no data, in either arm that is compared") {
  sim::VerdictParams p = above(0.5);
  p.threshold->min_items = 50;
  sim::VerdictState state;
  look_at(p, state, 0.9, 0.01, 49);
  CHECK(state.errors_in_a_row == 1);
  look_at(p, state, 0.9, 0.01, 50);
  CHECK(state.outlook == Outlook::failed);
  p.threshold->measure = sim::Measure::difference_to_stable;
  sim::VerdictState few;
  few.evidence = {100, 90, 49, 1};
  sim::look(p, kBaseline, minutes{1}, Time{}, few);
  CHECK(few.errors_in_a_row == 1);
}

TEST_CASE("The change can be compared with the stable arm") {
  sim::VerdictParams p = above(1.5);
  p.threshold->measure = sim::Measure::ratio_to_stable;
  sim::VerdictState state;
  look_at(p, state, 0.028, 0.02);
  CHECK(state.last_measure == Approx(1.4));
  CHECK(state.outlook == Outlook::running);
  look_at(p, state, 0.031, 0.02);
  CHECK(state.outlook == Outlook::failed);
  sim::VerdictState nothing;
  look_at(p, nothing, 0.03, 0);  // a ratio to zero is no measurement
  CHECK(nothing.errors_in_a_row == 1);
  p = above(0.005);
  p.threshold->measure = sim::Measure::difference_to_stable;
  sim::VerdictState difference;
  look_at(p, difference, 0.028, 0.02);
  CHECK(difference.last_measure == Approx(0.008));
  CHECK(difference.outlook == Outlook::failed);
}

TEST_CASE("Looks follow initial delay and interval") {
  sim::VerdictParams p = above(0.5);
  CHECK(sim::first_look(p, seconds{100}, minutes{1}) == seconds{160});
  p.threshold->interval = seconds{30};
  CHECK(sim::first_look(p, seconds{100}, minutes{1}) == seconds{130});
  p.threshold->initial_delay = Duration{};  // at once
  CHECK(sim::first_look(p, seconds{100}, minutes{1}) == seconds{100});
  p.threshold->initial_delay = minutes{5};
  CHECK(sim::first_look(p, seconds{100}, minutes{1}) == seconds{400});
  sim::VerdictState state;
  state.next_look = seconds{400};
  CHECK(sim::look_after(p, state, minutes{1}, seconds{399}) == seconds{400});
  CHECK(sim::look_after(p, state, minutes{1}, seconds{400}) == seconds{400} + Duration{1});  // it may retry
  p.no_data = sim::NoData::ignore;
  CHECK(sim::look_after(p, state, minutes{1}, seconds{400}) == seconds{430});
  CHECK(sim::look_after(p, state, minutes{1}, seconds{461}) == seconds{490});
  look_at(p, state, 0.1);
  CHECK(state.next_look == seconds{430});
}

TEST_CASE("The fifth error in a row ends a verdict as an error, ten seconds apart whatever the interval") {
  sim::VerdictParams p = above(0.5);
  p.threshold->interval = minutes{5};
  sim::VerdictState state;
  state.next_look = minutes{5};
  for (int error = 1; error <= 5; ++error) {
    CHECK(state.outlook == Outlook::running);
    CHECK(state.next_look == minutes{5} + (error - 1) * seconds{10});
    look_at_nothing(p, state);
  }
  CHECK(state.outlook == Outlook::error);
  CHECK(state.measurements == 0);
  p.threshold->error_retry = minutes{1};
  sim::VerdictState slower;
  look_at_nothing(p, slower);
  CHECK(slower.next_look == minutes{1});
}

TEST_CASE("A failure limit of -1 lets no number of failures end a verdict") {
  sim::VerdictParams p = above(0.5);
  p.threshold->failure_limit = -1;
  CHECK(after(p, std::vector<double>(50, 0.9)) == Outlook::running);
  p.threshold->count = 50;
  CHECK(after(p, std::vector<double>(50, 0.9)) == Outlook::passed);
}

TEST_CASE("Successes in a row pass at once; without them the count decides by what else applies") {
  sim::VerdictParams p = above(0.5);
  p.threshold->consecutive_success_limit = 3;
  p.threshold->failure_limit = -1;
  CHECK(after(p, {0.1, 0.1, 0.9, 0.1, 0.1}) == Outlook::running);
  CHECK(after(p, {0.1, 0.1, 0.9, 0.1, 0.1, 0.1}) == Outlook::passed);
  p.threshold->count = 5;
  CHECK(after(p, {0.1, 0.1, 0.9, 0.1, 0.1}) == Outlook::failed);
  p.threshold->failure_limit = 1;  // applies too, and is not exceeded
  CHECK(after(p, {0.1, 0.1, 0.9, 0.1, 0.1}) == Outlook::inconclusive);
  CHECK(after(p, {0.9, 0.1, 0.9}) == Outlook::failed);
  CHECK(after(p, {0.9, 0.1, 0.1, 0.1}) == Outlook::passed);
  p.threshold->failure_limit = -1;
  sim::VerdictState state;  // an error breaks the row
  look_at(p, state, 0.1);
  look_at(p, state, 0.1);
  look_at_nothing(p, state);
  look_at(p, state, 0.1);
  CHECK(state.outlook == Outlook::running);
}

TEST_CASE("An inline analysis of 10 measurements at 1% noise aborts a healthy release in 9.56% of cases") {
  sim::VerdictParams p = above(0.5);
  p.threshold->count = 10;
  const double expected = 1 - std::pow(0.99, 10);
  CHECK(expected == Approx(0.0956).epsilon(0.001));
  sim::BulkUniforms next({.seed = 53});
  double failed = 0;
  constexpr int kRuns = 5'000'000;
  for (int r = 0; r < kRuns; ++r) {
    sim::VerdictState state;
    while (state.outlook == Outlook::running) look_at(p, state, next() < 0.01 ? 0.6 : 0.4);
    failed += state.outlook == Outlook::failed;
  }
  CHECK(share_is(failed, kRuns, expected));
}
