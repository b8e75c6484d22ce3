// What the handlers of events share: one run of one strategy in one world. For the simulator's own files.
#pragma once

#include "sim/decider.hpp"
#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::sim {

struct Run {
  const Scenario& scenario;
  const Strategy& strategy;
  World& world;
  Reasons* reasons;  // null: nobody asks why
};

inline void schedule(Run& run, Time at, EventKind kind, int who = 0) {
  const Event event{kind, static_cast<std::uint8_t>(who), 0, run.world.change.attempt};
  run.world.queue.push(at, static_cast<std::uint8_t>(phase_of(kind)), event);
}

void note(Run& run, ReasonKind kind, int who = -1, int n = 0, double value = 0, double value2 = 0);

// A time of the process: drawn from `seconds` (held in seconds), never negative.
Duration draw_time(const Run& run, const Distribution& seconds, Question question, std::uint64_t index);

// --- accrual.cpp: traffic and harm up to now
// -----------------------------------------------------------------

// Counts the requests since the last count, by arm.
void count_traffic(Run& run);
// Books the harm since the last settlement. Called before anything changes that harm depends on: the share of
// traffic on the change, what shows, the mitigation, the deadline.
void settle_harm(Run& run);
// Sets the change's weight: settles first, then moves the traffic.
void set_weight(Run& run, double weight);
void begin_traffic(Run& run);
void on_burst(Run& run, int flow);
void on_deadline(Run& run);
void on_contained(Run& run);
// Switches the strategy's mitigation on, after its time; nothing if it has none or it is on.
void begin_containment(Run& run);
void end_containment(Run& run);
// Whether the expected harm rate is 5% or more of what it was at the page: the harm has not stopped.
bool harm_goes_on(const Run& run);

// --- process.cpp: from the page to the first traffic on the change
// -------------------------------------------

void begin_stage(Run& run, Stage stage);
// Gives up; why: as ReasonKind::abandoned says.
void abandon(Run& run, int why);
// Whether a change is in front of traffic. One that is being made then is a refinement.
bool serves(const Run& run);
void on_stage_done(Run& run);
void on_answered(Run& run, int person);

// --- watch.cpp: measuring, publishing, judging
// ---------------------------------------------------------------

void begin_watch(Run& run);
void end_watch(Run& run);
void on_measure(Run& run, int signal);
void on_publish(Run& run, int slot);
void on_look(Run& run);
// Inconclusive verdicts begin again, for a step that is extended.
void restart_inconclusive(Run& run);
// What whoever decides can see now.
Observation observe(const Run& run, bool step_over);

// --- stepping.cpp: steps, rollback, and what follows promotion
// -----------------------------------------------

// Puts the draft in front of traffic: through the strategy's steps, or, where an earlier change serves
// everybody, in its place with the watch of the last step.
void begin_steps(Run& run);
void on_step_over(Run& run);
void begin_rollback(Run& run, int why);
void on_rollback_tried(Run& run);
void on_late_gate(Run& run);
void on_late_investigated(Run& run);
void on_verified(Run& run);

}  // namespace breakglass::sim
