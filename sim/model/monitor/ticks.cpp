#include "sim/model/monitor/ticks.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

bool check_fails(const TicksParams& p, NoData policy, VerdictState& state) {
  const Judgement judgement = [&] {
    const auto value = measured(p.measure, p.min_items, state.evidence);
    if (!value) return without_data(policy);
    keep_measure(state, *value);
    const bool bad = (p.above && *value > *p.above) || (p.below && *value < *p.below);
    return bad ? Judgement::fail : Judgement::pass;
  }();
  return judgement == Judgement::fail || judgement == Judgement::error;
}

}  // namespace

void look_ticks(const TicksParams& p, NoData no_data, Duration interval, Time now, std::int32_t failed_before,
                VerdictState& state) {
  state.next_look = now + interval;
  if (failed_before >= p.threshold) {
    state.outlook = Outlook::failed;
    return;
  }
  ++state.measurements;
  state.holds = check_fails(p, no_data, state);
  if (state.holds) ++state.failures;
  state.evidence = {};
}

}  // namespace breakglass::sim
