#include "sim/model/monitor/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace breakglass::sim {
namespace {

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

// The stretch of a sorted sample that lies within the fences.
std::span<double> within_fences(std::span<double> sorted, double factor) {
  if (sorted.empty()) return sorted;
  const double q1 = percentile(sorted, 0.25), q3 = percentile(sorted, 0.75);
  const double reach = factor * (q3 - q1);
  const double low = std::min(percentile(sorted, 0.01), q1 - reach);
  const double high = std::max(percentile(sorted, 0.99), q3 + reach);
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), low);
  const auto last = std::upper_bound(first, sorted.end(), high);
  return {first, last};
}

// Pairs in which the change's point is the larger one, of all pairs; both sorted.
double share_larger(std::span<const double> change, std::span<const double> stable) {
  double larger = 0;
  std::size_t below = 0, upto = 0;  // of the stable points: smaller, and not larger, than x
  for (const double x : change) {
    while (below < stable.size() && stable[below] < x) ++below;
    while (upto < stable.size() && stable[upto] <= x) ++upto;
    larger += static_cast<double>(below + upto) / 2;
  }
  return larger / (static_cast<double>(change.size()) * static_cast<double>(stable.size()));
}

Graded without_points(const JudgedParams& metric) {
  if (metric.nan_strategy == NanStrategy::replace) return {};
  Graded graded;
  graded.grade = metric.must_have_data && !metric.critical ? Grade::nodata_fail : Grade::nodata;
  graded.is_critical = metric.critical;
  return graded;
}

// Of samples that are told apart: which way, and how grave.
void grade_shift(const JudgeParams& judge, const JudgedParams& metric, double effect, Graded& graded) {
  const double bound = judge.tolerance * std::fabs(graded.shift.estimate);
  const double neutral = no_effect(metric.effect);
  const bool unknown = effect != effect;
  const auto at_least = [&](const std::optional<double>& least) {
    return unknown || effect >= least.value_or(neutral);
  };
  const auto at_most = [&](const std::optional<double>& most) {
    return unknown || effect <= most.value_or(neutral);
  };
  const bool rises = metric.direction != JudgeDirection::decrease && graded.shift.lower > bound;
  const bool falls = metric.direction != JudgeDirection::increase && graded.shift.upper < -bound;
  if (rises && at_least(metric.allowed_increase)) {
    graded.grade = Grade::high;
    graded.is_critical = metric.critical && at_least(metric.critical_increase);
  } else if (falls && at_most(metric.allowed_decrease)) {
    graded.grade = Grade::low;
    graded.is_critical = metric.critical && at_most(metric.critical_decrease);
  }
}

}  // namespace

double percentile(std::span<const double> sorted, double share) {
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const double whole = std::floor(rank);
  const auto i = static_cast<std::size_t>(whole);
  if (i + 1 >= sorted.size()) return sorted.back();
  return sorted[i] + (rank - whole) * (sorted[i + 1] - sorted[i]);
}

double no_effect(Effect effect) { return effect == Effect::cles ? 0.5 : 1; }

double effect_size(Effect effect, std::span<const double> change, std::span<const double> stable) {
  if (effect == Effect::cles) return share_larger(change, stable);
  const double above = mean_of(change), below = mean_of(stable);
  if (above == 0 || below == 0) return std::numeric_limits<double>::quiet_NaN();
  return above / below;
}

Graded grade(const JudgeParams& judge, const JudgedParams& metric, std::span<double> change,
             std::span<double> stable) {
  std::sort(change.begin(), change.end());
  std::sort(stable.begin(), stable.end());
  if (metric.remove_outliers) {
    change = within_fences(change, metric.outlier_factor);
    stable = within_fences(stable, metric.outlier_factor);
  }
  Graded graded;
  if (change.empty() || stable.empty()) {
    graded = without_points(metric);
  } else if (is_told_apart(change, stable, judge.confidence)) {
    graded.shift = mann_whitney(change, stable, judge.confidence);
    graded.means = {mean_of(change), mean_of(stable)};
    grade_shift(judge, metric, effect_size(metric.effect, change, stable), graded);
  }
  if (graded.grade == Grade::pass) return {};
  graded.points = {static_cast<std::int32_t>(change.size()), static_cast<std::int32_t>(stable.size())};
  return graded;
}

Grouping group_metrics(const JudgeParams& judge) {
  Grouping groups;
  std::vector<std::string> ids;
  for (const JudgedParams& metric : judge.metrics) {
    const auto found = std::find(ids.begin(), ids.end(), metric.group);
    groups.of.push_back(static_cast<std::int32_t>(found - ids.begin()));
    if (found == ids.end()) ids.push_back(metric.group);
  }
  double given = 0;
  std::size_t unweighted = 0;
  for (const std::string& id : ids) {
    const auto weight = std::find_if(judge.weights.begin(), judge.weights.end(),
                                     [&id](const GroupWeight& w) { return w.id == id; });
    const bool has_weight = weight != judge.weights.end();
    groups.weights.push_back(has_weight ? weight->weight : -1);
    unweighted += has_weight ? 0 : 1;
  }
  for (const GroupWeight& weight : judge.weights) given += weight.weight;
  for (double& weight : groups.weights) {
    if (weight < 0) weight = (100 - given) / static_cast<double>(unweighted);
  }
  return groups;
}

Score score(const Grouping& groups, std::span<const Graded> grades) {
  Score result;
  std::array<double, kMaxJudged> passed{}, counted{};  // by group
  std::size_t missing = 0;
  for (std::size_t m = 0; m < grades.size(); ++m) {
    const auto group = static_cast<std::size_t>(groups.of[m]);
    const Grade grade = grades[m].grade;
    result.critical |= grades[m].is_critical;
    missing += grade == Grade::nodata ? 1 : 0;
    counted[group] += grade == Grade::nodata ? 0 : 1;
    passed[group] += grade == Grade::pass ? 1 : 0;
  }
  result.without_data = !result.critical && 2 * missing >= grades.size();
  result.value = 0;
  if (result.critical || result.without_data) return result;
  for (std::size_t g = 0; g < groups.weights.size(); ++g) {
    const double of_group = counted[g] > 0 ? passed[g] / counted[g] : 1;
    result.value += of_group * groups.weights[g];
  }
  result.value = std::floor(result.value * 100 + 0.5) / 100;
  return result;
}

}  // namespace breakglass::sim
