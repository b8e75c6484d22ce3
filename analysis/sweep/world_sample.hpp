// A stratified sample of worlds, in which some strategies have been simulated, and what it says of their mean
// harm and of differences between them.
//
// Estimates: mean = sum of W_k m_k, variance = sum of W_k^2 s_k^2 / n_k over the strata, with degrees of
// freedom by Satterthwaite's approximation (Biometrics Bulletin 2:6, 1946). Worlds are shared by the
// strategies (common random numbers): a difference is of pairs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimate/interval.hpp"
#include "analysis/sweep/situation.hpp"
#include "analysis/sweep/strata.hpp"

namespace breakglass::analysis {

struct Estimate {
  double mean = 0;
  double error = 0;  // its standard error
  double dof = 0;    // degrees of freedom; 0 where nothing varies
  std::uint64_t worlds = 0;
};

// mean -+ t * error at a two-sided level of `alpha`; a point where the error is 0.
Interval interval_of(const Estimate& estimate, double alpha = 1 - kConfidence);

class WorldSample {
 public:
  WorldSample(const Situation& situation, std::uint64_t seed);

  std::size_t strata() const { return strata_.weights.size(); }
  const std::vector<double>& weights() const { return strata_.weights; }
  // Worlds of a stratum in which strategy `s` has been simulated.
  std::size_t count(std::size_t s, std::size_t stratum) const { return harm_[s][stratum].size(); }

  // Simulates the named strategies until each has `counts[k]` worlds of stratum k (those that have more keep
  // them).
  void extend(std::span<const std::size_t> strategies, std::span<const std::size_t> counts);

  Estimate mean(std::size_t s) const;
  // Of the mean of a - b, over the worlds that both have.
  Estimate difference(std::size_t a, std::size_t b) const;
  // a - b in each world of a stratum that both have.
  std::vector<double> differences(std::size_t a, std::size_t b, std::size_t stratum) const;
  // The standard deviation of a - b in a stratum; 0 with fewer than two worlds.
  double spread(std::size_t a, std::size_t b, std::size_t stratum) const;

 private:
  const Situation& situation_;
  std::uint64_t seed_;
  Strata strata_;
  WorldFinder finder_;
  std::vector<std::vector<std::vector<double>>> harm_;  // [strategy][stratum][world]
};

// How many of `total` worlds each stratum gets: in proportion to weight times spread (J. Neyman, J. Royal
// Stat. Soc. 97, 1934), with a third in proportion to the weight alone, because a spread from few worlds may
// be far too small; at least `least` each.
std::vector<std::size_t> allocate(std::span<const double> weights, std::span<const double> spreads,
                                  std::size_t total, std::size_t least);

// The difference of two strategies in one situation, from a given number of worlds.
Estimate difference_in(const Situation& situation, std::size_t a, std::size_t b, std::uint64_t worlds,
                       std::uint64_t seed);

}  // namespace breakglass::analysis
