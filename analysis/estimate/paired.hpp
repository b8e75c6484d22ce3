// Two strategies in the same worlds: the difference, replication by replication.
//
// With common random numbers the two outcomes of a replication are correlated, so the difference has a much
// narrower interval than two separate means suggest (A. M. Law, Simulation Modeling and Analysis, 11.2). No
// pair is stored.
#pragma once

#include <cstdint>
#include <optional>

#include "analysis/estimate/interval.hpp"
#include "analysis/estimate/moments.hpp"

namespace breakglass::analysis {

// What is remembered of pairs (a, b). The order of adding and merging is part of the result: see moments.hpp.
struct PairedMoments {
  Moments difference;  // of a - b
  Moments a;
  Moments b;
  double co_moment = 0;       // sum of (a - mean a)(b - mean b)
  std::uint64_t a_lower = 0;  // worlds in which a < b strictly
  std::uint64_t ties = 0;     // worlds in which a == b exactly

  friend bool operator==(const PairedMoments&, const PairedMoments&) = default;
};

void add(PairedMoments& pairs, double a, double b);
void merge(PairedMoments& into, const PairedMoments& next);

// Student's interval of the mean of a - b; nullopt below two pairs, a point when all differences are equal.
std::optional<Interval> difference_interval(const PairedMoments& pairs);

// Pearson's correlation of a and b, in [-1, 1]; nullopt when either does not vary. The gain of pairing
// follows from it: the variance of the difference is var a + var b - 2 corr sd(a) sd(b).
std::optional<double> correlation(const PairedMoments& pairs);

}  // namespace breakglass::analysis
