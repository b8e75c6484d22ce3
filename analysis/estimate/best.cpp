#include "analysis/estimate/best.hpp"

#include <algorithm>

namespace breakglass::analysis {

Best best_of(std::span<const double> means, std::span<const PairVerdict> pairs) {
  Best best;
  for (std::size_t i = 1; i < means.size(); ++i) {
    if (means[i] < means[best.strategy]) best.strategy = i;
  }
  for (const PairVerdict& pair : pairs) {
    if (pair.a != best.strategy && pair.b != best.strategy) continue;
    const bool is_tie = !pair.difference || contains(*pair.difference, 0);
    if (is_tie) best.ties.push_back(pair.a == best.strategy ? pair.b : pair.a);
  }
  std::sort(best.ties.begin(), best.ties.end());
  return best;
}

}  // namespace breakglass::analysis
