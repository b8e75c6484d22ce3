// Worlds drawn by kind: what is hidden of an emergency takes few values, whose probabilities are known
// exactly (posterior.hpp), so each kind of world gets its share of the draws and its mean is weighted by the
// probability of the kind (stratified sampling):
//
//     mean = sum over kinds of p * mean of the kind,   se^2 = sum of p^2 * s^2 / n
//
// (W. G. Cochran, "Sampling techniques", 3rd ed., 1977, sections 5.3-5.4). A rare kind in which much is lost
// gets more draws than its probability, because its share goes by the square root of that.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace breakglass::drill {

// One kind of world.
struct Stratum {
  double probability = 0;
  bool real = true;             // the emergency is one
  std::int32_t hypothesis = 0;  // what the change carries: 0 nothing, or a severity, from 1
  // Weight of the fix working no better than each point of a grid of its quantiles; empty: as the scenario
  // says.
  std::vector<double> fix_below;
};

// The least number of worlds that every kind has a fair number of.
inline constexpr int kFewestWorlds = 64;

struct Strata {
  std::vector<Stratum> kinds;          // their probabilities sum to 1
  std::vector<std::uint8_t> of_world;  // the kind of each world
};

// Shares `worlds` draws out, so that every first part of them is shared out alike: of kFewestWorlds and more
// each kind has four. Kinds below one in a million are left out.
Strata share_out(std::vector<Stratum> kinds, int worlds);

struct WeightedMean {
  double mean = 0;
  double se = 0;
};

// Of every second world of each kind, or of all.
enum class Half : std::uint8_t { all, even, odd };

// Mean of what the first worlds came to, one value each; less `base`, unless that is empty.
WeightedMean weighted_mean(const Strata& strata, std::span<const double> values, std::span<const double> base,
                           Half half);

}  // namespace breakglass::drill
