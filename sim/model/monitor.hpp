// Monitors: verdicts on published measurements.
//
//   threshold  a bound per measurement, with count, interval, initial delay and limits, as
//   progressive-delivery
//              controllers define them (Argo Rollouts, analysis: condition truth table, failureLimit,
//              inconclusiveLimit, consecutiveErrorLimit). A run fails when failures EXCEED the limit.
//   sprt       Wald's sequential probability ratio test (A. Wald, "Sequential tests of statistical
//   hypotheses",
//              Ann. Math. Statist. 16, 1945), A = (1 - beta) / alpha, B = beta / (1 - alpha).
//   fixed      one look: a one-sided score test at level alpha after a fixed time.
//
// A monitor sees what has been published and nothing else. A verdict that has failed stays failed.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

// What is compared with the bound: the change's level, or the change against the stable arm.
enum class Measure : std::uint8_t { level, ratio_to_stable, difference_to_stable };
constexpr std::array kMeasureNames{EnumName{"level", 0}, EnumName{"ratio-to-stable", 1},
                                   EnumName{"difference-to-stable", 2}};
constexpr std::span<const EnumName> names(Measure) { return kMeasureNames; }

// What a measurement without data counts as.
enum class NoData : std::uint8_t { error, fail, pass, ignore };
constexpr std::array kNoDataNames{EnumName{"error", 0}, EnumName{"fail", 1}, EnumName{"pass", 2},
                                  EnumName{"ignore", 3}};
constexpr std::span<const EnumName> names(NoData) { return kNoDataNames; }

enum class Direction : std::uint8_t { increase, decrease };
constexpr std::array kDirectionNames{EnumName{"increase", 0}, EnumName{"decrease", 1}};
constexpr std::span<const EnumName> names(Direction) { return kDirectionNames; }

struct ThresholdParams {
  std::optional<double> above;       // failure condition: the measure is above this
  std::optional<double> below;       // failure condition: below this
  std::optional<double> pass_below;  // success condition; with a failure condition too, neither: inconclusive
  std::optional<double> pass_above;
  Measure measure = Measure::level;
  std::int64_t count = 0;    // measurements until the verdict is done; 0: as long as the rollout lasts
  Duration interval{};       // between measurements; 0: the monitoring's interval
  Duration initial_delay{};  // before the first; 0: one interval
  std::int64_t failure_limit = 0;
  std::int64_t consecutive_error_limit = 4;
  std::int64_t inconclusive_limit = 0;
  double min_items = 0;  // fewer items in a measurement: no data
};

struct SprtParams {
  double ratio = 1;  // the bad level is baseline * ratio + difference
  double difference = 0;
  double alpha = 0.05;  // P(fail | level = baseline), nominal
  double beta = 0.10;   // P(pass | bad level), nominal
};

struct FixedParams {
  Duration after{};     // from the first traffic on the change to the one look
  double alpha = 0.05;  // one-sided level of the score test
  Direction direction = Direction::increase;
  Measure measure = Measure::level;  // level: against the baseline; else: against the stable arm
};

struct VerdictParams {
  std::string signal;
  std::optional<ThresholdParams> threshold;  // exactly one of the three
  std::optional<SprtParams> sprt;
  std::optional<FixedParams> fixed;
  NoData no_data = NoData::error;
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
              "time from the first traffic on the change to the first measurement; one interval when absent")
            .as(Unit::duration),
        p.initial_delay);
  visit(field("failure_limit", "failures allowed; one more fails the verdict").at_least(0), p.failure_limit);
  visit(field("consecutive_error_limit", "errors in a row allowed; one more fails the verdict").at_least(0),
        p.consecutive_error_limit);
  visit(field("inconclusive_limit",
              "inconclusive measurements allowed; one more makes the verdict inconclusive")
            .at_least(0),
        p.inconclusive_limit);
  visit(field("min_items", "fewer items than this in a measurement count as no data").at_least(0),
        p.min_items);
}
template <class V>
void fields(V& visit, SprtParams& p) {
  visit(field("ratio", "the bad level as a multiple of the baseline").at_least(0), p.ratio);
  visit(field("difference", "the bad level as a difference from the baseline"), p.difference);
  visit(field("alpha", "nominal probability of failing a clean change")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.alpha);
  visit(field("beta", "nominal probability of passing a bad change")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.beta);
}
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
template <class V>
void fields(V& visit, VerdictParams& p) {
  visit(field("signal", "the signal that it judges").required(), p.signal);
  visit(field("threshold", "a bound per measurement, with limits"), p.threshold);
  visit(field("sprt", "Wald's sequential probability ratio test"), p.sprt);
  visit(field("fixed", "one look after a fixed time"), p.fixed);
  visit(field("no_data", "what a measurement without data counts as"), p.no_data);
}

enum class Outlook : std::uint8_t { running, passed, failed, inconclusive };

// What has been published since this verdict last looked, or, for `fixed`, since the rollout began.
struct Evidence {
  double change_items = 0;
  double change_sum = 0;
  double stable_items = 0;
  double stable_sum = 0;
};

struct VerdictState {
  Outlook outlook = Outlook::running;
  Evidence evidence;
  Time next_look{};
  std::int32_t measurements = 0;
  std::int32_t failures = 0;
  std::int32_t inconclusive = 0;
  std::int32_t errors_in_a_row = 0;
  std::int32_t restarts = 0;  // sprt: how often it accepted the baseline and began again
  double log_ratio = 0;       // sprt
  double last_measure = 0;    // what it last compared, for the timeline
};

template <class V>
void state_fields(V& visit, Evidence& s) {
  visit("change_items", s.change_items);
  visit("change_sum", s.change_sum);
  visit("stable_items", s.stable_items);
  visit("stable_sum", s.stable_sum);
}
template <class V>
void state_fields(V& visit, VerdictState& s) {
  visit("outlook", s.outlook);
  visit("evidence", s.evidence);
  visit("next_look", s.next_look);
  visit("measurements", s.measurements);
  visit("failures", s.failures);
  visit("inconclusive", s.inconclusive);
  visit("errors_in_a_row", s.errors_in_a_row);
  visit("restarts", s.restarts);
  visit("log_ratio", s.log_ratio);
  visit("last_measure", s.last_measure);
}

// What a verdict needs to know of its signal: how items are counted, and the level that it calls good.
struct Baseline {
  enum class Law : std::uint8_t { bernoulli, poisson, normal } law = Law::bernoulli;
  double level = 0;
  double sd = 0;  // of one item (normal)
};

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

// Wald's boundaries and one observation: adds the log likelihood ratio of `sum` over `items`.
struct SprtBounds {
  double upper = 0;  // log A: reject the baseline at or above
  double lower = 0;  // log B: accept it at or below
};
SprtBounds sprt_bounds(const SprtParams& params);
double sprt_increment(const SprtParams& params, const Baseline& baseline, double items, double sum);

}  // namespace breakglass::sim
