// Where two strategies break even: the value of one parameter at which their mean harms are equal.
#pragma once

#include <cstdint>

#include "analysis/estimate/interval.hpp"
#include "analysis/sweep/situation.hpp"

namespace breakglass::analysis {

// A stretch of one parameter, everything else held; `low` and `high` are shares of its range (value_at).
struct Stretch {
  const Parameter* parameter = nullptr;
  double low = 0;
  double high = 1;
  std::vector<Setting> held;
};

struct BorderOptions {
  std::uint64_t seed = 1;
  double precision = 0.01;           // the half-width wanted, as a share of the value found
  std::uint64_t max_worlds = 65536;  // per strategy, at one value
};

struct Border {
  bool is_found = false;  // false: the two ends do not differ in sign, as far as can be told
  double value = 0;
  Interval ci95;             // clipped to the parameter's range
  bool is_precise = false;   // its half-width is at most precision * |value|
  std::uint64_t worlds = 0;  // per strategy at the last value
};

// The root of E[harm of a - harm of b], which is negative at the stretch's low end and positive at its high
// one. Where that is not so by a closer look, the root is sought as far again beyond that end, inside the
// parameter's range: an end may lie so near to the border that its race came out on the wrong side. Both
// strategies meet the same worlds at every value, in strata (strata.hpp), so that the sampled difference is a
// nearly smooth function of the value; its root is found by algorithm 748 of Alefeld, Potra and Shi (ACM TOMS
// 21:3, 1995), and its interval is the difference's there divided by the slope. Worlds are doubled and more
// until the interval is narrow enough. Throws IllegalSituation.
Border find_border(const Recipe& recipe, const Stretch& stretch, std::size_t a, std::size_t b,
                   const BorderOptions& options);

}  // namespace breakglass::analysis
