#include <catch2/catch.hpp>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/model/monitor.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using Law = sim::Baseline::Law;

namespace {

constexpr double kMany = 1e10;  // so many items that the counts are as good as normal

sim::VerdictParams one_look(double alpha, sim::Direction direction = sim::Direction::increase,
                            sim::Measure measure = sim::Measure::level) {
  sim::VerdictParams p;
  p.fixed = sim::FixedParams{hours{1}, alpha, direction, measure};
  return p;
}

bool fails(const sim::VerdictParams& p, const sim::Baseline& baseline, const sim::Evidence& evidence) {
  sim::VerdictState state;
  state.evidence = evidence;
  sim::look(p, baseline, minutes{1}, hours{1}, state);
  REQUIRE(state.next_look == sim::kNever);
  return state.outlook == sim::Outlook::failed || state.outlook == sim::Outlook::error;
}

// How often the look fails when the change's level is `level`, of so many runs.
double failures(const sim::VerdictParams& p, const sim::Baseline& baseline, double level, int runs,
                double items = kMany) {
  double count = 0;
  for (int r = 0; r < runs; ++r) {
    const auto u = sim::uniform2({.seed = 61, .index = static_cast<std::uint64_t>(r)});
    const auto sum = [&](double v, double at) {
      if (baseline.law == Law::bernoulli) return sim::binomial_quantile(v, items, at);
      if (baseline.law == Law::poisson) return sim::poisson_quantile(v, items * at);
      return sim::normal_quantile(v, items * at, baseline.sd * std::sqrt(items));
    };
    sim::VerdictState state;
    state.evidence = {items, sum(u.first, level), items, sum(u.second, baseline.level)};
    sim::look(p, baseline, minutes{1}, hours{1}, state);
    count += state.outlook == sim::Outlook::failed ? 1 : 0;
  }
  return count;
}

double phi(double z) { return sim::normal_cdf(z); }

}  // namespace

TEST_CASE("The one look has level alpha, against the baseline and against the stable arm") {
  constexpr int kRuns = 1'800'000;  // at a level of 0.2
  const sim::Baseline normal{Law::normal, 0.86, 0.2}, ratio{Law::bernoulli, 0.03, 0},
      count{Law::poisson, 2, 0};
  CHECK(share_is(failures(one_look(0.2), normal, 0.86, kRuns), kRuns, 0.2));
  CHECK(share_is(failures(one_look(0.2, sim::Direction::decrease), ratio, 0.03, kRuns), kRuns, 0.2));
  CHECK(share_is(failures(one_look(0.2, sim::Direction::increase, sim::Measure::difference_to_stable), ratio,
                          0.03, kRuns),
                 kRuns, 0.2));
  CHECK(near(failures(one_look(0.05), count, 2, 400'000) / 400'000, share_error(0.05, 400'000), 0.05));
}

TEST_CASE("Its power is that of the normal score test") {
  constexpr int kRuns = 450'000;
  const sim::Baseline normal{Law::normal, 0.86, 0.2};
  const double error = 0.2 / std::sqrt(400.0);
  const double z = sim::normal_quantile(0.95);
  // Two standard errors below: power phi(2 - z).
  CHECK(share_is(failures(one_look(0.05, sim::Direction::decrease), normal, 0.86 - 2 * error, kRuns, 400),
                 kRuns, phi(2 - z)));
  // Against the stable arm the standard error is sqrt(2) times as large.
  CHECK(share_is(failures(one_look(0.05, sim::Direction::decrease, sim::Measure::difference_to_stable),
                          normal, 0.86 - 3 * error, kRuns, 400),
                 kRuns, phi(3 / std::sqrt(2.0) - z)));
}

TEST_CASE("The one look fails in its direction only") {
  const sim::Baseline b{Law::bernoulli, 0.1, 0};
  CHECK(fails(one_look(0.05), b, {1000, 200, 0, 0}));
  CHECK_FALSE(fails(one_look(0.05, sim::Direction::decrease), b, {1000, 200, 0, 0}));
  CHECK(fails(one_look(0.05, sim::Direction::decrease), b, {1000, 50, 0, 0}));
  CHECK_FALSE(fails(one_look(0.05), b, {1000, 100, 0, 0}));
}

TEST_CASE("Without data the one look follows its policy: errors and failures fail") {
  const sim::Baseline b{Law::bernoulli, 0.1, 0};
  sim::VerdictParams p = one_look(0.05, sim::Direction::increase, sim::Measure::ratio_to_stable);
  for (const auto& [policy, expected] : {std::pair{sim::NoData::error, true},
                                         {sim::NoData::fail, true},
                                         {sim::NoData::pass, false},
                                         {sim::NoData::ignore, false}}) {
    p.no_data = policy;
    CHECK(fails(p, b, {}) == expected);
    CHECK(fails(p, b, {1000, 900, 0, 0}) == expected);  // no stable arm to compare with
  }
}

TEST_CASE("A look without data that does not count leaves the verdict inconclusive, and passes nothing") {
  sim::VerdictParams p = one_look(0.05);
  const sim::Baseline b{Law::bernoulli, 0.1, 0};
  for (const auto& [policy, expected] : {std::pair{sim::NoData::error, sim::Outlook::error},
                                         {sim::NoData::fail, sim::Outlook::failed},
                                         {sim::NoData::pass, sim::Outlook::passed},
                                         {sim::NoData::ignore, sim::Outlook::inconclusive}}) {
    p.no_data = policy;
    sim::VerdictState state;
    sim::look(p, b, minutes{1}, hours{1}, state);
    CHECK(state.outlook == expected);
  }
}

TEST_CASE("The one look comes once, after its time") {
  const sim::VerdictParams p = one_look(0.05);
  CHECK(sim::first_look(p, minutes{10}, minutes{1}) == minutes{70});
  sim::VerdictState state;
  state.next_look = minutes{70};
  CHECK(sim::look_after(p, state, minutes{1}, minutes{69}) == minutes{70});
  CHECK(sim::look_after(p, state, minutes{1}, minutes{70}) == sim::kNever);
}
