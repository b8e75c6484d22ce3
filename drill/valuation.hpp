// A decision's options tried in imagined worlds, as far as they have been: more worlds can be added at any
// time.
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "drill/posterior.hpp"
#include "drill/valuing.hpp"

namespace breakglass::drill {

// The first two options of every decision.
inline constexpr std::size_t kChosen = 0, kReference = 1;

struct Valuation {
  const DecisionPoint* point = nullptr;
  std::vector<Option> options;
  Posterior posterior;
  std::vector<std::vector<double>> harm;  // by option and world
  int worlds = 0;                         // so far
};

// Of `most` worlds at most. The point must outlive it.
Valuation begin_valuation(const DecisionPoint& point, int most);
// Tries every option in worlds up to that number. The result does not depend on the number of threads.
void value_worlds(Valuation& valuation, int worlds, unsigned threads);

// Mean harm of an option.
WeightedMean mean_harm(const Valuation& valuation, std::size_t option, Half half);
// By how much it is above that of another, world by world.
WeightedMean harm_over(const Valuation& valuation, std::size_t option, std::size_t other, Half half);
// The option with the least mean harm.
std::size_t best_of(const Valuation& valuation, Half half);

// Calls `work` with each number in [from, to), on so many threads.
template <class Work>
void in_parallel(int from, int to, unsigned threads, const Work& work) {
  const auto share = [&](int first) {
    for (int i = first; i < to; i += static_cast<int>(threads)) work(i);
  };
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(share, from + static_cast<int>(t));
  share(from);
}

}  // namespace breakglass::drill
