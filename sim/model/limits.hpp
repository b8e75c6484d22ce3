// How much a world can hold. A world is one flat value (no heap), so each list in it has a fixed capacity;
// the scenario reader refuses a file that would not fit, and says which limit it met.
#pragma once

namespace breakglass::sim {

inline constexpr int kMaxEntries = 8;     // entry points that reach the released service
inline constexpr int kMaxClasses = 6;     // activity classes of users
inline constexpr int kMaxSteps = 16;      // steps of one strategy
inline constexpr int kMaxHypotheses = 6;  // clean, and up to five severities of a regression
inline constexpr int kMaxSignals = 8;     // dashboards' signals
inline constexpr int kMaxVerdicts = 8;    // verdicts of one strategy's monitoring
inline constexpr int kMaxPending = 64;    // measurements on their way through the pipelines
inline constexpr int kMaxPeople = 16;     // people whom the rules of one approval can page
inline constexpr int kMaxRules = 31;      // rules that one approval can need, itself included

}  // namespace breakglass::sim
