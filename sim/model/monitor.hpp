// Monitors: verdicts on published measurements. Each kind has a file of its own in monitor/:
//
//   threshold  a bound per measurement, with limits, as progressive-delivery controllers define them
//   sprt       Wald's sequential probability ratio test
//   fixed      one look after a fixed time
//
// A monitor sees what has been published and nothing else. A verdict that has failed stays failed.
#pragma once

#include <optional>
#include <string>

#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/monitor/fixed.hpp"
#include "sim/model/monitor/sprt.hpp"
#include "sim/model/monitor/threshold.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct VerdictParams {
  std::string signal;
  std::optional<ThresholdParams> threshold;  // exactly one of the three
  std::optional<SprtParams> sprt;
  std::optional<FixedParams> fixed;
  NoData no_data = NoData::error;
};

template <class V>
void fields(V& visit, VerdictParams& p) {
  visit(field("signal", "the signal that it judges").required(), p.signal);
  visit(field("threshold", "a bound per measurement, with limits"), p.threshold);
  visit(field("sprt", "Wald's sequential probability ratio test"), p.sprt);
  visit(field("fixed", "one look after a fixed time"), p.fixed);
  visit(field("no_data", "what a measurement without data counts as"), p.no_data);
}

// When the verdict first looks, for a rollout whose change first got traffic at `start`.
Time first_look(const VerdictParams& params, Time start, Duration interval);

// The first look of a running verdict strictly after `t`, as things stand.
Time look_after(const VerdictParams& params, const VerdictState& state, Duration interval, Time t);

// Whether a look is due at `now`; a running verdict only.
inline bool look_due(const VerdictState& state, Time now) {
  return state.outlook == Outlook::running && now >= state.next_look;
}

// One look at the evidence gathered so far. Sets the outlook and the next look, and uses the evidence up
// (threshold and sprt; fixed gathers until its one look).
void look(const VerdictParams& params, const Baseline& baseline, Duration interval, Time now,
          VerdictState& state);

}  // namespace breakglass::sim
