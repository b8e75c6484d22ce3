// Scenes for judges: signals called "metric 0", "metric 1", ... of 30 s windows, half of the traffic on each
// arm.
#pragma once

#include <string>
#include <vector>

#include "tests/sim/scenes.hpp"

namespace breakglass::tests {

// Signals of kind mean, whose windows are independent normal numbers about 1.
inline sim::ScenarioParams drawn_scene(int signals) {
  sim::ScenarioParams p = scene(hours{6});
  p.harm.ongoing.per_request = 0;
  for (int i = 0; i < signals; ++i) {
    sim::SignalParams signal;
    signal.id = "metric " + std::to_string(i);
    signal.kind = sim::SignalKind::mean;
    signal.baseline = 1;
    signal.sd = 1;
    signal.window = seconds{30};
    p.signals.push_back(signal);
  }
  return p;
}

// The same without chance: every window shows the level itself.
inline sim::ScenarioParams quiet_scene(int signals) {
  sim::ScenarioParams p = drawn_scene(signals);
  p.traffic.counts = sim::Counts::expected;
  return p;
}

// Every change carries a regression that triples these signals.
inline sim::ScenarioParams regressed(sim::ScenarioParams p, const std::vector<int>& signals) {
  p.change.regression.probability = 1;
  p.change.regression.severities = {severity(1)};
  for (const int i : signals) {
    p.change.regression.severities[0].moves.push_back({"metric " + std::to_string(i), 3, 0});
  }
  return p;
}

// Nobody ever judges an item of this signal.
inline sim::ScenarioParams without_items(sim::ScenarioParams p, std::size_t signal) {
  p.signals[signal].sample = 1e-12;
  return p;
}

// A canary stage: half of the traffic until a judge of the first so many signals has ended, then all of it.
inline sim::StrategyParams one_stage(int signals, Duration lifetime, Duration interval,
                                     Duration warm_up = {}) {
  sim::StrategyParams s = rollout({{0.5, seconds{1}}, {1, minutes{10}}});
  s.max_attempts = 1;
  s.monitoring.automatic = true;
  sim::VerdictParams v;
  v.judge.emplace();
  for (int i = 0; i < signals; ++i) v.judge->metrics.emplace_back().signal = "metric " + std::to_string(i);
  v.judge->lifetime = lifetime;
  v.judge->interval = interval;
  v.judge->warm_up = warm_up;
  v.in_step = 1;
  s.monitoring.verdicts.push_back(v);
  return s;
}

inline sim::JudgeParams& judge_of(sim::StrategyParams& s) { return *s.monitoring.verdicts[0].judge; }

inline sim::Reasons told(const sim::ScenarioParams& p, const sim::StrategyParams& s) {
  const Prepared run(p, s);
  sim::Reasons reasons;
  run.run(3, 0, false, &reasons);
  return reasons;
}

inline std::vector<Time> times_of(const sim::Reasons& reasons, sim::ReasonKind kind) {
  std::vector<Time> times;
  for (const sim::Reason& r : reasons) {
    if (r.kind == kind) times.push_back(r.at);
  }
  return times;
}

}  // namespace breakglass::tests
