// How often a healthy release is rolled back by a judge, through the simulator, against what mathematics and
// a judge written anew say.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/samplers.hpp"
#include "tests/sim/judged_scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

Moments rolled_back(const sim::ScenarioParams& p, const sim::StrategyParams& s, int worlds) {
  const Prepared run(p, s);
  Moments moments;
  for (int r = 0; r < worlds; ++r) {
    moments.add(run.outcome(17, static_cast<std::uint32_t>(r)).has(sim::Flag::rolled_back) ? 1 : 0);
  }
  return moments;
}

// P(U = u) for two samples of n and m from one continuous law, U the pairs in which the first is larger:
// every arrangement is as likely, and the largest of all points is of one sample or of the other.
std::vector<double> null_law(int n, int m) {
  std::vector<std::vector<double>> law(static_cast<std::size_t>(m) + 1, std::vector<double>{1});  // n = 0
  for (int i = 1; i <= n; ++i) {
    std::vector<std::vector<double>> next(law.size());
    next[0] = {1};
    for (int j = 1; j <= m; ++j) {
      const auto b = static_cast<std::size_t>(j);
      std::vector<double> p(static_cast<std::size_t>(i * j) + 1, 0.0);
      for (std::size_t u = 0; u < law[b].size(); ++u) p[u + b] += law[b][u] * i / (i + j);
      for (std::size_t u = 0; u < next[b - 1].size(); ++u) p[u] += next[b - 1][u] * j / (i + j);
      next[b] = std::move(p);
    }
    law = std::move(next);
  }
  return law.back();
}

double sigma_of(double n, double m) { return std::sqrt(n * m * (n + m + 1) / 12); }

// P(told apart, in either direction) without a tolerance: U beyond its quantile, by more than the half that
// is taken off for continuity.
double told_apart(int n, int m, double confidence) {
  const std::vector<double> law = null_law(n, m);
  const double half = n * m / 2.0;
  const double beyond = 0.5 + sim::normal_quantile(0.5 + confidence / 2, 0, 1) * sigma_of(n, m);
  double sum = 0;
  for (std::size_t u = 0; u < law.size(); ++u) {
    if (std::abs(static_cast<double>(u) - half) > beyond) sum += law[u];
  }
  return sum;
}

// Kayenta's rule for samples without ties, from the sorted differences of all pairs: the ends of the interval
// are two of them, and the estimate is their median.
bool is_high(const std::vector<double>& x, const std::vector<double>& y, double confidence,
             double tolerance) {
  const auto n = static_cast<double>(x.size()), m = static_cast<double>(y.size());
  const double z = sim::normal_quantile(0.5 + confidence / 2, 0, 1);
  const auto k = static_cast<std::ptrdiff_t>(std::ceil(n * m / 2 - 0.5 - z * sigma_of(n, m)));
  std::vector<double> differences;
  std::ptrdiff_t below = 0;
  for (const double a : x) {
    for (const double b : y) {
      differences.push_back(a - b);
      below += a < b ? 1 : 0;
    }
  }
  if (below >= k) return false;  // the k-th smallest is below 0
  const auto at = [&differences](std::ptrdiff_t i) {
    std::nth_element(differences.begin(), differences.begin() + i, differences.end());
    return differences[static_cast<std::size_t>(i)];
  };
  const auto pairs = static_cast<std::ptrdiff_t>(differences.size());
  const double estimate = (at((pairs - 1) / 2) + at(pairs / 2)) / 2;
  return at(k - 1) > tolerance * std::abs(estimate);
}

struct Drawn {
  double confidence = 0.8;
  double tolerance = 0.25;
  int first = 19, second = 39;  // points of the two runs: the last window of each is published after it
};

// A judge of two metrics in two runs, on points drawn here: any metric that does not pass fails it.
Moments judged_directly(const Drawn& d, int worlds) {
  Moments moments;
  for (int r = 0; r < worlds; ++r) {
    sim::BulkUniforms next({.seed = 91, .replication = static_cast<std::uint32_t>(r)});
    bool fails = false;
    for (int metric = 0; metric < 2; ++metric) {
      std::vector<double> x, y;
      for (const int until : {d.first, d.second}) {
        while (static_cast<int>(x.size()) < until) {
          x.push_back(sim::normal_quantile(next(), 0, 1));
          y.push_back(sim::normal_quantile(next(), 0, 1));
        }
        fails = fails || is_high(x, y, d.confidence, d.tolerance) || is_high(y, x, d.confidence, d.tolerance);
      }
    }
    moments.add(fails ? 1 : 0);
  }
  return moments;
}

bool agree(const Moments& a, const Moments& b) {
  return near(a.mean(), std::hypot(a.mean_error(), b.mean_error()), b.mean());
}

}  // namespace

TEST_CASE("Without a tolerance one run fails a healthy release with the exact probability of the rank test") {
  CHECK(told_apart(3, 3, 0.5) == Approx(0.4));  // 8 of 20 arrangements lie more than 0.5 + 1.545 pairs off
  sim::StrategyParams s = one_stage(1, minutes{20}, {});
  judge_of(s).tolerance = 0;
  judge_of(s).confidence = 0.3;
  const double exact = told_apart(39, 39, 0.3);
  const Moments m = rolled_back(drawn_scene(1), s, 130'000);
  CHECK(mean_is(m, exact));
  // The twin: an interval of 29% would be noticed.
  CHECK_FALSE(near(m.mean(), m.mean_error(), told_apart(39, 39, 0.29)));
}

TEST_CASE(
    "Two metrics in two runs fail a healthy release as often as a judge on points that are drawn directly") {
  sim::StrategyParams s = one_stage(2, minutes{20}, minutes{10});
  judge_of(s).confidence = 0.8;
  const Moments simulated = rolled_back(drawn_scene(2), s, 60'000);
  CHECK(agree(simulated, judged_directly({}, 60'000)));
  // Twins: another tolerance, another confidence, a first run that is left out, or made before half of its
  // points.
  CHECK_FALSE(agree(simulated, judged_directly({.tolerance = 0.2}, 60'000)));
  CHECK_FALSE(agree(simulated, judged_directly({.confidence = 0.78}, 60'000)));
  CHECK_FALSE(agree(simulated, judged_directly({.first = 39}, 60'000)));
  judge_of(s).confidence = 0.98;  // as Kayenta is
  const Moments rare = rolled_back(drawn_scene(2), s, 100'000);
  CHECK(agree(rare, judged_directly({.confidence = 0.98}, 100'000)));
  CHECK(rare.mean() < 0.02);
}
