// The small language of gates and constraints: what a result must not be, or must be.
//
//     rolled_back_clean > 5%
//     time_to_full_s.p95 > 4h or harm_total[compressed-canary] > 1.1 * harm_total[immediate]
//
//   expression  = conjunction { "or" conjunction }
//   conjunction = negation { "and" negation }
//   negation    = "not" negation | "(" expression ")" | comparison
//   comparison  = sum ( "<" | "<=" | ">" | ">=" ) sum
//   sum         = term { ("+" | "-") term }        term = factor { ("*" | "/") factor }
//   factor      = number | number "%" | duration | quantity | "-" factor | "(" sum ")"
//   quantity    = name [ "." ( "mean" | "p5" | "p50" | "p95" | "p99" ) ] [ "[" strategy "]" ]
//
// A name is a metric or a probability of the catalogue (outcome.hpp). Sums are linear: of two factors one is
// a number. Both sides of a comparison must be of a kind: a time is compared with a time ("4h", or seconds),
// a probability with a share; a bare number fits everything.
//
// A quantity without a strategy stands for every strategy of the result in turn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate/outcome.hpp"
#include "scenarios/problems.hpp"

namespace breakglass::analysis {

// What of a metric: its mean, or the quantile at kLevels[level].
struct Quantity {
  bool is_probability = false;
  Metric metric{};
  Event event{};
  std::optional<std::size_t> level;  // of a metric only; absent: the mean
  std::string strategy;              // empty: each in turn
  scenarios::Place strategy_at;

  friend bool operator==(const Quantity& a, const Quantity& b) {
    return a.is_probability == b.is_probability && a.metric == b.metric && a.event == b.event &&
           a.level == b.level && a.strategy == b.strategy;
  }
};

struct WeightedQuantity {
  double weight = 1;
  Quantity quantity;
};

// constant + sum of weight * quantity, compared with zero.
struct Comparing {
  std::vector<WeightedQuantity> terms;
  double constant = 0;
  bool is_strict = true;  // > 0; otherwise >= 0. Less-than is turned round by its signs
};

// One node; an expression is a list of them whose last one is the root. Children come before their parents.
struct ExpressionNode {
  enum class Kind : std::uint8_t { comparing, both, either, negated };
  Kind kind = Kind::comparing;
  Comparing comparing;
  std::size_t left = 0;  // of both and either; the only child of negated
  std::size_t right = 0;
};

struct Expression {
  std::string text;
  std::vector<ExpressionNode> nodes;
};

// Reads the text of `option` ("--fail-if"). Nothing if it is not an expression; then `problems` say where and
// what was expected. At most 4,096 bytes and 64 levels of brackets.
std::optional<Expression> read_expression(std::string_view option, std::string_view text,
                                          scenarios::Problems& problems);

// Adds a problem for every strategy that it names and that is not among `names`.
void check_strategies(const Expression& expression, std::span<const std::string> names,
                      scenarios::Problems& problems);

// Whether any quantity stands for every strategy in turn.
bool is_for_each(const Expression& expression);

}  // namespace breakglass::analysis
