#include "analysis/estimate/tally.hpp"

#include <utility>

namespace breakglass::analysis {
namespace {

// -0 becomes 0: sorting and printing must not meet two equals that differ.
double without_sign_of_zero(double value) { return value + 0.0; }

void count_row(StrategyCounts& counts, const OutcomeRow& row) {
  for (std::size_t m = 0; m < kMetricCount; ++m) {
    add(counts.moments[m], without_sign_of_zero(row.value[m]));
    counts.censored[m] += (row.censored >> m) & 1U;
  }
  for (std::size_t e = 0; e < kEventCount; ++e) counts.events[e] += (row.events >> e) & 1U;
}

void merge_counts(StrategyCounts& into, const StrategyCounts& next) {
  for (std::size_t m = 0; m < kMetricCount; ++m) {
    merge(into.moments[m], next.moments[m]);
    into.censored[m] += next.censored[m];
  }
  for (std::size_t e = 0; e < kEventCount; ++e) into.events[e] += next.events[e];
}

void turn_into_sketch(Sample& sample) {
  for (const double value : sample.values) add(sample.sketch, value);
  std::vector<double>().swap(sample.values);  // clear() would keep the memory
}

void keep_sample(Tally& tally, const OutcomeBlock& block, std::size_t strategy) {
  auto& samples = tally.strategies[strategy].samples;
  for (std::size_t r = 0; r < block.replications(); ++r) {
    const OutcomeRow& row = block.row(r, strategy);
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      if ((row.censored >> m) & 1U) continue;
      const double value = without_sign_of_zero(row.value[m]);
      tally.is_sketched ? add(samples[m].sketch, value) : samples[m].values.push_back(value);
    }
  }
}

bool is_next(const Tally& tally, const BlockDigest& next) {
  const std::size_t n = next.block.replications();
  return next.block.first_replication == tally.replications && tally.replications % kBlockReplications == 0 &&
         next.block.strategies == tally.strategies.size() && n > 0 && n <= kBlockReplications;
}

}  // namespace

BlockDigest digest(OutcomeBlock block) {
  const std::size_t n = block.strategies;
  BlockDigest result;
  result.strategies.resize(n);
  result.pairs.resize(pair_count(n));
  for (std::size_t r = 0; r < block.replications(); ++r) {
    for (std::size_t a = 0; a < n; ++a) {
      count_row(result.strategies[a], block.row(r, a));
      const double value_a = block.row(r, a).value[index_of(kPairedMetric)];
      for (std::size_t b = a + 1; b < n; ++b) {
        add(result.pairs[pair_index(a, b, n)], value_a, block.row(r, b).value[index_of(kPairedMetric)]);
      }
    }
  }
  result.block = std::move(block);
  return result;
}

Tally make_tally(std::size_t strategies, std::uint64_t exact_replications) {
  Tally tally;
  tally.exact_replications = exact_replications;
  tally.strategies.resize(strategies);
  tally.pairs.resize(pair_count(strategies));
  return tally;
}

bool absorb(Tally& tally, const BlockDigest& next) {
  if (!is_next(tally, next)) return false;
  tally.replications += next.block.replications();
  if (!tally.is_sketched && tally.replications > tally.exact_replications) {
    tally.is_sketched = true;
    for (StrategyTally& strategy : tally.strategies) {
      for (Sample& sample : strategy.samples) turn_into_sketch(sample);
    }
  }
  for (std::size_t s = 0; s < tally.strategies.size(); ++s) {
    merge_counts(tally.strategies[s].counts, next.strategies[s]);
    keep_sample(tally, next.block, s);
  }
  for (std::size_t p = 0; p < tally.pairs.size(); ++p) merge(tally.pairs[p], next.pairs[p]);
  return true;
}

}  // namespace breakglass::analysis
