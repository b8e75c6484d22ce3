#include "analysis/estimate/quantiles.hpp"

namespace breakglass::analysis {

QuantilePosition quantile_position(std::uint64_t n, Level level) {
  const std::uint64_t scaled = (n - 1) * level.parts;
  const auto remainder = static_cast<double>(scaled % level.of);
  return {scaled / level.of + 1, remainder / static_cast<double>(level.of)};
}

std::optional<double> OrderedSample::at_rank(std::uint64_t k) const {
  if (k < 1 || k > values.size()) return std::nullopt;
  return values[static_cast<std::size_t>(k - 1)];
}

std::optional<double> quantile(const OrderedSample& sample, Level level) {
  return quantile(sample.count(), level, [&](std::uint64_t k) { return sample.at_rank(k); });
}

std::optional<double> cvar95(const OrderedSample& sample) {
  return cvar95(sample.count(), sample.censored, sample.horizon, [&](double mass) {
    double sum = 0;
    for (std::size_t i = sample.values.size(); i > 0 && mass > 0; --i) {
      const double weight = mass < 1 ? mass : 1;
      sum += weight * sample.values[i - 1];
      mass -= weight;
    }
    return sum;
  });
}

}  // namespace breakglass::analysis
