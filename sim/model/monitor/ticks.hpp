// Ticks, as Flagger's controller makes them: every interval it looks, and the weight moves only on a tick
// whose checks pass.
//
// In this order at each tick: have as many checks failed as the threshold says? Then it rolls back. Otherwise
// the metric is checked; a failed check, and one without data under the policies `fail` and `error`, is
// counted and holds the weight for this tick. Failed checks add up over the whole rollout and a success never
// takes one back, so a healthy release with N passes to go is rolled back with probability
//
//     sum over k < N of C(threshold - 1 + k, k) q^threshold (1 - q)^k,   q = P(a check fails by chance)
//
// and a release that always fails only at the tick after the threshold is reached. Several verdicts by ticks
// are one controller: their failed checks are counted together, and the first that fails ends the tick. Once
// the way to full weight is decided nothing is checked any more. Source: Flagger 1.44,
// pkg/controller/scheduler.go.
#pragma once

#include <optional>

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct TicksParams {
  std::optional<double> above;  // a check fails above this
  std::optional<double> below;  // a check fails below this
  Measure measure = Measure::level;
  std::int64_t threshold = 1;  // failed checks that roll back
  double min_items = 0;        // fewer items at a tick: no data
};

template <class V>
void fields(V& visit, TicksParams& p) {
  visit(field("above", "a check fails above this"), p.above);
  visit(field("below", "a check fails below this"), p.below);
  visit(field("measure", "what is compared with the bounds"), p.measure);
  visit(field("threshold", "failed checks, over the whole rollout, that roll back at the next tick")
            .at_least(1),
        p.threshold);
  visit(field("min_items", "fewer items than this at a tick count as no data").at_least(0), p.min_items);
}

// One tick of one metric. `failed_before`: checks that the controller has counted as failed. Uses the
// evidence up; sets the outlook, the next look, and whether the weight is held.
void look_ticks(const TicksParams& params, NoData no_data, Duration interval, Time now,
                std::int32_t failed_before, VerdictState& state);

}  // namespace breakglass::sim
