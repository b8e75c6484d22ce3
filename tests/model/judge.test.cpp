// The judge of Kayenta, with what it is known to see and not to see.
#include "sim/model/monitor/judge.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/model/monitor/mann_whitney.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using sim::Grade;
using Points = std::vector<double>;

namespace {

sim::Graded all_of(Points change, Points stable, const sim::JudgedParams& metric = {},
                   const sim::JudgeParams& judge = {}) {
  return sim::grade(judge, metric, change, stable);
}
Grade graded(const Points& change, const Points& stable, const sim::JudgedParams& metric = {},
             const sim::JudgeParams& judge = {}) {
  return all_of(change, stable, metric, judge).grade;
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
  const Points most{1, 1, 1, 100, 100, 100, 100, 100, 100, 100}, few{0, 0, 0, 1, 1, 2};
  CHECK(graded(most, Points(10, 1.0)) == Grade::pass);  // spinnaker/spinnaker#6278
  CHECK(sim::mann_whitney(most, Points(10, 1.0), 0.98).lower == 0);
  CHECK(graded(few, Points(6, 0.0)) == Grade::pass);  // spinnaker/kayenta#426
  const auto shift = sim::mann_whitney(few, Points(6, 0.0), 0.98);
  CHECK(shift.lower == 0);
  CHECK(shift.upper == 2);
}

TEST_CASE("Whether 0 lies outside of the interval is told in one pass as the interval tells it") {
  int apart = 0, disagree = 0;
  for (std::uint32_t r = 0; r < 4000; ++r) {
    // Of any size from 1 on, of a few values that tie or of many that do not, shifted or not.
    sim::BulkUniforms next({.seed = 73, .replication = r});
    const auto sample = [&next](double shift, double grain) {
      Points points(static_cast<std::size_t>(1 + 24 * next()));
      for (double& point : points) point = shift + std::floor(next() * grain) / grain;
      std::sort(points.begin(), points.end());
      return points;
    };
    const double grain = r % 2 == 0 ? 4 : 1e6;
    const Points x = sample(next() < 0.5 ? 0 : 0.5, grain), y = sample(0, grain);
    const auto shift = sim::mann_whitney(x, y, 0.98);
    const bool outside = shift.lower > 0 || shift.upper < 0;
    apart += outside ? 1 : 0;
    disagree += outside != sim::is_told_apart(x, y, 0.98) && outside ? 1 : 0;
  }
  CHECK(disagree == 0);  // it may look at the interval in vain, and misses none
  CHECK(apart > 500);
  CHECK(apart < 3500);
}

TEST_CASE("Percentiles are those of Kayenta, on the sample of NIST's handbook too") {
  Points nist{95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.0610,
              95.1591, 95.1195, 95.1772, 95.0925, 95.1990, 95.1682};  // 7.2.6.2
  std::sort(nist.begin(), nist.end());
  CHECK(sim::percentile(nist, 0.9) == Approx(95.19568).epsilon(1e-9));
  const Points eight{0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5};
  CHECK(sim::percentile(eight, 0.05) == Approx(0.175));
  CHECK(sim::percentile(eight, 0.5) == 1.75);
  CHECK(sim::percentile(eight, 0) == 0);
  CHECK(sim::percentile(eight, 1) == 3.5);
  CHECK(sim::percentile(Points{4}, 0.3) == 4);
}

TEST_CASE("The common language effect size counts pairs, ties for half") {
  const auto cles = [](const Points& x, const Points& y) {
    return sim::effect_size(sim::Effect::cles, x, y);
  };
  CHECK(cles({1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}) == 0.5);
  CHECK(cles({1, 2, 3}, {24, 25, 26}) == 0);
  CHECK(cles({24, 25, 26}, {1, 2, 3}) == 1);
  CHECK(cles({1, 4, 4}, {2, 4}) == Approx((0 + 1.5 + 1.5) / 6));
  // 1..30 against the same moved up by k: k of them apart, (30 - k)^2 / 2 pairs of 900.
  for (int k = 0; k <= 30; ++k) {
    Points x, y;
    for (int i = 1; i <= 30; ++i) x.push_back(i), y.push_back(i + k);
    CHECK(cles(x, y) == Approx((30 - k) * (30 - k) / 1800.0));
  }
}

TEST_CASE("A ratio of means is not a number where one of them is 0, and reaches every bound") {
  const auto ratio = [](const Points& x, const Points& y) {
    return sim::effect_size(sim::Effect::mean_ratio, x, y);
  };
  CHECK(ratio({10, 10}, {1, 1}) == 10);
  CHECK(ratio({1, 1}, {10, 10}) == 0.1);
  CHECK(std::isnan(ratio({10, 10}, {0, 0})));
  CHECK(std::isnan(ratio({0, 0}, {10, 10})));
  sim::JudgedParams metric;
  metric.allowed_increase = 1000;
  metric.critical = true;
  metric.critical_increase = 1000;
  CHECK(graded({1, 1, 1}, {0, 0, 0}, metric) == Grade::high);
  CHECK(all_of({1, 1, 1}, {0, 0, 0}, metric).is_critical);
  CHECK(graded({1, 1, 1}, {0.5, 0.5, 0.5}, metric) == Grade::pass);
}

TEST_CASE("A shift up in rank whose means fall is no increase where none is asked for by name") {
  // Most points lie a little higher, one so low that the mean falls: an effect below 1.
  Points change = around(11, 60, 11), stable = around(10, 60, 12);
  change.front() = -200;
  CHECK(graded(change, stable) == Grade::pass);
  sim::JudgedParams metric;
  metric.effect = sim::Effect::cles;
  CHECK(graded(change, stable, metric) == Grade::high);
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
  metric.allowed_increase.reset();
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
  CHECK(graded({5}, {}) == Grade::nodata);
  CHECK_FALSE(all_of({}, {5}).is_critical);
  sim::JudgedParams metric;
  metric.must_have_data = true;
  CHECK(graded({1}, {}, metric) == Grade::nodata_fail);
  CHECK_FALSE(all_of({1}, {}, metric).is_critical);
  metric.critical = true;  // it fails by having no data, whether it must have some or not
  for (const bool must : {true, false}) {
    metric.must_have_data = must;
    CHECK(graded({1}, {}, metric) == Grade::nodata);
    CHECK(all_of({1}, {}, metric).is_critical);
  }
  metric.nan_strategy = sim::NanStrategy::replace;
  CHECK(graded({}, {1}, metric) == Grade::pass);
  CHECK_FALSE(all_of({}, {1}, metric).is_critical);
}

TEST_CASE("What did not pass is told with its points, means and interval") {
  const sim::Graded high = all_of({40, 10, 30, 20}, {4, 1, 3, 2});
  CHECK(high.grade == Grade::high);
  CHECK(high.points == std::array<std::int32_t, 2>{4, 4});
  CHECK(high.means == std::array<double, 2>{25, 2.5});
  CHECK(high.shift.lower == 6);
  CHECK(high.shift.upper == 39);
  const sim::Graded none = all_of({}, {1, 2});
  CHECK(none.points == std::array<std::int32_t, 2>{0, 2});
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
  metric.outlier_factor = 1e5;  // within the fences
  CHECK(graded(change, stable, metric) == Grade::pass);
  // In a small sample too: the 1st percentile of ten points lies above the lowest.
  Points small{-1000, 12, 12.1, 12.2, 12.3, 12.4, 12.5, 12.6, 12.7, 12.8};
  const Points level{9, 9.1, 9.2, 9.3, 9.4, 9.5, 9.6, 9.7, 9.8, 9.9};
  metric.outlier_factor = 3;
  CHECK(graded(small, level, metric) == Grade::high);
  metric.remove_outliers = false;
  CHECK(graded(small, level, metric) == Grade::pass);
}

namespace {

const sim::Graded pass{}, high{Grade::high, false, {}, {}, {}}, none{Grade::nodata, false, {}, {}, {}},
    fatal{Grade::low, true, {}, {}, {}}, absent{Grade::nodata_fail, false, {}, {}, {}};

// The score of grades, each in the group of its name ("" by default).
sim::Score score_of(const std::vector<sim::Graded>& grades, std::vector<std::string> groups = {},
                    std::vector<sim::GroupWeight> weights = {}) {
  sim::JudgeParams judge;
  groups.resize(grades.size());
  for (const auto& group : groups) judge.metrics.emplace_back().group = group;
  judge.weights = std::move(weights);
  return sim::score(sim::group_metrics(judge), grades);
}

}  // namespace

TEST_CASE("Scores count passes among what has data; critical failures and half without data are 0") {
  const auto scored = [](const std::vector<sim::Graded>& grades) { return score_of(grades).value; };
  CHECK(scored({pass, pass, pass, high}) == 75);
  CHECK(scored({pass, high, none}) == 50);
  CHECK(scored({pass, none}) == 0);
  CHECK(scored({pass, pass, absent}) == 66.67);  // to two decimals
  CHECK(scored({pass, absent, absent}) == 33.33);
  CHECK(scored({pass, pass, pass, fatal}) == 0);
  CHECK(scored({pass}) == 100);
  CHECK(score_of({none, none}).without_data);
  CHECK(score_of({pass, none}).without_data);
  CHECK_FALSE(score_of({pass, pass, none}).without_data);
  CHECK(score_of({pass, fatal}).critical);
  CHECK_FALSE(score_of({fatal, none}).without_data);  // the critical failure is what counts
  sim::JudgedParams metric;
  metric.critical = true;
  metric.critical_increase = 3;
  CHECK_FALSE(all_of({6, 6, 6}, {5, 5, 5}, metric).is_critical);
  CHECK(all_of({20, 20, 20}, {5, 5, 5}, metric).is_critical);
}

TEST_CASE("Groups count by their weights, and those without one share what is left") {
  const std::vector<std::string> two{"errors", "answers", "answers"};
  CHECK(score_of({high, pass, pass}, two).value == 50);  // two groups, 50% each
  CHECK(score_of({pass, high, pass}, two).value == 75);
  CHECK(score_of({high, pass, pass}, two, {{"errors", 60}}).value == 40);
  CHECK(score_of({pass, high, pass}, two, {{"errors", 60}}).value == 80);
  CHECK(score_of({pass, high, pass}, two, {{"errors", 60}, {"answers", 40}}).value == 80);
  CHECK(score_of({high, pass, pass}, two, {{"answers", 100}, {"errors", 0}}).value == 100);
  CHECK(score_of({pass, high, pass, pass}, {"a", "b", "c", "d"}, {{"a", 40}}).value == 80);
  CHECK(score_of({none, pass, high}, two).value == 75);  // a group without data counts as if it had passed
  CHECK(score_of({absent, pass, pass}, two).value == 50);
}
