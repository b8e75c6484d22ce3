// Checks of verdicts: of their bounds, of what they ever see, of those that test again and again, and of
// those that judge several signals at once.
#pragma once

#include "scenarios/checks.hpp"

namespace breakglass::scenarios {

// Of verdict number `i` of a strategy, on its own.
void check_tests(const Checker& check, const sim::StrategyParams& p, std::size_t i);

// Whether it fits the signal that it judges: its variance is known, and it gets data in time.
void check_tests_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::SignalParams& signal);

// Bounds: that some value passes and some can fail the verdict; that its signal can have such values.
void check_bounds(const Checker& check, const sim::StrategyParams& p, std::size_t i);
void check_bounds_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                      const sim::SignalParams& signal);

// Whether it looks before its steps are over, whether there is ever a stable arm if it compares with one, and
// whether it may be told what a look without data counts as.
void check_looks_in_time(const Checker& check, const sim::StrategyParams& p, std::size_t i);
void check_compared(const Checker& check, const sim::StrategyParams& p, std::size_t i);
void check_no_data(const Checker& check, const sim::StrategyParams& p, std::size_t i);

// Whether anything is published while it lives, and whether a measurement can have the items that it asks
// for.
void check_sight_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario, const sim::SignalParams& signal);

// Of verdict number `i`, which is a judge: its metrics, weights and scores, and the steps that it runs in.
void check_judge(const Checker& check, const sim::StrategyParams& p, std::size_t i);

// Whether it fits the signals that it judges: they exist, and every run can have points, not too many.
void check_judge_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario);

}  // namespace breakglass::scenarios
