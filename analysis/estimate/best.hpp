// Which strategy has the lowest mean, and which others cannot be told from it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate/interval.hpp"

namespace breakglass::analysis {

struct Best {
  std::size_t strategy = 0;
  std::vector<std::size_t> ties;  // ascending; never contains `strategy`; empty: a sole winner
};

// One paired comparison, a before b in the list of strategies.
struct PairVerdict {
  std::size_t a = 0;
  std::size_t b = 0;
  std::optional<Interval> difference;  // of the mean of a - b; absent when there were too few replications
};

// The strategy with the lowest mean (the earlier one of exact equals), and as ties every other whose paired
// 95% interval of the difference contains zero, or which has no interval. `means` must not be empty; `pairs`
// holds each pair once.
//
// Multiplicity, stated: each interval is at 95% on its own; nothing is adjusted for the number of strategies.
// So
//   * of two strategies that are equal in truth, one is called the sole winner in 5% of experiments;
//   * of K > 2 equal ones a *sole* winner, which must beat every other one, comes in less than 5%;
//   * but that *some* equal strategy is left out of the ties happens more often than 5% (about 12% for three
//   and 20% for four independent
//     ones: the tail of the studentized range). Read `ties` as pairwise statements, not as one joint one.
Best best_of(std::span<const double> means, std::span<const PairVerdict> pairs);

}  // namespace breakglass::analysis
