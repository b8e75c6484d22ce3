// The mixture test looks after every few items, for ever: it must not fail clean changes for that.
#include "sim/model/monitor/always_valid.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using Law = sim::Baseline::Law;

namespace {

constexpr sim::Baseline kBaseline{Law::normal, 0.8, 0.2, 0};
constexpr int kLooks = 400;
constexpr double kItems = 20;  // a look

sim::AlwaysValidParams test_for(double effect, double alpha = 0.1) {
  sim::AlwaysValidParams p;
  p.effect = effect;
  p.alpha = alpha;
  return p;
}

struct Shares {
  double failed = 0;     // by the test
  double peeked = 0;     // by the twin: Z beyond a single test's bound at some look
  double uncovered = 0;  // the confidence sequence missed the true difference at some look
  double narrow = 0;     // the twin: a single look's interval did
};

Shares simulate_looks(const sim::AlwaysValidParams& p, double shift, int runs) {
  Shares shares;
  const double z = sim::normal_quantile(1 - p.alpha), both = sim::normal_quantile(1 - p.alpha / 2);
  const double rho = 1 / (p.effect * p.effect);
  for (int r = 0; r < runs; ++r) {
    sim::VerdictState state;
    bool failed = false, peeked = false, uncovered = false, narrow = false;
    sim::BulkUniforms next({.seed = 97, .replication = static_cast<std::uint32_t>(r)});
    for (int k = 0; k < kLooks; ++k) {
      state.outlook = sim::Outlook::running;  // go on, to see every look
      const double noise = kBaseline.sd * std::sqrt(kItems) * sim::normal_quantile(next());
      state.evidence = {kItems, kItems * (kBaseline.level + shift) + noise, 0, 0};
      look_always_valid(p, sim::NoData::error, kBaseline, minutes{1}, Time{}, state);
      const double s = state.log_ratio, v = state.information;
      failed |= state.outlook == sim::Outlook::failed;
      peeked |= s / std::sqrt(v) > z;
      const auto interval = sim::confidence_sequence(s, v, rho, p.alpha);
      uncovered |= shift < interval.lower || shift > interval.upper;
      narrow |= std::fabs(s / v - shift) > both / std::sqrt(v);
    }
    shares.failed += failed ? 1.0 / runs : 0;
    shares.peeked += peeked ? 1.0 / runs : 0;
    shares.uncovered += uncovered ? 1.0 / runs : 0;
    shares.narrow += narrow ? 1.0 / runs : 0;
  }
  return shares;
}

}  // namespace

TEST_CASE("Four hundred looks fail a clean change with probability alpha at most; fixed bounds far more") {
  constexpr int kRuns = 8000;
  const double slack = kZ * share_error(0.1, kRuns);
  for (const bool two_sided : {false, true}) {
    sim::AlwaysValidParams p = test_for(0.02);
    p.two_sided = two_sided;
    const Shares shares = simulate_looks(p, 0, kRuns);
    CHECK(shares.failed <= 0.1 + slack);
    CHECK(shares.failed > (two_sided ? 0.02 : 0.04));  // and it is no test that never fails
    CHECK_FALSE(shares.peeked <= 0.1 + slack);
    CHECK(shares.peeked > 0.4);
  }
}

TEST_CASE("The confidence sequence covers the difference at all looks at once; a single look's does not") {
  constexpr int kRuns = 8000;
  const Shares shares = simulate_looks(test_for(0.02), 0.01, kRuns);
  CHECK(shares.uncovered <= 0.1 + kZ * share_error(0.1, kRuns));
  CHECK(shares.uncovered > 0.02);
  CHECK(shares.narrow > 0.4);
}

TEST_CASE("The larger the difference, the more often it is found; within the tolerance it is not") {
  const double none = simulate_looks(test_for(0.01), 0, 1000).failed;
  const double small = simulate_looks(test_for(0.01), 0.006, 1000).failed;
  const double large = simulate_looks(test_for(0.01), 0.012, 1000).failed;
  CHECK(none + 0.2 < small);
  CHECK(small + 0.1 < large);
  CHECK(large > 0.9);
  sim::AlwaysValidParams tolerant = test_for(0.01);
  tolerant.tolerance = 0.012;
  CHECK(simulate_looks(tolerant, 0.012, 1000).failed < 0.13);
  CHECK(simulate_looks(tolerant, -0.012, 1000).failed < 0.001);
}

TEST_CASE("The mixtures are their integrals") {
  // Of exp(theta s - theta^2 v / 2) over a normal law of theta with variance 1 / rho, or its upper half.
  const double s = 3.1, v = 2.4, rho = 1.7;
  for (const bool two_sided : {true, false}) {
    double sum = 0;
    constexpr double kStep = 1e-3;
    for (int i = two_sided ? -12000 : 0; i <= 12000; ++i) {
      const double theta = i * kStep;
      const double density = std::sqrt(rho / (2 * 3.14159265358979)) * std::exp(-rho * theta * theta / 2);
      const double weight = !two_sided && i == 0 ? 0.5 : 1;  // the trapezoid's end
      sum += weight * (two_sided ? 1 : 2) * density * std::exp(theta * s - theta * theta * v / 2) * kStep;
    }
    CHECK(sim::log_mixture(s, v, rho, two_sided) == Approx(std::log(sum)).epsilon(1e-6));
  }
}

TEST_CASE("The confidence sequence ends where the two-sided mixture reaches 1 / alpha") {
  const double v = 7, rho = 0.3, alpha = 0.05;
  const auto interval = sim::confidence_sequence(2, v, rho, alpha);
  for (const double d : {interval.lower, interval.upper}) {
    CHECK(sim::log_mixture(2 - d * v, v, rho, true) == Approx(-std::log(alpha)));
  }
}

TEST_CASE("An always-valid verdict fails in its direction only, and stays at a look that has no data") {
  sim::AlwaysValidParams p = test_for(0.02);
  p.measure = sim::Measure::difference_to_stable;
  const auto look = [&](sim::Evidence e, sim::NoData policy) {
    sim::VerdictState state;
    state.evidence = e;
    look_always_valid(p, policy, kBaseline, minutes{1}, Time{}, state);
    return state.outlook;
  };
  CHECK(look({500, 450, 500, 400}, sim::NoData::error) == sim::Outlook::failed);
  CHECK(look({500, 400, 500, 450}, sim::NoData::error) == sim::Outlook::running);
  p.direction = sim::Direction::decrease;
  CHECK(look({500, 400, 500, 450}, sim::NoData::error) == sim::Outlook::failed);
  for (const auto policy : {sim::NoData::error, sim::NoData::pass, sim::NoData::ignore}) {
    CHECK(look({500, 400, 0, 0}, policy) == sim::Outlook::running);
  }
  CHECK(look({500, 400, 0, 0}, sim::NoData::fail) == sim::Outlook::failed);
}
