#include "sim/model/monitor/group_sequential.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/root.hpp"
#include "sim/model/monitor/information.hpp"

namespace breakglass::sim {
namespace {

constexpr double kFar = 7;  // a standard normal is further out once in 4e11

// Points and weights of an integral over [low, high]: panels no longer than one increment's standard
// deviation, each with the five-point Gauss-Legendre rule.
struct Grid {
  std::vector<double> at;
  std::vector<double> weight;
};

Grid make_grid(double low, double high) {
  const double root = std::sqrt(10.0 / 7.0);
  const double inner = std::sqrt(5 - 2 * root) / 3, outer = std::sqrt(5 + 2 * root) / 3;
  const double wide = 13 * std::sqrt(70.0);
  const double points[] = {-outer, -inner, 0, inner, outer};
  const double weights[] = {(322 - wide) / 900, (322 + wide) / 900, 128.0 / 225, (322 + wide) / 900,
                            (322 - wide) / 900};
  const int panels = std::max(1, static_cast<int>(std::ceil(high - low)));
  const double half = (high - low) / panels / 2;
  Grid grid;
  for (int i = 0; i < panels; ++i) {
    const double middle = low + (2 * i + 1) * half;
    for (int j = 0; j < 5; ++j) {
      grid.at.push_back(middle + points[j] * half);
      grid.weight.push_back(weights[j] * half);
    }
  }
  return grid;
}

double density(double x) { return std::fabs(x) > kFar ? 0 : 0.3989422804014327 * exp(-x * x / 2); }

// The density of S after another look, at the points of `to`, from the paths that are still inside.
std::vector<double> moved_on(const Grid& from, const std::vector<double>& inside, const Grid& to) {
  std::vector<double> next(to.at.size(), 0);
  std::size_t first = 0;
  for (std::size_t j = 0; j < to.at.size(); ++j) {
    while (first < from.at.size() && from.at[first] < to.at[j] - kFar) ++first;
    for (std::size_t i = first; i < from.at.size() && from.at[i] <= to.at[j] + kFar; ++i) {
      next[j] += from.weight[i] * inside[i] * density(to.at[j] - from.at[i]);
    }
  }
  return next;
}

}  // namespace

double crossing_probability(std::span<const double> bounds, int sides) {
  double crossed = 0;
  Grid grid;
  std::vector<double> inside;  // density of S, whose increments have variance 1
  for (std::size_t k = 0; k < bounds.size(); ++k) {
    const double scale = std::sqrt(static_cast<double>(k + 1));
    const double high = bounds[k] * scale;
    const double low = sides == 2 ? -high : std::min(-kFar * scale, high - 1);
    const auto beyond = [&](double s) {
      return normal_cdf(s - high) + (sides == 2 ? normal_cdf(low - s) : 0);
    };
    if (k == 0) crossed = beyond(0);
    for (std::size_t i = 0; i < inside.size(); ++i)
      crossed += grid.weight[i] * inside[i] * beyond(grid.at[i]);
    if (k + 1 == bounds.size()) break;
    const Grid next = make_grid(low, high);
    if (k == 0) {
      for (const double s : next.at) inside.push_back(density(s));
    } else {
      inside = moved_on(grid, inside, next);
    }
    grid = next;
  }
  return crossed;
}

double boundary_shape(Boundary boundary, int look, int looks) {
  return boundary == Boundary::pocock ? 1 : std::sqrt(static_cast<double>(looks) / look);
}

double boundary_constant(Boundary boundary, int looks, double alpha, int sides) {
  const auto excess = [&](double c) {
    std::vector<double> bounds;
    for (int k = 1; k <= looks; ++k) bounds.push_back(c * boundary_shape(boundary, k, looks));
    return crossing_probability(bounds, sides) - alpha;
  };
  // A single test's bound is crossed too often; with the bound of alpha / K (Bonferroni) it is too seldom.
  const double least = normal_quantile(1 - alpha / sides);
  const double most = normal_quantile(1 - alpha / sides / looks);
  if (looks == 1) return least;
  return find_root(excess, least, most, 1e-9);
}

void look_group_sequential(const GroupSequentialParams& p, NoData no_data, const Baseline& baseline,
                           Duration interval, Time now, VerdictState& state) {
  const Increment increment = increment_of(baseline, p.measure, p.direction, state.evidence);
  state.next_look = now + (p.every.count() > 0 ? p.every : interval);
  const Judgement judgement = increment.information > 0 ? Judgement::pass : without_data(no_data);
  if (judgement == Judgement::ignore) return;
  state.evidence = {};
  ++state.measurements;
  if (judgement != Judgement::pass) {
    state.outlook = judgement == Judgement::fail ? Outlook::failed : Outlook::error;
    return;
  }
  state.log_ratio += increment.difference * increment.information;
  state.information += increment.information;
  const double z = state.information > 0 ? state.log_ratio / std::sqrt(state.information) : 0;
  keep_measure(state, z);
  const auto looks = static_cast<int>(p.looks);
  if (z >= baseline.constant * boundary_shape(p.boundary, state.measurements, looks)) {
    state.outlook = Outlook::failed;
  } else if (state.measurements >= looks) {
    state.outlook = Outlook::passed;
  }
}

}  // namespace breakglass::sim
