#include "analysis/gate/judge.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::analysis {
namespace {

// [low, high]; an absent end is unbounded.
struct Bounds {
  std::optional<double> low = 0;
  std::optional<double> high = 0;
};

std::optional<double> sum(std::optional<double> a, std::optional<double> b) {
  if (!a || !b) return std::nullopt;
  return *a + *b;
}

void add(Bounds& into, const Bounds& next, double weight) {
  const auto times = [&](std::optional<double> x) { return x ? std::optional(*x * weight) : x; };
  into.low = sum(into.low, times(weight >= 0 ? next.low : next.high));
  into.high = sum(into.high, times(weight >= 0 ? next.high : next.low));
}

Bounds bounds_of(const std::optional<Interval>& interval) {
  if (!interval) return {std::nullopt, std::nullopt};
  return {interval->low, interval->high};
}

std::size_t index_of_strategy(const Comparison& comparison, const std::string& name, std::size_t current) {
  if (name.empty()) return current;
  const auto at = std::find_if(comparison.strategies.begin(), comparison.strategies.end(),
                               [&](const StrategySummary& s) { return s.name == name; });
  return static_cast<std::size_t>(at - comparison.strategies.begin());
}

// A quantile's interval, where what is censored lies anywhere from the horizon on.
Bounds quantile_bounds(const MetricSummary& metric, std::size_t level) {
  const QuantileEstimate& estimate = metric.quantiles[level];
  const RankInterval ranks = quantile_ranks(metric.count, share(kLevels[level].level));
  Bounds bounds{estimate.low, estimate.high};
  const std::uint64_t seen = metric.count - metric.censored;
  if (!bounds.low && ranks.low && *ranks.low > seen) bounds.low = metric.max;  // the horizon
  return bounds;
}

struct Measured {
  std::optional<double> value;
  Bounds bounds;
};

Measured measure(const Quantity& quantity, const StrategySummary& strategy) {
  if (quantity.is_probability) {
    const ProbabilitySummary& p = strategy.probabilities[index_of(quantity.event)];
    return {p.count > 0 ? std::optional(p.mean) : std::nullopt, bounds_of(p.ci95)};
  }
  const MetricSummary& metric = strategy.metrics[index_of(quantity.metric)];
  if (quantity.level)
    return {metric.quantiles[*quantity.level].value, quantile_bounds(metric, *quantity.level)};
  return {metric.count > 0 ? std::optional(metric.mean) : std::nullopt, bounds_of(metric.ci95)};
}

bool is_paired(const Quantity& quantity) {
  return !quantity.is_probability && !quantity.level && quantity.metric == kPairedMetric;
}

// Cov(X_a, X_b) = (Var X_a + Var X_b - Var (X_a - X_b)) / 2, of the values in one world.
double covariance(const Comparison& comparison, std::size_t a, std::size_t b) {
  const auto variance = [&](std::size_t s) {
    const double sd = comparison.strategies[s].metrics[index_of(kPairedMetric)].sd.value_or(0);
    return sd * sd;
  };
  if (a == b) return variance(a);
  const PairSummary& pair =
      comparison.pairs[pair_index(std::min(a, b), std::max(a, b), comparison.strategies.size())];
  const double of_difference = pair.sd_difference.value_or(0);
  return (variance(a) + variance(b) - of_difference * of_difference) / 2;
}

// The weighted sum of the strategies' mean harm, world by world: by strategy, the weight of each.
Bounds paired_bounds(const Comparison& comparison, const std::vector<double>& weights) {
  double mean = 0;
  double variance = 0;
  for (std::size_t a = 0; a < weights.size(); ++a) {
    if (weights[a] == 0) continue;
    mean += weights[a] * comparison.strategies[a].metrics[index_of(kPairedMetric)].mean;
    for (std::size_t b = 0; b < weights.size(); ++b) {
      if (weights[b] != 0) variance += weights[a] * weights[b] * covariance(comparison, a, b);
    }
  }
  if (comparison.replications < 2) return {std::nullopt, std::nullopt};
  const auto n = static_cast<double>(comparison.replications);
  const double half = student_factor(comparison.replications) * std::sqrt(std::max(0.0, variance) / n);
  return {mean - half, mean + half};
}

Truth truth_of(const Comparing& comparing, const Comparison& comparison, std::size_t current) {
  Bounds total{comparing.constant, comparing.constant};
  std::vector<double> weights(comparison.strategies.size(), 0);
  bool has_paired = false;
  for (const WeightedQuantity& term : comparing.terms) {
    const std::size_t s = index_of_strategy(comparison, term.quantity.strategy, current);
    if (is_paired(term.quantity)) {
      weights[s] += term.weight;
      has_paired = true;
    } else {
      add(total, measure(term.quantity, comparison.strategies[s]).bounds, term.weight);
    }
  }
  if (has_paired) add(total, paired_bounds(comparison, weights), 1);
  if (comparing.is_strict) {
    if (total.low && *total.low > 0) return Truth::yes;
    return total.high && *total.high <= 0 ? Truth::no : Truth::undecided;
  }
  if (total.low && *total.low >= 0) return Truth::yes;
  return total.high && *total.high < 0 ? Truth::no : Truth::undecided;
}

void add_readings(Finding& finding, const Comparing& comparing, const Comparison& comparison,
                  std::size_t current) {
  for (const WeightedQuantity& term : comparing.terms) {
    const std::size_t s = index_of_strategy(comparison, term.quantity.strategy, current);
    Quantity quantity = term.quantity;
    quantity.strategy = comparison.strategies[s].name;
    const auto same = [&](const Reading& r) { return r.quantity == quantity; };
    if (std::any_of(finding.readings.begin(), finding.readings.end(), same)) continue;
    const Measured measured = measure(quantity, comparison.strategies[s]);
    finding.readings.push_back(
        {std::move(quantity), measured.value, measured.bounds.low, measured.bounds.high});
  }
}

}  // namespace

Finding judge_one(const Expression& expression, const Comparison& comparison, std::size_t s) {
  Finding finding;
  if (is_for_each(expression)) finding.strategy = comparison.strategies[s].name;
  std::vector<Truth> truths;
  for (const ExpressionNode& node : expression.nodes) {
    switch (node.kind) {
      case ExpressionNode::Kind::comparing:
        truths.push_back(truth_of(node.comparing, comparison, s));
        add_readings(finding, node.comparing, comparison, s);
        break;
      case ExpressionNode::Kind::both:
        truths.push_back(std::min(truths[node.left], truths[node.right]));
        break;
      case ExpressionNode::Kind::either:
        truths.push_back(std::max(truths[node.left], truths[node.right]));
        break;
      case ExpressionNode::Kind::negated:
        truths.push_back(static_cast<Truth>(2 - static_cast<int>(truths[node.left])));
        break;
    }
  }
  finding.truth = truths.back();
  return finding;
}

Judgement judge(const Expression& expression, const Comparison& comparison) {
  Judgement out;
  out.text = expression.text;
  out.truth = Truth::no;
  const std::size_t count = is_for_each(expression) ? comparison.strategies.size() : 1;
  for (std::size_t s = 0; s < count; ++s) {
    out.findings.push_back(judge_one(expression, comparison, s));
    out.truth = std::max(out.truth, out.findings.back().truth);
  }
  return out;
}

}  // namespace breakglass::analysis
