// The runner behind `compare`: replications of several strategies in the same worlds, on several threads.
//
// Replications are cut into blocks of kBlockReplications; a thread runs one block for every strategy, and the
// blocks are added to the tally in their order. So the result does not depend on the number of threads, and
// an interrupted run is a prefix of the whole one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/estimate/outcome.hpp"
#include "analysis/estimate/summary.hpp"
#include "sim/outcome.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"

namespace breakglass::analysis {

struct CompareOptions {
  std::uint64_t seed = 1;
  std::uint64_t replications = 10000;        // ignored when precision > 0
  double precision = 0;                      // > 0: run until every interval is this narrow
  std::uint64_t max_replications = 1000000;  // with precision
  unsigned threads = 0;                      // 0: as many as there are cores
};

struct Progress {
  std::uint64_t done = 0;      // replications
  std::uint64_t expected = 0;  // in all; a forecast with precision
};

// Called between blocks, from the calling thread, at most about twenty times a second; returns false to stop:
// what is done is then the (partial) result.
using ProgressCallback = std::function<bool(const Progress&)>;

// Strategies must have been prepared for the scenario; at least one, with different names.
Comparison compare(const sim::Scenario& scenario, const std::vector<sim::Strategy>& strategies,
                   const CompareOptions& options, const ProgressCallback& progress = {});

// One world's outcome as the row that the estimators take.
OutcomeRow row_of(const sim::Outcome& outcome, sim::Time horizon);

}  // namespace breakglass::analysis
