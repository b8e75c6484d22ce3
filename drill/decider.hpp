// Somebody who decides in the trainee's place by what can be seen.
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "sim/command.hpp"

namespace breakglass::drill {

// What can be seen, as far as a decider needs it.
struct DeciderView {
  sim::Time now{};
  int attempt = 0;     // of the change that serves, or else is being made
  bool ready = false;  // it is written, and no rollout of it has begun
  double weight = 0;   // in front of traffic
  int step = -1;       // of the rollout; -1: none
  sim::Time rollout_began = sim::kNever;
  sim::Time step_began = sim::kNever;
  // What an ideal observer believes of the change: that it is clean, and of each severity. All 0: there is
  // none.
  std::array<double, sim::kMaxHypotheses> belief{};
};

// Asked whenever something has happened or was published. Nothing: leave it as it is.
using Decider = std::function<std::optional<sim::Command>(const DeciderView&)>;

DeciderView view_of_decider(const sim::World& world);

// The harm at the horizon where `decider` sits in the seat, who finds it arranged like that.
double harm_of_deciding(const sim::Scenario& scenario, const sim::Strategy& seat, const Decider& decider,
                        sim::World world);

}  // namespace breakglass::drill
