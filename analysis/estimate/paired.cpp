#include "analysis/estimate/paired.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::analysis {

void add(PairedMoments& pairs, double a, double b) {
  const double delta_a =
      a - pairs.a.mean;  // from the mean before this value, as Welford's covariance needs it
  add(pairs.difference, a - b);
  add(pairs.a, a);
  add(pairs.b, b);
  pairs.co_moment += delta_a * (b - pairs.b.mean);
  if (a < b) pairs.a_lower += 1;
  if (a == b) pairs.ties += 1;
}

void merge(PairedMoments& into, const PairedMoments& next) {
  const auto n_into = static_cast<double>(into.a.count);
  const auto n_next = static_cast<double>(next.a.count);
  if (n_into > 0 && n_next > 0) {
    const double cross = (next.a.mean - into.a.mean) * (next.b.mean - into.b.mean);
    into.co_moment += next.co_moment + cross * (n_into * n_next / (n_into + n_next));
  } else {
    into.co_moment += next.co_moment;
  }
  merge(into.difference, next.difference);
  merge(into.a, next.a);
  merge(into.b, next.b);
  into.a_lower += next.a_lower;
  into.ties += next.ties;
}

std::optional<Interval> difference_interval(const PairedMoments& pairs) {
  return student_interval(pairs.difference);
}

std::optional<double> correlation(const PairedMoments& pairs) {
  const double scale = std::sqrt(pairs.a.m2) * std::sqrt(pairs.b.m2);
  if (!(scale > 0)) return std::nullopt;
  return std::clamp(pairs.co_moment / scale, -1.0, 1.0);
}

}  // namespace breakglass::analysis
