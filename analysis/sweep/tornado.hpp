// Which of several uncertain numbers matters: to the difference of two strategies' mean harm, and to which of
// them is the better one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/sweep/world_sample.hpp"

namespace breakglass::analysis {

// A design for total-order Sobol' indices of d numbers: `samples` points drawn evenly from the ranges, and
// for each point d others that differ in one number only. Sample j's points are evaluated in the same worlds.
struct SobolDesign {
  std::size_t numbers = 0;
  std::size_t samples = 0;
  // shares[j][0] is the base point, shares[j][1 + i] the one in which number i is another; each a share of
  // every number's range.
  std::vector<std::vector<std::vector<double>>> shares;
};
SobolDesign sobol_design(std::size_t numbers, std::size_t samples, std::uint64_t seed);

// The differences at one sample's points, and what the worlds' noise adds to their squares on average.
struct SobolSample {
  double base = 0;
  double base_noise = 0;           // variance of the mean at the base point
  std::vector<double> step;        // by number: the change of the difference when it alone is another
  std::vector<double> step_noise;  // variance of that change, which is of pairs of worlds
};

// The share of the variance of the difference that would be left if every number but this one were known
// (I. M. Sobol', 1993), by Jansen's estimator (Computer Physics Communications 117, 1999): the mean of
// step^2 / 2 over the variance. The worlds' noise is taken off both, so that the index is of the true
// differences. Error by the jackknife over samples. Clipped to be not below 0.
struct TotalIndex {
  double value = 0;
  double error = 0;
};
std::vector<TotalIndex> total_indices(std::span<const SobolSample> samples);

}  // namespace breakglass::analysis
