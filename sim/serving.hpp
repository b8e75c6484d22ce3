// Request fidelity in a world: joins the fleet with the scenario, the change,
// the signals and the ledger. Every function does nothing where the scenario
// simulates windows.
#pragma once

#include "sim/run.hpp"

namespace breakglass::sim {

// The fleet that a scenario describes; empty for windows. Only what leads to
// the released service is in it: nobody waits for the services behind it, so
// they move nothing.
FleetPlan plan_fleet(const Scenario& scenario);

inline bool serves_requests(const Run& run) { return !run.scenario.fleet.empty(); }

void begin_serving(Run& run);
// Moves the fleet on to now. The requests that the released service took in
// since the last call, by arm: a rejected one is not served, and does no harm
// but that of its rejection.
Arrivals serve_requests(Run& run);
// The weight or a burst has changed, now.
void resize_serving(Run& run);
void burst_serving(Run& run, int flow);
// Books the harm of the requests rejected since the last settlement: those of
// the change's arm under the regression, because without the rollout they would
// have had another pool; the stable arm's, and those rejected on the way to the
// released service, as ongoing.
void book_rejected(Run& run);
// Whether a signal is measured at the released service rather than drawn.
bool is_measured(const Run& run, int signal);
// What it has measured on an arm since `from`.
Reading measured(const Run& run, int signal, int arm, Time from);

}  // namespace breakglass::sim
