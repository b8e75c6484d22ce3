// From outcome rows to running totals: a block of replications is digested wherever a thread likes, and
// digests are absorbed in block order. This is the only way in, so the contract of order (moments.hpp) is
// kept in one place.
//
//   OutcomeBlock  --digest (any thread)-->  BlockDigest  --absorb (block order, one at a time)-->  Tally
//
// Memory of a Tally: the sample of every strategy and metric up to kExactReplications replications (0.8 MB
// each at the limit, so 35 MB for four strategies); beyond, a sketch of each (at most 0.4 MB), whatever the
// number of replications.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/estimate/outcome.hpp"
#include "analysis/estimate/paired.hpp"
#include "analysis/estimate/sketch.hpp"

namespace breakglass::analysis {

// Up to this many replications quantiles come from the stored sample and are exact; beyond, from a sketch.
inline constexpr std::uint64_t kExactReplications = 100'000;

// The metric on which strategies are paired and the best is chosen.
inline constexpr Metric kPairedMetric = Metric::harm_total;

// Every strategy's rows for consecutive replications. A block starts at a multiple of kBlockReplications and
// has that many replications, except the last one of a run.
struct OutcomeBlock {
  std::uint64_t first_replication = 0;
  std::size_t strategies = 0;
  std::vector<OutcomeRow> rows;  // replication by replication, within one by strategy

  std::size_t replications() const { return strategies == 0 ? 0 : rows.size() / strategies; }
  const OutcomeRow& row(std::size_t replication, std::size_t strategy) const {
    return rows[replication * strategies + strategy];
  }
};

// What is counted of one strategy, without its sample.
struct StrategyCounts {
  std::array<Moments, kMetricCount> moments;
  std::array<std::uint64_t, kMetricCount> censored{};
  std::array<std::uint64_t, kEventCount> events{};

  friend bool operator==(const StrategyCounts&, const StrategyCounts&) = default;
};

// A block, summed within. Keeps the rows for the samples.
struct BlockDigest {
  std::vector<StrategyCounts> strategies;
  std::vector<PairedMoments> pairs;  // in the order of pair_index
  OutcomeBlock block;
};

// The uncensored values of one metric of one strategy: either all of them or a sketch of them.
struct Sample {
  std::vector<double> values;  // in replication order; empty once sketched
  Sketch sketch;               // empty until then
};

struct StrategyTally {
  StrategyCounts counts;
  std::array<Sample, kMetricCount> samples;
};

struct Tally {
  std::uint64_t replications = 0;
  std::uint64_t exact_replications = kExactReplications;
  bool is_sketched = false;  // replications > exact_replications
  std::vector<StrategyTally> strategies;
  std::vector<PairedMoments> pairs;
};

// Pairs (a, b) with a < b of n strategies, ordered by a, then b.
constexpr std::size_t pair_count(std::size_t n) { return n * (n - 1) / 2; }
constexpr std::size_t pair_index(std::size_t a, std::size_t b, std::size_t n) {
  return a * (2 * n - a - 1) / 2 + (b - a - 1);
}

// Pure; safe on any thread.
BlockDigest digest(OutcomeBlock block);

// An empty tally of that many strategies. The result does not depend on when the switch to sketches happens,
// only on whether it has.
Tally make_tally(std::size_t strategies, std::uint64_t exact_replications = kExactReplications);

// Adds the next block. Returns false, and changes nothing, when the digest is not the next one (its first
// replication is not `tally.replications`), follows a short block, or has another number of strategies.
[[nodiscard]] bool absorb(Tally& tally, const BlockDigest& next);

}  // namespace breakglass::analysis
