#include "sim/model/monitor/judge.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/monitor/mann_whitney.hpp"

namespace breakglass::sim {
namespace {

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

// The percentile at rank share (n + 1), between neighbours in proportion.
double percentile(const std::vector<double>& sorted, double share) {
  const auto n = static_cast<double>(sorted.size());
  const double rank = share * (n + 1);
  if (rank < 1) return sorted.front();
  if (rank >= n) return sorted.back();
  const double whole = std::floor(rank);
  const auto i = static_cast<std::size_t>(whole);
  return sorted[i - 1] + (rank - whole) * (sorted[i] - sorted[i - 1]);
}

void remove_outliers(std::vector<double>& sorted, double factor) {
  if (sorted.empty()) return;
  const double q1 = percentile(sorted, 0.25), q3 = percentile(sorted, 0.75);
  const double reach = factor * (q3 - q1);
  const double low = std::min(percentile(sorted, 0.01), q1 - reach);
  const double high = std::max(percentile(sorted, 0.99), q3 + reach);
  std::erase_if(sorted, [&](double v) { return v < low || v > high; });
}

double neutral(const JudgedParams& metric, double given) {
  return metric.effect == Effect::cles && given == 1 ? 0.5 : given;
}

}  // namespace

double effect_size(Effect effect, std::span<const double> change, std::span<const double> stable) {
  if (effect == Effect::mean_ratio) return mean_of(change) / mean_of(stable);
  double larger = 0;
  for (const double x : change) {
    for (const double y : stable) larger += x > y ? 1 : (x == y ? 0.5 : 0);
  }
  return larger / (static_cast<double>(change.size()) * static_cast<double>(stable.size()));
}

Graded grade(const JudgeParams& judge, const JudgedParams& metric, std::vector<double> change,
             std::vector<double> stable) {
  std::sort(change.begin(), change.end());
  std::sort(stable.begin(), stable.end());
  if (metric.remove_outliers) {
    remove_outliers(change, metric.outlier_factor);
    remove_outliers(stable, metric.outlier_factor);
  }
  if (change.empty() || stable.empty()) {
    if (!metric.must_have_data) return {Grade::nodata, false};
    return {Grade::nodata_fail, metric.critical};
  }
  if (change == stable) return {};
  if (change.front() == stable.front() && change.back() == stable.back() && change.front() == change.back())
    return {};
  const Shift shift = mann_whitney(change, stable, judge.confidence);
  const double effect = effect_size(metric.effect, change, stable);
  const double bound = judge.tolerance * std::fabs(shift.estimate);
  const bool known = !(effect != effect);
  const bool rises = metric.direction != JudgeDirection::decrease && shift.lower > bound;
  if (rises && (!known || effect >= neutral(metric, metric.allowed_increase))) {
    return {Grade::high, metric.critical && (!known || effect >= neutral(metric, metric.critical_increase))};
  }
  const bool falls = metric.direction != JudgeDirection::increase && shift.upper < -bound;
  if (falls && (!known || effect <= neutral(metric, metric.allowed_decrease))) {
    return {Grade::low, metric.critical && (!known || effect <= neutral(metric, metric.critical_decrease))};
  }
  return {};
}

Score score(std::span<const Graded> grades) {
  double passed = 0, counted = 0, missing = 0;
  bool critical = false;
  for (const Graded& g : grades) {
    critical |= g.is_critical;
    (g.grade == Grade::nodata ? missing : counted) += 1;
    if (g.grade == Grade::pass) passed += 1;
  }
  Score result;
  result.without_data = !grades.empty() && 2 * missing >= static_cast<double>(grades.size());
  if (critical || result.without_data) {
    result.value = 0;
  } else if (counted > 0) {
    result.value = 100 * passed / counted;
  }
  return result;
}

std::int64_t runs_of(const JudgeParams& p) {
  if (p.interval.count() <= 0 || p.interval >= p.lifetime) return 1;
  return p.lifetime / p.interval;
}

}  // namespace breakglass::sim
