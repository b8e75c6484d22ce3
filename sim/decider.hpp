// Whoever decides maps an Observation to a Decision. A strategy on autopilot is one decider; the world does
// not know which of them it is talking to, and an Observation holds nothing that a person in that seat could
// not see.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"
#include "sim/model/monitor.hpp"
#include "sim/model/watchers.hpp"
#include "sim/strategy.hpp"

namespace breakglass::sim {

// What the risk of ruin allows at the end of a step.
enum class Pace : std::uint8_t {
  free,  // nothing is to say: no pacing, or the last step
  go,    // on, to the largest step that qualifies
  stay,  // only the same step again qualifies
  back,  // not even that
};

struct Observation {
  Time now{};
  std::int32_t step = 0;
  std::int32_t steps = 0;
  double weight = 0;
  bool step_over = false;       // the step has lasted its time
  std::int32_t extensions = 0;  // how often it was extended
  std::int32_t verdict_count = 0;
  std::array<Outlook, kMaxVerdicts> verdicts{};
  bool held = false;                // by ticks: a check of this tick has failed
  bool waiting = false;             // for the step's own analysis, which has not ended
  Concern concern = Concern::none;  // of a watcher
  std::int32_t concerns = 0;        // raised in this rollout
  std::int32_t reports = 0;         // of users, traced to the change
  Pace pace = Pace::free;           // once the step is over
};

enum class Decision : std::uint8_t { go_on, promote, extend, roll_back, investigate, stay, next_tick };

// Whether a verdict that is no dry run has failed, or could not judge.
bool has_failed(const StrategyParams& strategy, const Observation& observation);

// What the strategy does by itself: rolls back on a failed verdict that is no dry run, on enough reports, and
// on a concern where it says so; promotes when a step is over; treats an inconclusive verdict at that moment
// as it says.
Decision autopilot(const StrategyParams& strategy, const Observation& observation);

}  // namespace breakglass::sim
