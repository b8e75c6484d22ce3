// Other worlds that whoever sits in the seat could not tell from this one. A copy of the world keeps
// everything that has been seen and gets other luck where nothing has been seen yet: the truth about the
// change, what has been measured and not published, and how long the work that is under way will still take.
//
// Work that is under way is drawn again from its beginning until it has not ended by now: that is its law,
// given that it has not ended (rejection). What stays as it is although nobody has seen it: a drift of the
// baseline, a concern that a watcher has not raised yet, how many users have met harm, what a regression that
// was taken back has damaged. Reports that users
// have sent and that have not come are forgotten.
#pragma once

#include <cstdint>
#include <span>

#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

// What is hidden of an emergency and its change.
struct Truth {
  bool real = true;
  std::int32_t hypothesis = 0;  // of the change that the belief is about: 0 clean, or a severity, from 1
  double effectiveness = 0;     // of that change
};

// The world, were that the truth.
World with_truth(const Scenario& scenario, const Strategy& strategy, const World& seen, const Truth& truth);
// Whether a look at the resolution could find that the harm goes on, were that the truth. Overwrites what is
// hidden in the world.
bool could_find_harm(const Scenario& scenario, const Strategy& strategy, const Truth& truth, World& scratch);

// Work that is under way, and when it began.
struct OpenWork {
  EventKind kind = EventKind::stage_done;
  std::int32_t who = 0;  // of stage_done: the stage; of answered: the leaf of the approval plan
  Time began{};
};

// That world with other luck in everything that is open.
World imagine(const Scenario& scenario, const Strategy& strategy, const World& seen, const Truth& truth,
              std::span<const OpenWork> open, std::uint64_t seed, std::uint32_t replication);

}  // namespace breakglass::sim
