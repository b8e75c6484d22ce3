#include "drill/strata.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimate/moments.hpp"

namespace breakglass::drill {
namespace {

constexpr double kRarest = 1e-6;
constexpr std::size_t kMostKinds = 14;  // the least shares of more would not fit
constexpr double kLeastShare = 4.5 / kFewestWorlds;

// So that they sum to one. Where nothing that was heard could have happened, every kind is as likely.
void normalise(std::vector<Stratum>& kinds) {
  double sum = 0;
  for (const Stratum& kind : kinds) sum += kind.probability;
  for (Stratum& kind : kinds)
    kind.probability = sum > 0 ? kind.probability / sum : 1 / static_cast<double>(kinds.size());
}

// Each kind's share of the draws.
std::vector<double> shares_of(const std::vector<Stratum>& kinds) {
  double roots = 0;
  for (const Stratum& kind : kinds) roots += std::sqrt(kind.probability);
  std::vector<double> shares;
  const double left = 1 - kLeastShare * static_cast<double>(kinds.size());
  for (const Stratum& kind : kinds)
    shares.push_back(kLeastShare + left * std::sqrt(kind.probability) / roots);
  return shares;
}

}  // namespace

Strata share_out(std::vector<Stratum> kinds, int worlds) {
  const auto more = [](const Stratum& a, const Stratum& b) { return a.probability > b.probability; };
  std::stable_sort(kinds.begin(), kinds.end(), more);
  normalise(kinds);
  std::erase_if(kinds, [](const Stratum& kind) { return kind.probability < kRarest; });
  if (kinds.size() > kMostKinds) kinds.resize(kMostKinds);
  normalise(kinds);
  Strata out{std::move(kinds), {}};
  const std::vector<double> shares = shares_of(out.kinds);
  std::vector<double> owed(out.kinds.size());  // the next world goes to whom most is owed
  for (int r = 0; r < worlds; ++r) {
    for (std::size_t k = 0; k < owed.size(); ++k) owed[k] += shares[k];
    const auto next = std::max_element(owed.begin(), owed.end()) - owed.begin();
    owed[static_cast<std::size_t>(next)] -= 1;
    out.of_world.push_back(static_cast<std::uint8_t>(next));
  }
  return out;
}

WeightedMean weighted_mean(const Strata& strata, std::span<const double> values, std::span<const double> base,
                           Half half) {
  std::array<analysis::Moments, kMostKinds> of_kind{};
  std::array<std::uint32_t, kMostKinds> seen{};
  for (std::size_t r = 0; r < values.size(); ++r) {
    const std::size_t kind = strata.of_world[r];
    const bool odd = seen[kind]++ % 2 == 1;
    if (half != Half::all && odd != (half == Half::odd)) continue;
    analysis::add(of_kind[kind], base.empty() ? values[r] : values[r] - base[r]);
  }
  WeightedMean out;
  double variance = 0;
  for (std::size_t k = 0; k < strata.kinds.size(); ++k) {
    const double p = strata.kinds[k].probability;
    const double se = analysis::standard_error(of_kind[k]);
    out.mean += p * of_kind[k].mean;
    variance += p * p * se * se;
  }
  out.se = std::sqrt(variance);
  return out;
}

}  // namespace breakglass::drill
