// Monitors: verdicts on published measurements. Each kind has a file of its own in monitor/:
//
//   threshold  a bound per measurement, with limits, as progressive-delivery controllers define them
//   ticks      a bound per tick, failed checks adding up, as a controller that moves the weight tick by tick
//   sprt       Wald's sequential probability ratio test
//   fixed      one look after a fixed time
//   group-sequential  a number of looks that together have one level
//   always-valid      a mixture test that may look at any time
//   judge      several signals at once, scored in runs, as Kayenta's judge and Spinnaker's canary stage do
//
// A monitor sees what has been published and nothing else. A verdict that has failed stays failed.
#pragma once

#include <optional>
#include <string>

#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/monitor/always_valid.hpp"
#include "sim/model/monitor/fixed.hpp"
#include "sim/model/monitor/group_sequential.hpp"
#include "sim/model/monitor/judging.hpp"
#include "sim/model/monitor/sprt.hpp"
#include "sim/model/monitor/threshold.hpp"
#include "sim/model/monitor/ticks.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct VerdictParams {
  std::string signal;                        // none where it is a judge, which names its own
  std::optional<ThresholdParams> threshold;  // exactly one of these
  std::optional<TicksParams> ticks;
  std::optional<SprtParams> sprt;
  std::optional<FixedParams> fixed;
  std::optional<GroupSequentialParams> group_sequential;
  std::optional<AlwaysValidParams> always_valid;
  std::optional<JudgeParams> judge;
  NoData no_data = NoData::error;
  bool dry_run = false;  // told, and never acted on
  std::int64_t from_step =
      1;  // it begins with this step (the first is 1) and lasts to the end of the rollout
  std::optional<std::int64_t>
      in_step;  // instead: it runs in this step alone, which does not end before it has
};

template <class V>
void fields(V& visit, VerdictParams& p) {
  visit(field("signal", "the signal that it judges; required but for a judge, whose metrics name theirs"),
        p.signal);
  visit(field("threshold", "a bound per measurement, with limits"), p.threshold);
  visit(field("ticks", "a bound per tick; the weight moves on ticks that pass, and failed checks add up"),
        p.ticks);
  visit(field("sprt", "Wald's sequential probability ratio test"), p.sprt);
  visit(field("fixed", "one look after a fixed time"), p.fixed);
  visit(field("group_sequential", "a number of looks that together have one level"), p.group_sequential);
  visit(field("always_valid", "a mixture test that may look at any time"), p.always_valid);
  visit(field("judge", "several signals compared with the stable arm and scored in runs"), p.judge);
  visit(field("no_data",
              "what a measurement without data counts as; of a judge, a run in which half of its metrics or "
              "more have none; sprt and always_valid wait for data (say nothing, or ignore) or fail"),
        p.no_data);
  visit(field("dry_run", "its verdict is told, and never acted on"), p.dry_run);
  visit(
      field("from_step", "the step with which it begins (the first is 1); it lasts to the end of the rollout")
          .at_least(1),
      p.from_step);
  visit(field("in_step",
              "instead: the one step in which it runs; that step does not end before the verdict is "
              "there")
            .at_least(1),
        p.in_step);
}

// Whether the verdict begins with step number `step` (the first is 0), for a rollout that begins its watch
// there or has come to it.
bool begins_in(const VerdictParams& params, int step);

// Whether it compares the change with the stable arm. At full weight nothing is left there to compare with.
bool compares_arms(const VerdictParams& params);

// The time between looks: the verdict's own, or the monitoring's `interval`.
Duration own_interval(const VerdictParams& params, Duration interval);

// When the verdict first looks, where it begins at `start`: with the first traffic on the change, or its
// step.
Time first_look(const VerdictParams& params, Time start, Duration interval);

// The first look of a running verdict strictly after `t`, as things stand.
Time look_after(const VerdictParams& params, const VerdictState& state, Duration interval, Time t);

// It has begun and has not ended.
inline bool is_running(const VerdictState& state) {
  return state.outlook == Outlook::running && state.began != kNever;
}

// Whether a look is due at `now`; a running verdict only.
inline bool look_due(const VerdictState& state, Time now) {
  return is_running(state) && now >= state.next_look;
}

// One look at the evidence gathered so far. Sets the outlook and the next look, and uses the evidence up
// (fixed gathers until its one look). A judge looks by grade_points and end_run instead.
void look(const VerdictParams& params, const Baseline& baseline, Duration interval, Time now,
          VerdictState& state);

}  // namespace breakglass::sim
