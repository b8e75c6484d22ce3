// The five common mistakes of an emergency change and their two opposites, each with the moment at which it
// was made and the evidence. They judge decisions: not what luck made of them.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

enum class Mistake {
  routine_as_emergency,  // what is no emergency was shipped as one
  without_approval,      // traffic on a change that nobody who may had approved
  without_canary,        // straight to 100% where a compressed canary had the lower expected harm
  without_rollback,      // traffic on a change whose way back was not verified
  without_follow_up,     // closed with post-emergency work left undone
  refused_emergency,     // a real emergency was refused, or nothing was shipped
  normal_process,        // the whole normal process, while harm ran
};

// "emergency without rollback ready"
std::string_view name_of(Mistake mistake);
// "without-rollback": for files and filters
std::string_view id_of(Mistake mistake);
inline constexpr int kMistakes = 7;

struct Finding {
  Mistake mistake = Mistake::without_approval;
  sim::Time at{};
  std::string evidence;
};

// In the order of their moments. Runs a few thousand worlds where the trainee went straight to 100%: what
// was arranged, against the same with the compressed canary's steps and watch; flagged only where the 99%
// interval of the difference is above 0.
std::vector<Finding> find_mistakes(const Drill& drill);

}  // namespace breakglass::drill
