// Made-up outcome rows for testing whatever stands above them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/estimate/outcome.hpp"
#include "analysis/estimate/tally.hpp"
#include "draws.hpp"

namespace breakglass::analysis::testing {

inline constexpr double kHorizon = 604'800;

// Replication `r` of strategy `s`: a function of both only, as a simulator's are. Strategies share most of a
// world; later ones do more harm and take longer, and some of their times never come.
inline OutcomeRow row_of(std::uint64_t r, std::size_t s) {
  Draws world(1000 + r);
  Draws own(77'000'000 + 16 * r + s);
  OutcomeRow row;
  const double size = world.exponential();
  double total = 0;
  for (std::size_t m = index_of(Metric::harm_ongoing); m <= index_of(Metric::harm_containment); ++m) {
    row.value[m] = own.happens(0.3) ? 0 : size * 100 * (1 + 0.1 * static_cast<double>(s)) * own.uniform();
    total += row.value[m];
  }
  set(row, Metric::harm_total, total);
  set(row, Metric::users_harmed, static_cast<double>(own.below(1000)));
  set(row, Metric::requests_on_regression, static_cast<double>(own.below(3) * own.below(100'000)));
  for (const Metric m : {Metric::time_to_ship_s, Metric::time_to_full_s, Metric::time_to_harm_stopped_s,
                         Metric::time_to_close_s}) {
    const double time = own.exponential() * 100'000 * (1 + static_cast<double>(s));
    time < kHorizon ? set(row, m, time) : set_censored(row, m, kHorizon);
  }
  for (std::size_t e = 0; e < kEventCount; ++e)
    set(row, static_cast<Event>(e), own.happens(0.1 * (1 + double(e))));
  return row;
}

inline OutcomeBlock block_of(std::uint64_t index, std::uint64_t replications, std::size_t strategies) {
  OutcomeBlock block;
  block.first_replication = index * kBlockReplications;
  block.strategies = strategies;
  const std::uint64_t end = std::min(block.first_replication + kBlockReplications, replications);
  for (std::uint64_t r = block.first_replication; r < end; ++r) {
    for (std::size_t s = 0; s < strategies; ++s) block.rows.push_back(row_of(r, s));
  }
  return block;
}

inline std::uint64_t block_count(std::uint64_t replications) {
  return (replications + kBlockReplications - 1) / kBlockReplications;
}

inline Tally tally_of(std::uint64_t replications, std::size_t strategies,
                      std::uint64_t exact_replications = kExactReplications) {
  Tally tally = make_tally(strategies, exact_replications);
  for (std::uint64_t i = 0; i < block_count(replications); ++i) {
    if (!absorb(tally, digest(block_of(i, replications, strategies)))) return {};
  }
  return tally;
}

}  // namespace breakglass::analysis::testing
