// Small scenarios and strategies built in code: one service, everything fixed unless a test says otherwise.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/simulator.hpp"

namespace breakglass::tests {

using sim::Duration;
using sim::Time;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline sim::Distribution fixed(double value) {
  sim::Distribution d;
  d.a = value;
  return d;
}

// Starts at midnight on a Monday, UTC. 10 requests a second, one in ten of them harmed.
inline sim::ScenarioParams scene(Duration horizon = seconds{10000}) {
  sim::ScenarioParams p;
  p.id = "scene";
  p.start = "2026-03-02T00:00:00+00:00";
  p.horizon = horizon;
  p.harm_unit = "units";
  p.services.push_back({"agent", {}});
  sim::EntryParams entry;
  entry.id = "agent";
  entry.rate_per_s = 10;
  p.traffic.entry.push_back(entry);
  p.harm.ongoing.service = "agent";
  p.harm.ongoing.per_request = 0.1;
  p.change.kind = sim::ChangeKind::prompt;
  p.change.service = "agent";
  p.change.author_time = fixed(600);
  p.response.triage = fixed(300);
  p.response.deploy = fixed(100);
  p.response.investigate = fixed(500);
  p.rollback.verified.time = fixed(60);
  p.rollback.unverified.time = fixed(200);
  return p;
}

inline sim::SeverityParams severity(double share, double harm_per_request = 0) {
  sim::SeverityParams s;
  s.id = "severity";
  s.share = share;
  s.harm_per_request = harm_per_request;
  return s;
}

inline sim::SignalParams ratio_signal(double baseline, Duration window = minutes{1}) {
  sim::SignalParams s;
  s.id = "errors";
  s.baseline = baseline;
  s.window = window;
  return s;
}

inline sim::StrategyParams do_nothing() {
  sim::StrategyParams s;
  s.id = "do-nothing";
  s.ships = false;
  return s;
}

// First traffic on the change at 300 + 600 + 100 = 1000 s in `scene`.
inline sim::StrategyParams rollout(std::vector<sim::StepParams> steps) {
  sim::StrategyParams s;
  s.id = "rollout";
  s.steps = std::move(steps);
  return s;
}

struct Prepared {
  sim::Scenario scenario;
  sim::Strategy strategy;

  Prepared(const sim::ScenarioParams& p, const sim::StrategyParams& s)
      : scenario(sim::prepare(p)), strategy(sim::prepare(scenario, s)) {}

  sim::World begin(std::uint64_t seed, std::uint32_t replication, bool belief = false,
                   sim::Reasons* reasons = nullptr) const {
    return sim::begin(scenario, strategy,
                      {.seed = seed, .replication = replication, .belief = belief, .reasons = reasons});
  }
  sim::World run(std::uint64_t seed, std::uint32_t replication, bool belief = false,
                 sim::Reasons* reasons = nullptr) const {
    sim::World world = begin(seed, replication, belief, reasons);
    sim::advance(scenario, strategy, world, sim::horizon(scenario), reasons);
    return world;
  }
  sim::Outcome outcome(std::uint64_t seed, std::uint32_t replication) const {
    return sim::simulate(scenario, strategy, seed, replication);
  }
};

inline double total(const sim::Outcome& o) {
  return o.harm[0] + o.harm[1] + o.harm[2] + o.harm[3] + o.harm[4];
}

}  // namespace breakglass::tests
