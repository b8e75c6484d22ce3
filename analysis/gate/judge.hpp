// Whether an expression holds of a result: yes, no, or nobody can say from so few worlds.
//
// A comparison holds if the 95% interval of its difference lies wholly on the right side, and does not if it
// lies wholly on the other; in between it is undecided. "and", "or" and "not" follow Kleene's three-valued
// logic, so that `a or b` holds as soon as one of them does. Nothing is adjusted for how many comparisons an
// expression has: each is wrong in at most 2.5% of experiments on its own.
//
// Intervals: a probability has Wilson's, a mean Student's, a quantile its order statistics' (a censored one
// lies anywhere from the horizon on). A sum of means of harm_total, the metric that strategies are paired on,
// has the interval of the paired sum, world by world; any other sum has the sum of its terms' intervals,
// which covers at least as often.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/summary.hpp"
#include "analysis/gate/expression.hpp"

namespace breakglass::analysis {

enum class Truth : std::uint8_t { no, undecided, yes };

// What a quantity of the expression came to for the strategy that it was judged of.
struct Reading {
  Quantity quantity;  // with its strategy
  std::optional<double> value;
  std::optional<double> low;  // absent: unbounded
  std::optional<double> high;
};

struct Finding {
  std::string strategy;  // empty where every quantity names its own
  Truth truth = Truth::undecided;
  std::vector<Reading> readings;  // in the order of the expression
};

struct Judgement {
  std::string text;  // of the expression
  Truth truth = Truth::undecided;
  std::vector<Finding> findings;  // one a strategy, or a single one
};

// Of an expression that has quantities for every strategy in turn, `truth` says whether it holds of any of
// them. The strategies that it names must be in the comparison (check_strategies).
Judgement judge(const Expression& expression, const Comparison& comparison);

// The same of one strategy only, for constraints: quantities without a strategy are of comparison.strategies
// [s].
Finding judge_one(const Expression& expression, const Comparison& comparison, std::size_t s);

}  // namespace breakglass::analysis
