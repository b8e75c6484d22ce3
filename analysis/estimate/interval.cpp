#include "analysis/estimate/interval.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/binomial.hpp"
#include "analysis/estimate/student.hpp"
#include "sim/kernel/fmath.hpp"

namespace breakglass::analysis {
namespace {

constexpr double kOneTail = 0.025;
constexpr double kAllButOneTail = 0.975;
static_assert(kAllButOneTail - kOneTail == kConfidence);

}  // namespace

double student_factor(std::uint64_t n) {
  return n < 2 ? 0 : student_quantile(kAllButOneTail, static_cast<double>(n - 1));
}

std::optional<Interval> student_interval(const Moments& m, double t) {
  if (m.count < 2) return std::nullopt;
  const double half = t * standard_error(m);
  return Interval{m.mean - half, m.mean + half};
}

std::optional<Interval> student_interval(const Moments& m) {
  return student_interval(m, student_factor(m.count));
}

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials) {
  if (trials == 0) return {0, 1};
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(successes) / n;
  const double z = sim::normal_quantile(kAllButOneTail);
  const double zz = z * z;
  const double centre = (p + zz / (2 * n)) / (1 + zz / n);
  const double half = z / (1 + zz / n) * std::sqrt(p * (1 - p) / n + zz / (4 * n * n));
  // At the ends the formula gives 0 and 1 up to rounding; say them exactly.
  const double low = successes == 0 ? 0 : std::max(0.0, centre - half);
  const double high = successes == trials ? 1 : std::min(1.0, centre + half);
  return {low, high};
}

RankInterval quantile_ranks(std::uint64_t n, double share) {
  RankInterval ranks;
  if (n == 0) return ranks;
  // Largest l with P(B <= l - 1) <= 2.5%, and smallest u with P(B >= u) <= 2.5%.
  const std::uint64_t low = binomial_quantile(kOneTail, n, share);
  const std::uint64_t high = binomial_quantile(kAllButOneTail, n, share) + 1;
  if (low >= 1) ranks.low = low;
  if (high <= n) ranks.high = high;
  return ranks;
}

}  // namespace breakglass::analysis
