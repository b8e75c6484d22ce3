// What puts a random case together: one function a part of the model, in the file of its kind. Each part
// draws from streams of its own.
#pragma once

#include "tests/sim/random_scenarios.hpp"

namespace breakglass::tests {

using sim::Distribution;
using sim::Duration;
using Kind = Distribution::Kind;

struct Builder {
  RandomCase& c;
  sim::ScenarioParams& p;
  sim::StrategyParams& s;

  bool may(Feature feature) const { return (c.features & feature) != 0; }
  Dice dice(std::uint64_t stream) const { return {c.seed, stream}; }
  bool serves_requests() const { return p.traffic.fidelity == sim::Fidelity::requests; }

  // random_scenarios_support.cpp: the world, the change, the steps
  void page();
  void services();
  void curves();
  void bursts();
  void replay();
  void users();
  void harm();
  void signals();
  void change();
  void steps();
  // random_fleet_support.cpp
  void fleet();
  void measured_signals();
  void stretches();
  // random_people_support.cpp: who decides, who answers, when they are at work
  void people();
  void approvals();
  void second_rule();
  void staffing();
  void communication();
  void readiness();
  void seeming();
  // random_process_support.cpp: gates, bypasses, ways back, what people notice
  void gates();
  void recovery();
  void way_back();
  void damage();
  void bypasses();
  void canary();
  void reports();
  void watchers();
  void pacing();
  // random_verdicts_support.cpp
  void verdicts();
};

// Draws verdict number `i`, of a kind that the case may have, of a strategy whose steps are known. It may be
// one that the reader refuses: see `sees`.
sim::VerdictParams random_verdict(const Builder& b, int i);

// Whether the verdict looks before its steps are over, and not only before anything is published.
bool sees(const sim::ScenarioParams& p, const sim::StrategyParams& s, const sim::VerdictParams& v);

}  // namespace breakglass::tests
