// Checks of the verdicts that test again and again, and of those that judge several signals at once.
#pragma once

#include "scenarios/checks.hpp"

namespace breakglass::scenarios {

// Of verdict number `i` of a strategy, on its own.
void check_tests(const Checker& check, const sim::StrategyParams& p, std::size_t i);

// Whether it fits the signal that it judges: its variance is known, and it gets data in time.
void check_tests_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::SignalParams& signal);

// Of verdict number `i`, which is a judge: its metrics, weights and scores, and the steps that it runs in.
void check_judge(const Checker& check, const sim::StrategyParams& p, std::size_t i);

// Whether it fits the signals that it judges: they exist, and every run can have points, not too many.
void check_judge_fit(const Checker& check, const sim::StrategyParams& p, std::size_t i,
                     const sim::ScenarioParams& scenario);

}  // namespace breakglass::scenarios
