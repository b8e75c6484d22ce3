#include "sim/model/monitor/mann_whitney.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/root.hpp"

namespace breakglass::sim {
namespace {

// W(d), with the half for continuity or without.
double statistic(std::span<const double> x, std::span<const double> y, double d, bool half) {
  const auto n = static_cast<double>(x.size()), m = static_cast<double>(y.size());
  double rank_sum = 0, ties = 0, before = 0;  // ranks of x - d; sum of t^3 - t; values already ranked
  for (std::size_t i = 0, j = 0; i < x.size() || j < y.size();) {
    const bool from_x = j == y.size() || (i < x.size() && x[i] - d <= y[j]);
    const double value = from_x ? x[i] - d : y[j];
    double of_x = 0, of_y = 0;
    while (i < x.size() && x[i] - d == value) ++i, ++of_x;
    while (j < y.size() && y[j] == value) ++j, ++of_y;
    const double tied = of_x + of_y;
    rank_sum += of_x * (before + (tied + 1) / 2);
    ties += tied * (tied * tied - 1);
    before += tied;
  }
  const double excess = rank_sum - n * (n + 1) / 2 - n * m / 2;
  const double all = n + m;
  const double variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)));
  if (!(variance > 0)) return 0;  // everything is tied
  const double correction = !half || excess == 0 ? 0 : (excess > 0 ? 0.5 : -0.5);
  return (excess - correction) / std::sqrt(variance);
}

// The difference x - y nearest to `d`, if it is as near as the search can tell; else `d`.
double at_jump(std::span<const double> x, std::span<const double> y, double d, double tolerance) {
  double best = d, distance = 2 * tolerance;
  for (const double v : x) {
    const auto above = std::lower_bound(y.begin(), y.end(), v - d);
    for (auto it = above == y.begin() ? above : above - 1; it != y.end() && it <= above; ++it) {
      const double off = std::fabs(v - *it - d);
      if (off < distance) distance = off, best = v - *it;
    }
  }
  return best;
}

}  // namespace

Shift mann_whitney(std::span<const double> x, std::span<const double> y, double confidence) {
  const double low = x.front() - y.back(), high = x.back() - y.front();
  if (!(high > low)) return {low, high, low};
  const double scale = std::max({std::fabs(low), std::fabs(high), high - low});
  const double tolerance = 1e-10 * scale;
  const auto crossing = [&](double z, bool half) {
    const auto excess = [&](double d) { return statistic(x, y, d, half) - z; };
    if (excess(low) <= 0) return low;
    if (excess(high) >= 0) return high;
    return at_jump(x, y, find_root(excess, low, high, tolerance), tolerance);
  };
  const double z = normal_quantile(0.5 + confidence / 2);
  return {crossing(z, true), crossing(-z, true), crossing(0, false)};
}

bool is_told_apart(std::span<const double> x, std::span<const double> y, double confidence) {
  const double low = x.front() - y.back(), high = x.back() - y.front();
  // Samples that do not overlap: however small they are, the search for the ends stays on one side of 0.
  if (low > 0 || high < 0) return true;
  // W falls, so the lower end lies above 0 only if W is still above its quantile there; the upper end
  // likewise.
  return std::fabs(statistic(x, y, 0, true)) > normal_quantile(0.5 + confidence / 2);
}

}  // namespace breakglass::sim
