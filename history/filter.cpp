#include "history/filter.hpp"

#include <algorithm>

namespace breakglass::history {
namespace {

bool has_mistakes(const Played& played, const std::string& wanted) {
  if (wanted.empty()) return true;
  if (wanted == "any") return !played.mistakes.empty();
  if (wanted == "none") return played.mistakes.empty();
  return std::any_of(played.mistakes.begin(), played.mistakes.end(),
                     [&](const MadeMistake& m) { return m.id == wanted; });
}

}  // namespace

// Times in UTC of one length compare as texts.
bool matches(const Filter& filter, const Played& played) {
  return (filter.scenario.empty() || played.scenario == filter.scenario) &&
         (filter.mode.empty() || played.mode == filter.mode) && played.ended >= filter.since &&
         has_mistakes(played, filter.mistakes);
}

}  // namespace breakglass::history
