// The exact solvers against closed forms: binomial and negative binomial laws, runs of errors, and what the
// documents of progressive-delivery controllers leave to be worked out.
#include "analysis/exact.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace breakglass::analysis;

namespace {

double choose(int n, int k) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0));
}

double binomial_above(int n, double q, int limit) {
  double sum = 0;
  for (int k = limit + 1; k <= n; ++k) sum += choose(n, k) * std::pow(q, k) * std::pow(1 - q, n - k);
  return sum;
}

ThresholdExact threshold(const ThresholdLimits& limits, const MeasurementOdds& odds) {
  const auto exact = solve_threshold(limits, odds);
  REQUIRE(exact);
  CHECK(exact->passed + exact->failed + exact->erred + exact->inconclusive == Approx(1).epsilon(1e-12));
  return *exact;
}

// P(threshold-th failure before the weights-th pass).
double rollback(int weights, int threshold, double q) {
  double sum = 0;
  for (int k = 0; k < weights; ++k)
    sum += choose(threshold - 1 + k, k) * std::pow(q, threshold) * std::pow(1 - q, k);
  return sum;
}

}  // namespace

TEST_CASE("A gambler who loses more often than he wins is ruined as the books say") {
  // States 1 to 9 of a fortune from 0 to 10, p = 0.45: P(ruin from 4) = (r^4 - r^10) / (1 - r^10), r = q / p.
  Chain chain;
  chain.states = 9;
  chain.ends = 2;
  for (int i = 0; i < 9; ++i) {
    chain.moves.push_back({i, i == 8 ? chain.states + 1 : i + 1, 0.45});
    chain.moves.push_back({i, i == 0 ? chain.states : i - 1, 0.55});
  }
  const auto solved = absorb(chain, 3);
  REQUIRE(solved);
  const double r = 0.55 / 0.45;
  const double ruin = (std::pow(r, 4) - std::pow(r, 10)) / (1 - std::pow(r, 10));
  CHECK(solved->ends[0] == Approx(1 - (1 - ruin)).epsilon(1e-12));
  CHECK(solved->ends[1] == Approx((1 - std::pow(r, 4)) / (1 - std::pow(r, 10))).epsilon(1e-10));
  // The mean length of the game: (4 - 10 P(win)) / (q - p).
  CHECK(solved->mean_steps == Approx((4 - 10 * solved->ends[1]) / 0.1).epsilon(1e-10));
}

TEST_CASE("A chain that may never end has no answer, and one that is no chain has none either") {
  Chain chain{2, 1, {{0, 1, 0.5}, {0, 2, 0.5}, {1, 1, 1}}};
  CHECK_FALSE(absorb(chain, 0));  // state 1 is a trap
  CHECK_FALSE(absorb(chain, 1));
  chain.moves[2] = {1, 0, 1};
  CHECK(absorb(chain, 0));
  CHECK(absorb(chain, 0)->mean_steps == Approx(3));  // 2 visits of state 0, one of state 1
  CHECK_FALSE(absorb(chain, 2));
  CHECK_FALSE(absorb(chain, -1));
  chain.moves[0].probability = 0.4;
  CHECK_FALSE(absorb(chain, 0));  // 0.9 in all
  chain.moves[0] = {0, 7, 0.5};
  CHECK_FALSE(absorb(chain, 0));
  // A trap that the start does not reach is nobody's problem.
  Chain apart{2, 1, {{0, 2, 1}, {1, 1, 1}}};
  CHECK(absorb(apart, 0));
}

TEST_CASE("With a count a verdict fails with the binomial probability") {
  // Ten measurements that each fail by chance in one of a hundred, no failure allowed: 0.0956.
  const ThresholdExact strict = threshold({.count = 10}, {.pass = 0.99, .fail = 0.01});
  CHECK(strict.failed == Approx(1 - std::pow(0.99, 10)).epsilon(1e-12));
  CHECK(strict.failed == Approx(0.0956).margin(0.00005));
  for (const int limit : {0, 1, 3, 9}) {
    const ThresholdExact exact =
        threshold({.count = 20, .failure_limit = limit}, {.pass = 0.85, .fail = 0.15});
    CHECK(exact.failed == Approx(binomial_above(20, 0.15, limit)).epsilon(1e-10));
  }
}

TEST_CASE("Without a count the looks are negative-binomial") {
  const ThresholdExact exact = threshold({.failure_limit = 3}, {.pass = 0.75, .fail = 0.25});
  CHECK(exact.failed == Approx(1));
  CHECK(exact.mean_looks == Approx(4 / 0.25).epsilon(1e-12));
  CHECK(exact.variance_looks == Approx(4 * 0.75 / 0.0625).epsilon(1e-10));
}

TEST_CASE("Errors in a row are waited for as for a run of heads") {
  // The mean wait for r in a row of probability p: (1 - p^r) / ((1 - p) p^r) (Feller I, XIII.7).
  const ThresholdExact exact = threshold({.consecutive_error_limit = 4}, {.pass = 0.7, .error = 0.3});
  CHECK(exact.erred == Approx(1));
  CHECK(exact.mean_looks == Approx((1 - std::pow(0.3, 5)) / (0.7 * std::pow(0.3, 5))).epsilon(1e-10));
}

TEST_CASE("What is ignored takes looks and moves nothing") {
  const ThresholdLimits limits{.count = 8, .failure_limit = 1, .inconclusive_limit = 2};
  const ThresholdExact all =
      threshold(limits, {.pass = 0.6, .fail = 0.15, .inconclusive = 0.15, .error = 0.1});
  const ThresholdExact half =
      threshold(limits, {.pass = 0.3, .fail = 0.075, .inconclusive = 0.075, .error = 0.05});
  CHECK(half.failed == Approx(all.failed).epsilon(1e-10));
  CHECK(half.inconclusive == Approx(all.inconclusive).epsilon(1e-10));
  CHECK(half.mean_looks == Approx(2 * all.mean_looks).epsilon(1e-10));
}

TEST_CASE("A verdict that may never come, odds that are none, and too large a chain have no answer") {
  CHECK_FALSE(solve_threshold({}, {.pass = 1}));
  CHECK_FALSE(solve_threshold({.count = 5}, {}));  // every measurement is ignored
  CHECK_FALSE(solve_threshold({.count = 5}, {.pass = 0.8, .fail = 0.4}));
  CHECK_FALSE(solve_threshold({.count = 5}, {.pass = 1.1, .fail = -0.1}));
  CHECK_FALSE(solve_threshold({.count = -1}, {.pass = 1}));
  CHECK_FALSE(solve_threshold({.count = 100'000, .failure_limit = 50'000}, {.pass = 1}));
  CHECK_FALSE(solve_threshold({.count = 5, .failure_limit = INT64_MAX}, {.pass = 1}));
}

TEST_CASE("A controller that adds its failures up rolls a healthy release back in one of 109 runs") {
  const auto exact = solve_ticks({.weights = 10, .threshold = 5}, std::vector<double>(10, 0.1));
  REQUIRE(exact);
  CHECK(exact->rolled_back == Approx(rollback(10, 5, 0.1)).epsilon(1e-10));
  CHECK(exact->rolled_back == Approx(0.0092).margin(0.00005));
  // Were it a threshold of failures in a row, it would be 0.0001: an error of two orders of magnitude.
  CHECK(exact->rolled_back > 50 * 0.0001);
}

TEST_CASE("Timelines of controllers that always pass and always fail are exact") {
  const auto passes = solve_ticks({.weights = 7, .threshold = 3}, std::vector<double>(7, 0.0));
  REQUIRE(passes);
  CHECK(passes->rolled_back == 0);
  CHECK(passes->mean_ticks == Approx(7).epsilon(1e-12));
  CHECK(passes->variance_ticks == Approx(0).margin(1e-9));
  for (const double ticks : passes->ticks_at) CHECK(ticks == Approx(1));
  // The threshold is looked at on the next tick: one interval more than the threshold says.
  const auto fails = solve_ticks({.weights = 7, .threshold = 3}, std::vector<double>(7, 1.0));
  REQUIRE(fails);
  CHECK(fails->rolled_back == Approx(1));
  CHECK(fails->mean_ticks == Approx(4).epsilon(1e-12));
  CHECK(fails->ticks_at[0] == Approx(4));
}

TEST_CASE("A regression that shows at the fourth weight costs its ticks there") {
  std::vector<double> q(6, 0.02);
  for (std::size_t i = 3; i < q.size(); ++i) q[i] = 0.7;
  const auto exact = solve_ticks({.weights = 6, .threshold = 4}, q);
  REQUIRE(exact);
  double sum = 0;
  for (const double ticks : exact->ticks_at) sum += ticks;
  CHECK(sum == Approx(exact->mean_ticks));
  CHECK(exact->ticks_at[0] == Approx(1 / 0.98).margin(1e-4));
  CHECK(exact->ticks_at[3] > 2.5);
  CHECK_FALSE(solve_ticks({.weights = 6, .threshold = 4}, {0.1}));
  CHECK_FALSE(solve_ticks({.weights = 1, .threshold = 0}, {0.1}));
  CHECK_FALSE(solve_ticks({.weights = 1, .threshold = 1}, {1.5}));
}
