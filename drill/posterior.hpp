// What the trainee could know, as worlds: draws from what is likely given everything that was published and
// said so far.
//
// What is hidden takes few values: whether the emergency is real, and what the change carries. Their joint
// probability is worked out, so that every kind of world is drawn in its share (strata.hpp). The belief about
// the change is exact (sim/model/belief.hpp); what a look at the resolution found and what approvers said
// weigh on it by Bayes' rule. How well the fix works is drawn given the kind, on a grid of kFixGrid
// quantiles.
#pragma once

#include <vector>

#include "drill/drill.hpp"
#include "drill/strata.hpp"
#include "sim/imagining.hpp"

namespace breakglass::drill {

inline constexpr int kFixGrid = 512;

struct Posterior {
  std::vector<sim::OpenWork> open;  // the work that is under way, and when it began
  Strata strata;
};

// Of the drill as it stands, for so many worlds.
Posterior posterior_of(const Drill& drill, int worlds);

// The drill's world as it could be: draw number `replication`. Draws of different numbers are independent.
sim::World imagine_world(const Drill& drill, const Posterior& posterior, std::uint32_t replication);

// One world drawn by the probabilities of the kinds themselves: not weighted, for somebody to play on in.
sim::World imagine_one(const Drill& drill, std::uint32_t replication);

}  // namespace breakglass::drill
