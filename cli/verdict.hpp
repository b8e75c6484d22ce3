// The verdict of a comparison: one sentence with numbers, interval and sample size. It says what was seen in
// simulated worlds, never that something is safe or proven.
#pragma once

#include <string>

#include "analysis/estimate/summary.hpp"

namespace breakglass::cli {

std::string verdict(const analysis::Comparison& comparison);

// A pair as seen from one of its two: differences are `strategy` - `other`.
struct View {
  double difference = 0;
  std::optional<analysis::Interval> ci95;
  analysis::ProbabilitySummary lower;  // share of worlds in which `strategy` is strictly lower
};

// `strategy` and `other` must differ and be part of the comparison.
View view_of(const analysis::Comparison& comparison, std::size_t strategy, std::size_t other);

// A strategy's name, safe for a terminal and at most 32 columns wide.
std::string shown_name(const analysis::Comparison& comparison, std::size_t strategy);

}  // namespace breakglass::cli
