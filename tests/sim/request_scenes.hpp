// Scenes for request fidelity: the same scenario with its requests counted in windows, or served one by one.
#pragma once

#include "sim/run.hpp"
#include "tests/sim/scenes.hpp"

namespace breakglass::tests {

inline sim::Distribution exponential_time(double mean_s) {
  sim::Distribution d;
  d.kind = sim::Distribution::Kind::exponential;
  d.a = mean_s;
  return d;
}

// Every request through stations with so many servers.
inline sim::ScenarioParams served(sim::ScenarioParams p, std::int64_t servers,
                                  const sim::Distribution& service_time) {
  p.traffic.fidelity = sim::Fidelity::requests;
  for (auto& service : p.services) {
    if (service.id != p.change.service) continue;
    service.servers = servers;
    service.service_time = service_time;
  }
  return p;
}

// One service of its own queue, and nobody who changes it: 1 request a second.
inline sim::ScenarioParams queue_scene(Duration horizon, std::int64_t servers, const sim::Distribution& time,
                                       std::int64_t queue = 1'000'000) {
  sim::ScenarioParams p = served(scene(horizon), servers, time);
  p.traffic.entry[0].rate_per_s = 1;
  p.services[0].queue = queue;
  return p;
}

// Serves and books everything up to the world's present, which otherwise happens when somebody needs it.
inline void settle(const Prepared& run, sim::World& world) {
  sim::Run own{run.scenario, run.strategy, world, nullptr};
  sim::settle_harm(own);
}

// What the released service has gone through so far, by arm: 0 stable, 1 change.
inline const sim::FleetPool& pool_of(const Prepared& run, const sim::World& world, int arm) {
  return sim::fleet_arm(run.scenario.fleet, world.fleet, arm);
}

}  // namespace breakglass::tests
