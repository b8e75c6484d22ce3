// The judge of Kayenta, with what it is known to see and not to see.
#include "sim/model/monitor/judge.hpp"

#include <catch2/catch.hpp>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/model/monitor/mann_whitney.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using sim::Grade;
using Points = std::vector<double>;

namespace {

Grade graded(const Points& change, const Points& stable, const sim::JudgedParams& metric = {},
             const sim::JudgeParams& judge = {}) {
  return sim::grade(judge, metric, change, stable).grade;
}

Points around(double middle, int count, std::uint32_t index) {
  sim::BulkUniforms next({.seed = 71, .replication = index});
  Points points;
  for (int i = 0; i < count; ++i) points.push_back(middle + sim::normal_quantile(next()));
  std::sort(points.begin(), points.end());
  return points;
}

}  // namespace

TEST_CASE("The interval of {10, 20, 30, 40} against {1, 2, 3, 4} at 95% is [6, 39]") {
  const auto shift = sim::mann_whitney(Points{10, 20, 30, 40}, Points{1, 2, 3, 4}, 0.95);
  CHECK(shift.lower == 6);
  CHECK(shift.upper == 39);
  CHECK(shift.estimate == Approx(22.5));
}

TEST_CASE("Shifts at a jump are differences of the samples exactly, and constants are told apart") {
  const auto ties = sim::mann_whitney(Points{0, 0, 0, 1}, Points{0, 0, 0, 0}, 0.98);
  CHECK(ties.lower == 0);
  CHECK(ties.estimate == 0);
  CHECK(sim::mann_whitney(Points{3, 3, 3}, Points{1, 1}, 0.98).lower == 2);
  const auto blind = sim::mann_whitney(Points{0, 0, 0, 0, 1, 2}, Points{0, 0, 0, 0, 0, 0}, 0.98);
  CHECK(blind.lower == 0);
  CHECK(blind.upper == 2);
}

TEST_CASE("The interval covers the shift as often as it says, and moves with the samples") {
  constexpr int kRuns = 6000;
  double covered = 0, twin = 0;
  for (int r = 0; r < kRuns; ++r) {
    const Points x = around(2, 30, static_cast<std::uint32_t>(2 * r));
    const Points y = around(0, 30, static_cast<std::uint32_t>(2 * r + 1));
    const auto shift = sim::mann_whitney(x, y, 0.9);
    covered += shift.lower <= 2 && 2 <= shift.upper ? 1 : 0;
    const auto narrow = sim::mann_whitney(x, y, 0.88);
    twin += narrow.lower <= 2 && 2 <= narrow.upper ? 1 : 0;
  }
  // The half for continuity makes it cover a little more: by half a rank's step of sigma, 0.2%.
  CHECK(covered / kRuns >= 0.9 - 0.005);
  CHECK(covered / kRuns <= 0.9 + 0.01);
  CHECK(twin / kRuns < 0.9 - 0.005);
  const auto shift = sim::mann_whitney(around(0, 30, 1), around(0, 30, 2), 0.9);
  const auto moved = sim::mann_whitney(around(5, 30, 1), around(0, 30, 2), 0.9);
  CHECK(moved.lower == Approx(shift.lower + 5));
  CHECK(moved.estimate == Approx(shift.estimate + 5).margin(0.01));  // anywhere where W is 0
}

TEST_CASE("Known blind spots: most points may be far off, or a few, and the metric passes") {
  CHECK(graded({100, 100, 100, 100, 100, 100, 100, 1, 1, 1}, Points(10, 1.0)) == Grade::pass);
  CHECK(graded({0, 1, 2, 1, 0, 0}, Points(6, 0.0)) == Grade::pass);
}

TEST_CASE("A shift that is told apart from none counts however small it is, unless an effect is asked for") {
  Points change, stable;
  for (int i = 0; i < 60; ++i) {
    stable.push_back(100 + 1e-4 * i);
    change.push_back(100.01 + 1e-4 * i);
  }
  CHECK(graded(change, stable) == Grade::high);
  CHECK(graded(stable, change) == Grade::low);
  sim::JudgedParams metric;
  metric.allowed_increase = 1.1;
  CHECK(graded(change, stable, metric) == Grade::pass);
  metric.allowed_increase = 1.00005;
  CHECK(graded(change, stable, metric) == Grade::high);
  metric.effect = sim::Effect::cles;
  metric.allowed_increase = 1;  // any
  CHECK(graded(change, stable, metric) == Grade::high);
  metric.direction = sim::JudgeDirection::decrease;
  CHECK(graded(change, stable, metric) == Grade::pass);
  CHECK(graded(stable, change, metric) == Grade::low);
  sim::JudgeParams strict;
  strict.tolerance = 1.1;  // the interval never reaches beyond its own estimate
  CHECK(graded(change, stable, {}, strict) == Grade::pass);
}

TEST_CASE("Equal samples, one value and missing data are told before any test") {
  CHECK(graded({3, 1, 2}, {1, 2, 3}) == Grade::pass);
  CHECK(graded({5, 5}, {5, 5, 5}) == Grade::pass);
  CHECK(graded({6, 6, 6}, {5, 5, 5}) == Grade::high);  // constants: the difference itself
  CHECK(graded({0, 0, 0}, {5, 5, 5}) == Grade::low);
  CHECK(graded({}, {5}) == Grade::nodata);
  sim::JudgedParams metric;
  metric.must_have_data = true;
  CHECK(graded({1}, {}, metric) == Grade::nodata_fail);
}

TEST_CASE("Outliers beyond the fences are left out where the metric says so") {
  // One window of a hundred is far off: it moves the mean, not the ranks.
  Points change = around(10.6, 100, 5);
  const Points stable = around(10, 100, 6);
  change.back() = -1000;
  sim::JudgedParams metric;
  metric.allowed_increase = 1.02;
  CHECK(graded(change, stable, metric) == Grade::pass);
  metric.remove_outliers = true;
  CHECK(graded(change, stable, metric) == Grade::high);
}

TEST_CASE("Scores count passes among what has data; critical failures and half without data are 0") {
  const sim::Graded pass{}, high{Grade::high, false}, none{Grade::nodata, false}, fatal{Grade::low, true},
      absent{Grade::nodata_fail, false};
  const auto scored = [](const std::vector<sim::Graded>& grades) { return sim::score(grades).value; };
  CHECK(scored({pass, pass, pass, high}) == 75);
  CHECK(scored({pass, high, none}) == 50);
  CHECK(scored({pass, none}) == 0);
  CHECK(scored({pass, pass, absent}) == Approx(200.0 / 3));
  CHECK(scored({pass, pass, pass, fatal}) == 0);
  CHECK(scored({pass}) == 100);
  CHECK(sim::score(std::vector{none, none}).without_data);
  sim::JudgedParams metric;
  metric.critical = true;
  metric.critical_increase = 3;
  CHECK_FALSE(sim::grade({}, metric, {6, 6, 6}, {5, 5, 5}).is_critical);
  CHECK(sim::grade({}, metric, {20, 20, 20}, {5, 5, 5}).is_critical);
}

TEST_CASE("The runs of a judge are its lifetime over its interval, and one where there is none") {
  sim::JudgeParams p;
  p.lifetime = std::chrono::hours{3};
  CHECK(sim::runs_of(p) == 1);
  p.interval = std::chrono::minutes{50};
  CHECK(sim::runs_of(p) == 3);
  p.interval = std::chrono::hours{4};
  CHECK(sim::runs_of(p) == 1);
}
