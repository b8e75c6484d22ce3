// One look: a one-sided score test at level alpha after a fixed time.
//
// Without data: `fail` and `error` end it so, `pass` passes it. With `ignore` the look does not count, and as
// there is no other the verdict is inconclusive (as a judge's is whose last run does not count).
#pragma once

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct FixedParams {
  Duration after{};     // from the first traffic on the change to the one look
  double alpha = 0.05;  // one-sided level of the score test
  Direction direction = Direction::increase;
  Measure measure = Measure::level;  // level: against the baseline; else: against the stable arm
};

template <class V>
void fields(V& visit, FixedParams& p) {
  visit(field("after", "time from the first traffic on the change to the one look")
            .as(Unit::duration)
            .above(0)
            .required(),
        p.after);
  visit(field("alpha", "one-sided level of the test").as(Unit::probability).above(0).at_most(0.5), p.alpha);
  visit(field("direction", "which way is worse"), p.direction);
  visit(field("measure", "level: against the baseline; otherwise against the stable arm"), p.measure);
}

// The one look, at all the evidence since the rollout began.
void look_fixed(const FixedParams& params, NoData no_data, const Baseline& baseline, VerdictState& state);

}  // namespace breakglass::sim
