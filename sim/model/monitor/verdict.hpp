// What every kind of verdict is made of: what it may compare, what it sees, what it remembers, what it says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/time.hpp"

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

// error: it could not judge, and counts as failed; it is told apart because nothing bad was seen.
enum class Outlook : std::uint8_t { running, passed, failed, inconclusive, error };

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
  Time began = kNever;  // when it began to gather; kNever: its step has not come
  Time next_look{};
  std::int32_t measurements = 0;
  std::int32_t failures = 0;
  std::int32_t inconclusive = 0;
  std::int32_t errors_in_a_row = 0;
  std::int32_t successes_in_a_row = 0;
  std::int32_t restarts = 0;  // sprt: how often it accepted the baseline and began again
  double log_ratio = 0;       // sprt; the score S of group-sequential and always-valid tests
  double information = 0;     // V of the same
  bool holds = false;         // ticks: the weight stays at this tick
  double last_measure = 0;    // what it last compared, for the timeline
  bool measured = false;      // it has compared something
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
  visit("began", s.began);
  visit("next_look", s.next_look);
  visit("measurements", s.measurements);
  visit("failures", s.failures);
  visit("inconclusive", s.inconclusive);
  visit("errors_in_a_row", s.errors_in_a_row);
  visit("successes_in_a_row", s.successes_in_a_row);
  visit("restarts", s.restarts);
  visit("log_ratio", s.log_ratio);
  visit("information", s.information);
  visit("holds", s.holds);
  visit("last_measure", s.last_measure);
  visit("measured", s.measured);
}

// What a verdict needs to know of its signal: how items are counted, and the level that it calls good.
struct Baseline {
  enum class Law : std::uint8_t { bernoulli, poisson, normal } law = Law::bernoulli;
  double level = 0;
  double sd = 0;        // of one item (normal)
  double constant = 0;  // group-sequential: of its boundary, computed once
};

// What a look makes of one measurement.
enum class Judgement : std::uint8_t { pass, fail, inconclusive, error, ignore };
Judgement without_data(NoData policy);

// Writes down what has been compared.
inline void keep_measure(VerdictState& state, double value) {
  state.last_measure = value;
  state.measured = true;
}

inline bool needs_stable(Measure measure) { return measure != Measure::level; }

// The value that is compared: of the change, or of the change against the stable arm. Nothing where an arm
// that it needs has fewer than `min_items` items, or the stable arm's level is 0 and a ratio to it is asked
// for.
std::optional<double> measured(Measure measure, double min_items, const Evidence& evidence);

// Of the mean of `items` items at `level`, by chance alone.
double standard_error(const Baseline& baseline, double level, double items);

}  // namespace breakglass::sim
