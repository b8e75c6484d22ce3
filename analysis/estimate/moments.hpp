// Running moments of a sequence of numbers, and the order in which they are formed.
//
// THE CONTRACT OF ORDER. A sum of doubles depends on its order, so the order is part of the result:
//   1. replications are cut into blocks of kBlockReplications by index: 0-255, 256-511, ... (the last may be
//      shorter);
//   2. within a block, values are added in replication order, starting from an empty Moments;
//   3. blocks are merged in block order into one running Moments, which starts empty.
// Whoever keeps to this gets the same bits on any number of threads and ranks. `merge` is NOT associative in
// floating point: a tree, or another block size, gives other last bits.
//
// Values must be finite; that is the caller's duty, nothing is checked here.
#pragma once

#include <cstdint>

namespace breakglass::analysis {

// How many replications form one block, the unit of work of a thread. Changing it changes results in the last
// bits.
inline constexpr std::uint64_t kBlockReplications = 256;

struct Moments {
  std::uint64_t count = 0;
  double mean = 0;  // 0 when empty
  double m2 = 0;    // sum of squared deviations from the mean; never negative
  double min = 0;   // 0 when empty
  double max = 0;   // 0 when empty

  friend bool operator==(const Moments&, const Moments&) = default;
};

// Welford's update (B. P. Welford, Technometrics 4:3, 1962): no cancellation of two large sums.
inline void add(Moments& m, double value) {
  if (m.count == 0) {
    m = {1, value, 0, value, value};
    return;
  }
  m.count += 1;
  const double delta = value - m.mean;
  m.mean += delta / static_cast<double>(m.count);
  m.m2 += delta * (value - m.mean);
  if (value < m.min) m.min = value;
  if (value > m.max) m.max = value;
}

// Appends what `next` has seen to what `into` has seen: the pairwise update of Chan, Golub and LeVeque,
// "Updating formulae and a pairwise algorithm for computing sample variances" (1979). An empty operand
// changes no bit.
void merge(Moments& into, const Moments& next);

// Unbiased sample variance, m2 / (count - 1). Zero for fewer than two values, where it is not defined: ask
// `count`.
double variance(const Moments& m);

// Square root of the variance.
double standard_deviation(const Moments& m);

// Standard deviation of the mean, sd / sqrt(count). Zero for fewer than two values.
double standard_error(const Moments& m);

}  // namespace breakglass::analysis
