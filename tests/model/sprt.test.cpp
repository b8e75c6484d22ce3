// Wald's test against a dynamic programme over its exact law, one observation at a time.
#include <catch2/catch.hpp>

#include "sim/kernel/draw.hpp"
#include "sim/model/monitor.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

constexpr sim::Baseline kBaseline{sim::Baseline::Law::bernoulli, 0.01, 0};

sim::SprtParams ratio_two(double alpha = 0.05, double beta = 0.10) { return {2, 0, alpha, beta}; }

struct Exact {
  double rejects = 0;
  double mean_sample = 0;
};

// After n observations with x ones the log likelihood ratio is x (one) + (n - x) (zero): the law of x among
// the paths that are still inside the bounds, moved on by one observation at a time.
Exact solve(const sim::SprtParams& params, double p) {
  const sim::SprtBounds bounds = sim::sprt_bounds(params);
  const double one = sim::sprt_increment(params, kBaseline, 1, 1),
               zero = sim::sprt_increment(params, kBaseline, 1, 0);
  std::vector<double> inside = {1};
  Exact exact;
  double left = 1;
  for (int n = 1; left > 1e-13; ++n) {
    std::vector<double> next(inside.size() + 1, 0);
    exact.mean_sample += left;
    for (std::size_t x = 0; x < inside.size(); ++x) {
      next[x] += inside[x] * (1 - p);
      next[x + 1] += inside[x] * p;
    }
    left = 0;
    for (std::size_t x = 0; x < next.size(); ++x) {
      const double ratio = static_cast<double>(x) * one + (n - static_cast<double>(x)) * zero;
      if (ratio >= bounds.upper) exact.rejects += next[x];
      if (ratio >= bounds.upper || ratio <= bounds.lower) next[x] = 0;
      left += next[x];
    }
    while (next.size() > 1 && next.back() == 0) next.pop_back();
    inside = std::move(next);
  }
  return exact;
}

struct Simulated {
  Moments sample;
  double rejected = 0;
};

Simulated simulate_test(const sim::SprtParams& params, double p, int runs) {
  const sim::SprtBounds bounds = sim::sprt_bounds(params);
  const double one = sim::sprt_increment(params, kBaseline, 1, 1),
               zero = sim::sprt_increment(params, kBaseline, 1, 0);
  sim::BulkUniforms next({.seed = 41});
  Simulated s;
  for (int r = 0; r < runs; ++r) {
    double ratio = 0;
    int n = 0;
    while (ratio < bounds.upper && ratio > bounds.lower) {
      ratio += next() < p ? one : zero;
      ++n;
    }
    s.sample.add(n);
    s.rejected += ratio >= bounds.upper ? 1 : 0;
  }
  return s;
}

}  // namespace

TEST_CASE("The exact programme gives the known answer for 1% against 2%") {
  const Exact good = solve(ratio_two(), 0.01);
  CHECK(good.rejects == Approx(0.03963).epsilon(0.0005));
  CHECK(good.mean_sample == Approx(655.29).epsilon(0.0001));
  CHECK_FALSE(solve(ratio_two(0.06), 0.01).rejects == Approx(0.03963).epsilon(0.0005));
}

TEST_CASE("Wald's bounds hold for the exact error rates") {
  for (const auto& [alpha, beta] : {std::pair{0.05, 0.10}, {0.001, 0.05}, {0.01, 0.2}}) {
    const sim::SprtParams params = ratio_two(alpha, beta);
    const double false_alarm = solve(params, 0.01).rejects, missed = 1 - solve(params, 0.02).rejects;
    CHECK(false_alarm <= alpha / (1 - beta));
    CHECK(missed <= beta / (1 - alpha));
    CHECK(false_alarm + missed <= alpha + beta);
  }
}

TEST_CASE("Fed one observation at a time the test has the exact error rate and sample size") {
  const Exact exact = solve(ratio_two(), 0.01);
  const Simulated s = simulate_test(ratio_two(), 0.01, 300'000);
  CHECK(mean_is(s.sample, exact.mean_sample));
  const double error = share_error(exact.rejects, 300'000);
  CHECK(near(s.rejected / 300'000, error, exact.rejects));
  CHECK_FALSE(near(s.rejected / 300'000, error, exact.rejects * 1.07));
  const Simulated twin = simulate_test(ratio_two(0.06), 0.01, 300'000);
  CHECK_FALSE(mean_is(twin.sample, exact.mean_sample));
}

TEST_CASE("An sprt verdict crosses the same bounds, fails for good, and begins again when it accepts") {
  sim::VerdictParams params;
  params.sprt = ratio_two();
  const sim::SprtBounds bounds = sim::sprt_bounds(*params.sprt);
  CHECK(bounds.upper == Approx(std::log(18.0)));
  CHECK(bounds.lower == Approx(std::log(0.1 / 0.95)));
  sim::VerdictState state;
  double ratio = 0;
  int looks = 0;
  while (state.outlook == sim::Outlook::running && looks < 1000) {
    state.evidence = {100, 2, 0, 0};  // 2%, again and again
    ratio += sim::sprt_increment(*params.sprt, kBaseline, 100, 2);
    sim::look(params, kBaseline, minutes{1}, Time{minutes{++looks}}, state);
  }
  CHECK(state.outlook == sim::Outlook::failed);
  CHECK(looks ==
        static_cast<int>(std::ceil(bounds.upper / sim::sprt_increment(*params.sprt, kBaseline, 100, 2))));
  CHECK(state.log_ratio == Approx(ratio));

  sim::VerdictState clean;
  clean.evidence = {10'000, 90, 0, 0};
  sim::look(params, kBaseline, minutes{1}, Time{}, clean);
  CHECK(clean.outlook == sim::Outlook::running);
  CHECK(clean.restarts == 1);
  CHECK(clean.log_ratio == 0);
  CHECK(clean.next_look == minutes{1});
  CHECK(clean.evidence.change_items == 0);
}

TEST_CASE("The increments are the log likelihood ratios of each law") {
  const sim::SprtParams params{1, 0.5, 0.05, 0.1};  // the bad level is half a unit above
  using Law = sim::Baseline::Law;
  // Normal, sd 2: ((x - 1)^2 - (x - 1.5)^2) / 8 summed over items of 0, 1 and 4.
  double sum = 0;
  for (const double x : {0.0, 1.0, 4.0}) sum += ((x - 1) * (x - 1) - (x - 1.5) * (x - 1.5)) / 8;
  CHECK(sim::sprt_increment(params, {Law::normal, 1, 2}, 3, 5) == Approx(sum));
  CHECK(sim::sprt_increment(params, {Law::poisson, 1, 0}, 3, 5) == Approx(5 * std::log(1.5) - 1.5));
  const sim::SprtParams half{1, 0.25, 0.05, 0.1};
  CHECK(sim::sprt_increment(half, {Law::bernoulli, 0.25, 0}, 7, 3) ==
        Approx(3 * std::log(2.0) + 4 * std::log(2.0 / 3)));
}

TEST_CASE("Without data an sprt waits, unless silence fails it") {
  sim::VerdictParams params;
  params.sprt = ratio_two();
  for (const auto policy : {sim::NoData::error, sim::NoData::pass, sim::NoData::ignore, sim::NoData::fail}) {
    params.no_data = policy;
    sim::VerdictState state;
    sim::look(params, kBaseline, minutes{1}, Time{}, state);
    CHECK(state.outlook == (policy == sim::NoData::fail ? sim::Outlook::failed : sim::Outlook::running));
    CHECK(state.measurements == 0);
  }
}
