// Which strategy does the least harm in one situation, in as few worlds as that takes.
//
// All strategies start; at each look, whoever is surely worse than the one with the lowest mean drops out,
// and the rest goes on. The answer is certain when one is left.
//
// "Surely" is at 95% for the whole race: of two strategies that are equal in truth, one drops out in at most
// 5% of races, whatever the number of strategies and looks. By Bonferroni, each of the K - 1 comparisons at
// each of the L planned looks is made at alpha / (K - 1) / L, except the first look, which spends next to
// nothing (kFirstAlpha): from so few worlds only what is beyond any doubt may be concluded.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/sweep/world_sample.hpp"

namespace breakglass::analysis {

inline constexpr double kRaceAlpha = 0.05;
inline constexpr double kFirstAlpha = 1e-6;

struct RaceOptions {
  std::uint64_t seed = 1;
  std::uint64_t max_worlds = 4096;  // per strategy; at least 256
  double alpha = kRaceAlpha;        // of the whole race
};

struct RaceResult {
  std::size_t best = 0;     // the lowest mean of those that are left
  bool is_certain = false;  // nobody else is left
  bool is_equal = false;    // those that are left do exactly the same harm in every world
  std::vector<bool> is_left;
  std::vector<Estimate> means;  // a strategy that dropped out has fewer worlds
  std::size_t next = 0;  // the closest to the best: of those left, or else the lowest mean of the others
  Estimate lead;         // mean of next - best; not below 0 but by chance
};

// The situation has at least one strategy; with only one it is certain at once.
RaceResult race(const Situation& situation, const RaceOptions& options);

}  // namespace breakglass::analysis
