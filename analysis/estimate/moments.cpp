#include "analysis/estimate/moments.hpp"

#include <cmath>

namespace breakglass::analysis {

void merge(Moments& into, const Moments& next) {
  if (next.count == 0) return;
  if (into.count == 0) {
    into = next;
    return;
  }
  const auto n_into = static_cast<double>(into.count);
  const auto n_next = static_cast<double>(next.count);
  const double n = n_into + n_next;
  const double delta = next.mean - into.mean;
  into.mean += delta * (n_next / n);
  into.m2 += next.m2 + delta * delta * (n_into * n_next / n);
  into.count += next.count;
  if (next.min < into.min) into.min = next.min;
  if (next.max > into.max) into.max = next.max;
}

double variance(const Moments& m) { return m.count < 2 ? 0 : m.m2 / static_cast<double>(m.count - 1); }

double standard_deviation(const Moments& m) { return std::sqrt(variance(m)); }

double standard_error(const Moments& m) {
  return m.count < 2 ? 0 : std::sqrt(variance(m) / static_cast<double>(m.count));
}

}  // namespace breakglass::analysis
