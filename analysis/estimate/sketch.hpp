// A histogram from which every quantile can be read with a known relative error, in memory that does not grow
// with the number of values: what stands in for the stored sample beyond kExactReplications (see
// summary.hpp).
//
// Buckets are log-linear: each power of two is cut into 512 equal parts, so a bucket is named by a double's
// exponent and its nine leading mantissa bits, with no logarithm taken. (The layout of G. Tene's
// HdrHistogram, the guarantee of DDSketch: C. Masson, J. E. Rim, H. K. Lee, VLDB 2019.) A value is read back
// as the middle of its bucket: relative error at most 2^-10 < 0.1%.
//
// Counts are integers, so a merge is an addition: any order and any grouping of merges gives the same sketch.
#pragma once

#include <cstdint>
#include <vector>

namespace breakglass::analysis {

// The promise: |read - true| <= kSketchRelativeError * |true|, for every order statistic whose magnitude is
// at least kSketchSmallest. Smaller magnitudes are read as 0.
inline constexpr double kSketchRelativeError = 0.001;
inline constexpr double kSketchSmallest = 1e-9;

// Counts of consecutive buckets, from bucket `first` on.
struct SketchLadder {
  std::uint32_t first = 0;
  std::vector<std::uint64_t> counts;

  friend bool operator==(const SketchLadder&, const SketchLadder&) = default;
};

// Finite values of either sign and of any size. Memory: 4 KB for every power of two between the smallest and
// the largest magnitude seen; at most 370 KB for magnitudes from 1e-9 to 1e18.
struct Sketch {
  std::uint64_t count = 0;
  std::uint64_t zeros = 0;  // values of magnitude below kSketchSmallest
  SketchLadder positive;
  SketchLadder negative;  // by magnitude

  friend bool operator==(const Sketch&, const Sketch&) = default;
};

void add(Sketch& sketch, double value);
void merge(Sketch& into, const Sketch& other);

// The k-th smallest value, 1 <= k <= count.
double at_rank(const Sketch& sketch, std::uint64_t k);

// The sum of the `mass` largest values, where mass may be fractional (the last value enters with the rest of
// the weight); 0 <= mass <= count. Summed bucket by bucket from the top. Same relative error when no value is
// negative.
double upper_sum(const Sketch& sketch, double mass);

}  // namespace breakglass::analysis
