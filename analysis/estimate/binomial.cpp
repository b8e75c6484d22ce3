#include "analysis/estimate/binomial.hpp"

namespace breakglass::analysis {

Tails binomial_tails(std::int64_t k, std::uint64_t n, double p) {
  if (k < 0) return {0, 1};
  const auto count = static_cast<std::uint64_t>(k);
  if (count >= n || !(p > 0)) return {1, 0};
  if (!(p < 1)) return {0, 1};
  return incomplete_beta(static_cast<double>(n - count), static_cast<double>(count) + 1, 1 - p, p);
}

std::uint64_t binomial_quantile(double q, std::uint64_t n, double p) {
  if (!(q > 0)) return 0;
  if (!(q < 1)) return n;
  std::uint64_t low = 0;
  std::uint64_t high = n;  // P(B <= n) = 1 >= q always
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (binomial_tails(static_cast<std::int64_t>(middle), n, p).lower >= q) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace breakglass::analysis
