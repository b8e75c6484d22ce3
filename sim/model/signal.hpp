// Signals: what dashboards show of each arm, late and noisy.
//
// A signal counts something over the items of a window: errors among requests (ratio), events (count), or the
// sum of scores (mean). It may judge only a sample, it is published after a pipeline delay, and its windows
// may vary more than chance (overdispersion) or wander together in both arms (drift).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "sim/kernel/draw.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

enum class SignalKind : std::uint8_t {
  ratio,  // each item counts 0 or 1 (errors, refusals, thumbs down): binomial
  count,  // each item brings a Poisson number of events (retries)
  mean,   // each item has a value with known standard deviation (latency, eval score): normal
};
constexpr std::array kSignalKindNames{EnumName{"ratio", 0}, EnumName{"count", 1}, EnumName{"mean", 2}};
constexpr std::span<const EnumName> names(SignalKind) { return kSignalKindNames; }

enum class Worse : std::uint8_t { increase, decrease };
constexpr std::array kWorseNames{EnumName{"increase", 0}, EnumName{"decrease", 1}};
constexpr std::span<const EnumName> names(Worse) { return kWorseNames; }

// Where its numbers come from.
enum class SignalOf : std::uint8_t {
  drawn,     // from its baseline and what moves it
  latency,   // at request fidelity: the time from arrival to departure at the released service (kind mean)
  rejected,  // at request fidelity: rejected among those who arrived there (kind ratio)
};
constexpr std::array kSignalOfNames{EnumName{"drawn", 0}, EnumName{"latency", 1}, EnumName{"rejected", 2}};
constexpr std::span<const EnumName> names(SignalOf) { return kSignalOfNames; }

// A stationary Ornstein-Uhlenbeck process, the same in both arms: on the log odds of a ratio, on the
// logarithm of a count, on the value itself of a mean.
struct DriftParams {
  double sd = 0;    // its standard deviation
  Duration time{};  // its correlation time
};

struct SignalParams {
  std::string id;
  SignalKind kind = SignalKind::ratio;
  double baseline = 0;        // level on the version in place
  double sd = 0;              // mean: standard deviation of one item
  double sample = 1;          // share of items that is judged
  Duration window{};          // length of one measurement
  Duration delay{};           // from the end of a window to its publication
  double overdispersion = 1;  // variance of a window's count over that of pure chance
  std::optional<DriftParams> drift;
  SignalOf of = SignalOf::drawn;
  Worse worse = Worse::increase;  // which way a watcher takes for an anomaly
};

template <class V>
void fields(V& visit, DriftParams& p) {
  visit(field("sd", "standard deviation of the drift (log odds, log, or the signal's unit)")
            .above(0)
            .required(),
        p.sd);
  visit(field("time", "correlation time of the drift").as(Unit::duration).above(0).required(), p.time);
}
template <class V>
void fields(V& visit, SignalParams& p) {
  visit(field("id", "the signal's name").required(), p.id);
  visit(field("kind", "what is counted per item: 0 or 1, events, or a value").required(), p.kind);
  visit(field("baseline", "level on the version in place").required(), p.baseline);
  visit(field("sd", "standard deviation of one item's value (kind mean)").above(0), p.sd);
  visit(field("sample", "share of the items that is judged").as(Unit::share).above(0), p.sample);
  visit(field("window", "length of one measurement").as(Unit::duration).at_least(1).required(), p.window);
  visit(field("delay", "from the end of a window to its publication").as(Unit::duration), p.delay);
  visit(field("overdispersion", "variance of a window's count, over that of pure chance")
            .at_least(1)
            .at_most(1000),
        p.overdispersion);
  visit(field("drift", "wandering of the level, the same in both arms"), p.drift);
  visit(field("of", "drawn from its baseline, or measured where requests are simulated one by one"), p.of);
  visit(field("worse", "which way people who watch it take for worse"), p.worse);
}

// One published measurement: both arms over one window.
struct Measurement {
  std::int32_t signal = -1;  // -1: a free slot
  std::int32_t attempt = 0;  // of which change
  Time from{};
  Time until{};
  std::array<double, 2> items{};  // judged, by arm: {stable, change}
  std::array<double, 2> sum{};    // counted over them; where nobody needs the stable arm, it has its requests
                                  // for items, and no sum
  // For each hypothesis, the part of the change's items that were served while that severity would show.
  std::array<double, kMaxHypotheses> shown{};
};

struct SignalState {
  Time from{};                                 // the open window's start
  std::array<double, 2> items{};               // requests in it so far, by arm
  std::array<double, kMaxHypotheses> shown{};  // of the change's: served while that severity would show
  double drift = 0;
  Time drift_at = kNever;  // kNever: not started
  // Measured signals: in the window that began then, by arm.
  Time measured_from = kNever;
  std::array<double, 2> measured_items{};
  std::array<double, 2> measured_sum{};
};

template <class V>
void state_fields(V& visit, Measurement& s) {
  visit("signal", s.signal);
  visit("attempt", s.attempt);
  visit("from", s.from);
  visit("until", s.until);
  visit("items", s.items);
  visit("sum", s.sum);
  visit("shown", s.shown);
}
template <class V>
void state_fields(V& visit, SignalState& s) {
  visit("from", s.from);
  visit("items", s.items);
  visit("shown", s.shown);
  visit("drift", s.drift);
  visit("drift_at", s.drift_at);
  visit("measured_from", s.measured_from);
  visit("measured_items", s.measured_items);
  visit("measured_sum", s.measured_sum);
}

// How one severity moves one signal for the users that it concerns, times the share of them.
struct Move {
  double ratio = 1;
  double difference = 0;
  double segment = 1;
};

// The signal's level after `drift` (0: the baseline).
double drifted_level(const SignalParams& params, double drift);
// The level where a part `shown` of the items is served by a severity that shows. Within the signal's range.
double moved_level(const SignalParams& params, double level, const Move& move, double shown);

// Draws one window of one arm: how many items are judged, and what is counted over them at `level`.
struct Reading {
  double items = 0;
  double sum = 0;
};
Reading draw_reading(const SignalParams& params, double requests, double level, bool expected, Address at);

// Moves the drift on to `now` (its stationary law at the first call).
void advance_drift(const DriftParams& drift, SignalState& state, Time now, Address at);

// log P(reading | level) up to a term that does not depend on the level: binomial, beta-binomial, Poisson,
// gamma-Poisson or normal, as draw_reading draws. Finite: levels are kept a hair inside their range.
double log_likelihood(const SignalParams& params, const Reading& reading, double level);

}  // namespace breakglass::sim
