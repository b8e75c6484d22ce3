// What tests that look again and again are made of: a score that adds up, and how much is known.
//
// Every look brings an estimate d of the difference (the change's level minus the reference, positive where
// it is worse) from items that no look before has seen, and its information I = 1 / Var(d). The score S += d
// I and V += I; S / V is the best estimate of the difference, and Z = S / sqrt(V) is standard normal where
// there is none. S behaves as a Brownian motion seen at the times V (C. Jennison and B. W. Turnbull, "Group
// Sequential Methods with Applications to Clinical Trials", Chapman & Hall 2000, chapter 11).
//
// The variance is that of the baseline's level, known beforehand, so that I does not depend on what was seen.
// Windows that vary more than chance (overdispersion) carry less information than this believes, and a drift
// of the level moves the variance with it: as with any controller that assumes pure chance, the levels are
// then nominal.
#pragma once

#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

// What one look adds.
struct Increment {
  double difference = 0;   // d, in the signal's unit; positive: worse
  double information = 0;  // I; 0: no data
};

// `measure` level: against the baseline, which is known exactly; otherwise against the stable arm, where
// Var(d) = sigma^2 (1/n + 1/m). Without data in an arm that is needed there is no information. The level of
// the baseline must be above 0, and of a ratio below 1.
Increment increment_of(const Baseline& baseline, Measure measure, Direction direction, const Evidence& e);

}  // namespace breakglass::sim
