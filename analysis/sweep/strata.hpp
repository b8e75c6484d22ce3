// The worlds of a situation in strata: what is drawn first of a world is known before it is simulated.
//
// Every draw has an address, so whether the emergency is real, whether the first change carries a regression
// and which one can be asked of a replication for nanoseconds. Worlds can then be simulated by stratum, in
// numbers that suit the question, and weighed by the strata's known probabilities (W. G. Cochran, Sampling
// Techniques, 3rd ed. 1977, chapter 5): a regression of one world in a thousand is met as often as is wanted,
// and what the strata explain is no noise at all. A world in a stratum is an ordinary replication; its ticket
// replays it.
//
// The boundaries only decide how much is gained, never whether the estimate is right: strata are cut by the
// uniform numbers themselves, whose law is known, not by what the simulator makes of them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/scenario.hpp"

namespace breakglass::analysis {

struct Strata {
  std::vector<double> weights;  // probability of each; they sum to 1; none is 0

  double real = 1;                // below: the emergency is what it seems to be
  double surely = 0;              // below: the first change carries a regression, whoever makes it and when
  double possibly = 0;            // below: it may, at night or in haste
  std::vector<double> kind_ends;  // cumulative shares of the severities
  std::vector<int> stratum_of_class;  // class (see strata.cpp) to stratum

  // The stratum of a replication.
  std::size_t of(std::uint64_t seed, std::uint32_t replication) const;
};

Strata strata_of(const sim::Scenario& scenario);

// Hands out the replications of each stratum in their order.
class WorldFinder {
 public:
  WorldFinder(const Strata& strata, std::uint64_t seed)
      : strata_(strata), seed_(seed), found_(strata.weights.size()) {}

  // The j-th replication (from 0) of a stratum. Looks through about j / weight replications, some 30 ns each.
  std::uint32_t replication(std::size_t stratum, std::size_t j);

 private:
  const Strata& strata_;
  std::uint64_t seed_;
  std::uint32_t next_ = 0;
  std::vector<std::vector<std::uint32_t>> found_;
};

}  // namespace breakglass::analysis
