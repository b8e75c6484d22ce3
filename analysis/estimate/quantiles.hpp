// Quantiles and tail means of a sample, some of whose values may be censored: known only to lie at or above
// the horizon.
//
// A sample of n values is its uncensored values in ascending order followed by `censored` ones. A quantile
// that needs a censored value is unknown (std::nullopt), never a guess. Means are restricted means: a
// censored value counts as the horizon (P. Royston and M. K. B. Parmar, Statistics in Medicine 30:19, 2011).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace breakglass::analysis {

// A level as an exact fraction, so that "the 5% quantile of 101 values" is one of the values and no rounding
// of 0.05 reaches for its neighbour. parts <= of, of > 0.
struct Level {
  std::uint32_t parts = 50;
  std::uint32_t of = 100;
};

constexpr double share(Level level) {
  return static_cast<double>(level.parts) / static_cast<double>(level.of);
}

// Where a quantile lies between two order statistics: value = (1 - weight) X(rank) + weight X(rank + 1); rank
// from 1.
struct QuantilePosition {
  std::uint64_t rank = 1;
  double weight = 0;  // 0 means that X(rank + 1) is not needed
};

// Definition 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American
// Statistician 50:4 (1996): position (n - 1) p + 1, linear between. The default of R, NumPy and spreadsheets,
// so that anybody can check a number in one line. n >= 1. Not promised: unbiasedness; for n in the hundreds
// and up the definitions agree far inside the order-statistic interval.
QuantilePosition quantile_position(std::uint64_t n, Level level);

// The quantile, where `at_rank(k)` gives the k-th smallest value (1-based) or nullopt when it is censored.
// Nullopt when n is 0.
template <class AtRank>
std::optional<double> quantile(std::uint64_t n, Level level, AtRank&& at_rank) {
  if (n == 0) return std::nullopt;
  const QuantilePosition at = quantile_position(n, level);
  const std::optional<double> below = at_rank(at.rank);
  if (!below || at.weight == 0) return below;
  const std::optional<double> above = at_rank(at.rank + 1);
  if (!above) return std::nullopt;
  return *below + at.weight * (*above - *below);
}

// An ordered sample: uncensored values ascending, then `censored` values of which only `horizon` (a lower
// bound) is known.
struct OrderedSample {
  std::span<const double> values;
  std::uint64_t censored = 0;
  double horizon = 0;  // every value is at most this when censored > 0

  std::uint64_t count() const { return values.size() + censored; }
  // The k-th smallest, 1 <= k <= count(); nullopt when censored.
  std::optional<double> at_rank(std::uint64_t k) const;
};

std::optional<double> quantile(const OrderedSample& sample, Level level);

// The mean of the worst (largest) twentieth: conditional value at risk at 95%, also called expected
// shortfall. Where n/20 is not whole, the next value enters with the remaining fraction of its weight, so
// that exactly 5% of the mass is averaged (R. T. Rockafellar and S. Uryasev, J. Banking & Finance 26, 2002,
// eq. 24-25). With fewer than 20 values it is the largest. Censored values count as the horizon (a restricted
// mean: a lower bound). Nullopt when the sample is empty. Summed from the largest down.
//
// `upper_sum(mass)` gives the sum of the `mass` largest uncensored values, the last one with the fraction
// that is left.
template <class UpperSum>
std::optional<double> cvar95(std::uint64_t n, std::uint64_t censored, double horizon, UpperSum&& upper_sum) {
  if (n == 0) return std::nullopt;
  double mass = static_cast<double>(n) / 20;
  if (mass < 1) mass = 1;
  const auto beyond = static_cast<double>(censored);
  if (mass <= beyond) return horizon;
  return (beyond * horizon + upper_sum(mass - beyond)) / mass;
}

std::optional<double> cvar95(const OrderedSample& sample);

}  // namespace breakglass::analysis
