// A bound per measurement, with count, interval, initial delay and limits, as progressive-delivery
// controllers define them (Argo Rollouts, analysis: condition truth table, failureLimit, inconclusiveLimit,
// consecutiveErrorLimit, consecutiveSuccessLimit). It fails when failures EXCEED the limit.
//
// An error is a measurement without data under the policy `error`. It does not count as a measurement and is
// tried again after `error_retry`, whatever the interval; one more in a row than allowed ends the verdict as
// an error. At `count` a verdict that asks for successes in a row and has not had them fails; it is
// inconclusive where a failure limit applies too (0 or more) and was not exceeded.
#pragma once

#include <optional>

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct ThresholdParams {
  std::optional<double> above;       // failure condition: the measure is above this
  std::optional<double> below;       // failure condition: below this
  std::optional<double> pass_below;  // success condition; with a failure condition too, neither: inconclusive
  std::optional<double> pass_above;
  Measure measure = Measure::level;
  std::int64_t count = 0;  // measurements until the verdict is done; 0: as long as the rollout lasts
  Duration interval{};     // between measurements; 0: the monitoring's interval
  std::optional<Duration> initial_delay;  // before the first; one interval when absent
  std::int64_t failure_limit = 0;         // -1: failures never end it
  std::int64_t consecutive_error_limit = 4;
  std::int64_t inconclusive_limit = 0;
  std::int64_t consecutive_success_limit = 0;  // successes in a row that pass it at once; 0: off
  Duration error_retry = std::chrono::seconds{10};
  double min_items = 0;  // fewer items in a measurement: no data
};

template <class V>
void fields(V& visit, ThresholdParams& p) {
  visit(field("above", "fails when the measure is above this"), p.above);
  visit(field("below", "fails when the measure is below this"), p.below);
  visit(field("pass_below", "passes when the measure is below this; neither pass nor fail is inconclusive"),
        p.pass_below);
  visit(field("pass_above", "passes when the measure is above this; neither pass nor fail is inconclusive"),
        p.pass_above);
  visit(field("measure", "what is compared with the bounds"), p.measure);
  visit(field("count", "measurements until the verdict is done; 0: as long as the rollout lasts").at_least(0),
        p.count);
  visit(field("interval", "time between measurements; the monitoring's when absent")
            .as(Unit::duration)
            .at_least(1),
        p.interval);
  visit(field("initial_delay",
              "time from the first traffic on the change to the first measurement; 0s: at once; one interval "
              "when absent")
            .as(Unit::duration),
        p.initial_delay);
  visit(field("failure_limit", "failures allowed; one more fails the verdict; -1: any number").at_least(-1),
        p.failure_limit);
  visit(field("consecutive_error_limit", "errors in a row allowed; one more ends the verdict as an error")
            .at_least(0),
        p.consecutive_error_limit);
  visit(field("inconclusive_limit",
              "inconclusive measurements allowed; one more makes the verdict inconclusive")
            .at_least(0),
        p.inconclusive_limit);
  visit(field("consecutive_success_limit", "successes in a row that pass the verdict at once; 0: off")
            .at_least(0),
        p.consecutive_success_limit);
  visit(field("error_retry", "time from an error to the next try, whatever the interval")
            .as(Unit::duration)
            .at_least(1)
            .source("Argo Rollouts, analysis controller: the fixed retry interval after an error"),
        p.error_retry);
  visit(field("min_items", "fewer items than this in a measurement count as no data").at_least(0),
        p.min_items);
}

// Whether measurements with data alone can fail the verdict: failures can exceed their limit before `count`,
// or `count` can pass without the successes in a row that it asks for.
bool fails_on_data(const ThresholdParams& params);

// Whether they can leave it inconclusive.
bool is_inconclusive_on_data(const ThresholdParams& params);

// One look: uses the evidence up, sets the outlook and the next look.
void look_threshold(const ThresholdParams& params, NoData no_data, Duration interval, Time now,
                    VerdictState& state);

}  // namespace breakglass::sim
