// Confidence intervals of a mean, of a probability and of a quantile. All are two-sided with equal tails.
//
// What they promise: under the stated assumptions, of all experiments with such intervals at level 95%, 95%
// contain the truth. Not promised: anything about several intervals at once, or about an experiment that was
// stopped because an interval looked good (see precision.hpp for how much that costs).
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/estimate/moments.hpp"

namespace breakglass::analysis {

inline constexpr double kConfidence = 0.95;

// A closed interval; low <= high, both finite.
struct Interval {
  double low = 0;
  double high = 0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

constexpr double half_width(const Interval& i) { return (i.high - i.low) / 2; }
constexpr bool contains(const Interval& i, double value) { return i.low <= value && value <= i.high; }

// Student's interval of a mean, mean -+ t(n-1) sd / sqrt(n) ("Student", Biometrika 6:1, 1908). Exact for
// normal values; for others by the central limit theorem, and short of its nominal coverage when n is small
// and the law very skewed.
//   n = 0 or 1  no interval: one value says nothing about its own spread
//   sd = 0      the point [mean, mean]: all that was seen was equal (of a value that is rarely different,
//   this says too much;
//               the probability of that rarity is then the number to look at)
// `t` is student_quantile of the upper tail, passed in because many intervals share one n; see
// student_factor.
std::optional<Interval> student_interval(const Moments& m, double t);
std::optional<Interval> student_interval(const Moments& m);

// The multiplier of the standard error for n values at kConfidence; 0 for n < 2.
double student_factor(std::uint64_t n);

// Wilson's score interval of a probability, from `successes` of `trials` (E. B. Wilson, JASA 22:158, 1927;
// recommended over the textbook interval by Brown, Cai and DasGupta, Statistical Science 16:2, 2001). Always
// inside [0, 1].
//   trials = 0  [0, 1]: nothing is known
//   0 of n      low is exactly 0, high is not; n of n mirrors it
// Needs successes <= trials.
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials);

// Two order statistics that enclose a quantile: ranks are 1-based from the smallest of n values. Absent: no
// order statistic reaches that far and the interval is unbounded on that side.
struct RankInterval {
  std::optional<std::uint64_t> low;
  std::optional<std::uint64_t> high;

  friend bool operator==(const RankInterval&, const RankInterval&) = default;
};

// Distribution-free interval of the `share`-quantile (0 < share < 1) of n values: of the values below the
// quantile there are Binomial(n, share), so P(X(l) <= quantile <= X(u)) >= P(l <= B <= u - 1) (H. A. David
// and H. N. Nagaraja, Order Statistics, 3rd ed., 7.1). The ranks are the innermost whose tails each have at
// most 2.5%, so coverage is at least nominal, for any law, also with ties. Unbounded on both sides when n is
// so small that even the extremes miss too often.
RankInterval quantile_ranks(std::uint64_t n, double share);

}  // namespace breakglass::analysis
