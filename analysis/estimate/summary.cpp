#include "analysis/estimate/summary.hpp"

#include <algorithm>
#include <utility>

#include "analysis/estimate/paired.hpp"
#include "analysis/estimate/sketch.hpp"

namespace breakglass::analysis {
namespace {

// What depends only on the number of replications, and so is found once for all metrics.
struct Factors {
  double t = 0;
  std::array<RankInterval, kLevelCount> ranks;
};

Factors factors_for(std::uint64_t n) {
  Factors factors;
  factors.t = student_factor(n);
  for (std::size_t i = 0; i < kLevelCount; ++i) factors.ranks[i] = quantile_ranks(n, share(kLevels[i].level));
  return factors;
}

template <class AtRank>
void fill_quantiles(MetricSummary& summary, const Factors& factors, AtRank&& at_rank) {
  const auto at = [&](std::optional<std::uint64_t> k) { return k ? at_rank(*k) : std::nullopt; };
  for (std::size_t i = 0; i < kLevelCount; ++i) {
    summary.quantiles[i] = {quantile(summary.count, kLevels[i].level, at_rank), at(factors.ranks[i].low),
                            at(factors.ranks[i].high)};
  }
}

void fill_from_values(MetricSummary& summary, const Factors& factors, std::vector<double> values,
                      double horizon) {
  std::sort(values.begin(), values.end());
  const OrderedSample sample{values, summary.censored, horizon};
  fill_quantiles(summary, factors, [&](std::uint64_t k) { return sample.at_rank(k); });
  summary.cvar95 = cvar95(sample);
}

void fill_from_sketch(MetricSummary& summary, const Factors& factors, const Sketch& sketch, double horizon) {
  fill_quantiles(summary, factors, [&](std::uint64_t k) -> std::optional<double> {
    if (k > sketch.count) return std::nullopt;  // censored
    // A bucket's middle may lie beyond the extremes, which are known exactly.
    return std::clamp(at_rank(sketch, k), summary.min, summary.max);
  });
  summary.cvar95 =
      cvar95(summary.count, summary.censored, horizon, [&](double mass) { return upper_sum(sketch, mass); });
  if (summary.cvar95) summary.cvar95 = std::clamp(*summary.cvar95, summary.mean, summary.max);
}

MetricSummary metric_of(const Tally& tally, std::size_t strategy, Metric metric, const Factors& factors) {
  const StrategyTally& from = tally.strategies[strategy];
  const Moments& moments = from.counts.moments[index_of(metric)];
  MetricSummary summary;
  summary.metric = metric;
  summary.count = moments.count;
  summary.censored = from.counts.censored[index_of(metric)];
  summary.mean = moments.mean;
  summary.ci95 = student_interval(moments, factors.t);
  if (moments.count >= 2) summary.sd = standard_deviation(moments);
  summary.min = moments.min;
  summary.max = moments.max;
  // Censored values all equal the horizon, and nothing exceeds it.
  const double horizon = moments.max;
  const Sample& sample = from.samples[index_of(metric)];
  if (tally.is_sketched) {
    fill_from_sketch(summary, factors, sample.sketch, horizon);
  } else {
    fill_from_values(summary, factors, sample.values, horizon);
  }
  return summary;
}

StrategySummary strategy_of(const Tally& tally, std::size_t strategy, std::string name,
                            const Factors& factors) {
  StrategySummary summary;
  summary.name = std::move(name);
  for (std::size_t m = 0; m < kMetricCount; ++m) {
    summary.metrics[m] = metric_of(tally, strategy, static_cast<Metric>(m), factors);
  }
  const auto& events = tally.strategies[strategy].counts.events;
  for (std::size_t e = 0; e < kEventCount; ++e) {
    summary.probabilities[e] = summarize_probability(events[e], tally.replications);
  }
  return summary;
}

Best best_strategy(const Comparison& comparison) {
  std::vector<double> means;
  for (const StrategySummary& s : comparison.strategies) {
    means.push_back(s.metrics[index_of(kPairedMetric)].mean);
  }
  std::vector<PairVerdict> verdicts;
  for (const PairSummary& p : comparison.pairs) verdicts.push_back({p.a, p.b, p.ci95});
  return best_of(means, verdicts);
}

}  // namespace

MetricSummary summarize_metric(const Tally& tally, std::size_t strategy, Metric metric) {
  return metric_of(tally, strategy, metric, factors_for(tally.replications));
}

ProbabilitySummary summarize_probability(std::uint64_t successes, std::uint64_t count) {
  ProbabilitySummary summary{successes, count, 0, wilson_interval(successes, count)};
  if (count > 0) summary.mean = static_cast<double>(successes) / static_cast<double>(count);
  return summary;
}

PairSummary summarize_pair(const Tally& tally, std::size_t a, std::size_t b) {
  const PairedMoments& pairs = tally.pairs[pair_index(a, b, tally.strategies.size())];
  PairSummary summary;
  summary.a = a;
  summary.b = b;
  summary.mean_difference = pairs.difference.mean;
  summary.ci95 = difference_interval(pairs);
  if (pairs.difference.count >= 2) summary.sd_difference = standard_deviation(pairs.difference);
  summary.a_lower = summarize_probability(pairs.a_lower, pairs.difference.count);
  summary.tied = summarize_probability(pairs.ties, pairs.difference.count);
  summary.correlation = correlation(pairs);
  return summary;
}

Comparison summarize(const Tally& tally, std::vector<std::string> names, Provenance provenance) {
  Comparison comparison;
  comparison.provenance = std::move(provenance);
  comparison.replications = tally.replications;
  if (tally.is_sketched) comparison.quantile_relative_error = kSketchRelativeError;
  const Factors factors = factors_for(tally.replications);
  for (std::size_t s = 0; s < tally.strategies.size(); ++s) {
    comparison.strategies.push_back(strategy_of(tally, s, std::move(names[s]), factors));
  }
  for (std::size_t a = 0; a < tally.strategies.size(); ++a) {
    for (std::size_t b = a + 1; b < tally.strategies.size(); ++b) {
      comparison.pairs.push_back(summarize_pair(tally, a, b));
    }
  }
  comparison.best = best_strategy(comparison);
  return comparison;
}

}  // namespace breakglass::analysis
