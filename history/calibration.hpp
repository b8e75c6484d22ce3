// How good stated probabilities were, over many drills: the Brier score and its parts.
//
// Forecasts are grouped by tenths (0 to below 10%, ..., 90 to 100%). With the share of group k n_k / n, the
// mean stated s_k, the share in which it was so o_k, and the overall share o (A. H. Murphy, "A New Vector
// Partition of the Probability Score", J. Applied Meteorology 12, 1973):
//
//     Brier = mean (s_i - o_i)^2 = reliability - resolution + uncertainty + within
//     reliability = sum n_k / n (s_k - o_k)^2     how far the stated is from what was; 0 is best
//     resolution  = sum n_k / n (o_k - o)^2       how well the groups are told apart; more is better
//     uncertainty = o (1 - o)                     what the scenarios bring; nobody's skill
//     within      = what grouping leaves out: 0 where everything in a group was stated alike
//                   (D. B. Stephenson et al., Weather and Forecasting 23, 2008)
//
// The parts of few forecasts are too large on average (a group of one is never reliable). `corrected` is the
// jackknife's value, free of bias to the order 1/n; its parts add up to the same Brier score. `ci95` is
// Student's interval of the jackknife's pseudo-values (J. W. Tukey, 1958), centred on `corrected`, cut to
// what the part can be.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/estimate/interval.hpp"

namespace breakglass::history {

struct Forecast {
  double stated = 0;
  bool was_so = false;
};

struct Part {
  double value = 0;
  double corrected = 0;
  std::optional<analysis::Interval> ci95;  // from two forecasts on
};

struct Group {
  int count = 0;
  double stated = 0;        // mean
  double was_so = 0;        // share
  analysis::Interval ci95;  // of the share: Wilson's
};

struct Calibration {
  int count = 0;
  Part brier;
  Part reliability;
  Part resolution;
  Part uncertainty;
  Part within;
  std::vector<Group> groups;  // those that have any, by what was stated
};

// Every `stated` lies in [0, 1]. Of no forecasts: all zero.
Calibration calibrate(std::span<const Forecast> forecasts);

}  // namespace breakglass::history
