#include "drill/moments.hpp"

#include <algorithm>

namespace breakglass::drill {

Drill as_of(const Drill& drill, sim::Time moment) {
  Drill past = begin_drill(drill.loaded, drill.setup);
  for (const Entry& entry : drill.entries) {
    if (entry.at > moment) break;
    wait_until(past, entry.at);
    submit(past, entry.action);
  }
  wait_until(past, moment);
  return past;
}

sim::Time first_traffic(const Drill& drill) { return first_reason(drill, sim::ReasonKind::step); }

sim::Time first_order(const Drill& drill, sim::Order order) {
  const auto at = std::find_if(drill.entries.begin(), drill.entries.end(), [&](const Entry& e) {
    return e.action.verb == Verb::order && e.action.order == order;
  });
  return at == drill.entries.end() ? sim::kNever : at->at;
}

sim::Time first_reason(const Drill& drill, sim::ReasonKind kind) {
  const auto at = std::find_if(drill.reasons.begin(), drill.reasons.end(),
                               [&](const sim::Reason& r) { return r.kind == kind; });
  return at == drill.reasons.end() ? sim::kNever : at->at;
}

}  // namespace breakglass::drill
