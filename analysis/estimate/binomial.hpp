// The binomial law as the estimators need it: tails and quantiles for counts up to many millions.
#pragma once

#include <cstdint>

#include "analysis/estimate/beta.hpp"

namespace breakglass::analysis {

// lower = P(B <= k), upper = P(B > k) for B ~ Binomial(n, p), p in [0, 1]. k may be negative (lower = 0) or
// at least n (lower = 1). P(B <= k) = I_{1-p}(n - k, k + 1): Abramowitz and Stegun 26.5.24.
Tails binomial_tails(std::int64_t k, std::uint64_t n, double p);

// The smallest k with P(B <= k) >= q. In 0..n; q <= 0 gives 0 and q >= 1 gives n. Bisection over the tails:
// about log2(n) of them, each of order sqrt(n) steps.
std::uint64_t binomial_quantile(double q, std::uint64_t n, double p);

}  // namespace breakglass::analysis
