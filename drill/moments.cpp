#include "drill/moments.hpp"

#include <algorithm>

namespace breakglass::drill {

namespace {

// The first `count` actions played again, and time let pass to `moment`.
Drill play_first(const Drill& drill, std::size_t count, sim::Time moment) {
  Drill past = begin_drill(drill.loaded, drill.setup);
  for (std::size_t i = 0; i < count; ++i) {
    wait_until(past, drill.entries[i].at);
    submit(past, drill.entries[i].action);
  }
  wait_until(past, moment);
  return past;
}

}  // namespace

Drill as_of(const Drill& drill, sim::Time moment) {
  const auto after = std::find_if(drill.entries.begin(), drill.entries.end(),
                                  [&](const Entry& entry) { return entry.at > moment; });
  return play_first(drill, static_cast<std::size_t>(after - drill.entries.begin()), moment);
}

Drill before_entry(const Drill& drill, std::size_t entry) {
  return play_first(drill, entry, drill.entries[entry].at);
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
