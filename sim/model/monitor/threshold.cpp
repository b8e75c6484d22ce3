#include "sim/model/monitor/threshold.hpp"

namespace breakglass::sim {

namespace {

// The truth table of the two conditions: failure wins; only one stated makes the other its opposite.
Judgement by_conditions(const ThresholdParams& p, double value) {
  const bool fails = (p.above && value > *p.above) || (p.below && value < *p.below);
  if (fails) return Judgement::fail;
  const bool has_pass = p.pass_below || p.pass_above;
  if (!has_pass) return Judgement::pass;
  const bool passes = (!p.pass_below || value < *p.pass_below) && (!p.pass_above || value > *p.pass_above);
  if (passes) return Judgement::pass;
  return p.above || p.below ? Judgement::inconclusive : Judgement::fail;
}

Judgement measure_threshold(const ThresholdParams& p, NoData policy, VerdictState& state) {
  const auto value = measured(p.measure, p.min_items, state.evidence);
  if (!value) return without_data(policy);
  keep_measure(state, *value);
  return by_conditions(p, *value);
}

// What the counts so far amount to: limits first, then success, then the end of the measurements.
Outlook assess(const ThresholdParams& p, const VerdictState& state) {
  const bool limited = p.failure_limit >= 0;
  if (limited && state.failures > p.failure_limit) return Outlook::failed;
  if (state.inconclusive > p.inconclusive_limit) return Outlook::inconclusive;
  const bool wants_row = p.consecutive_success_limit > 0;
  if (wants_row && state.successes_in_a_row >= p.consecutive_success_limit) return Outlook::passed;
  if (p.count == 0 || state.measurements < p.count) return Outlook::running;
  if (!wants_row) return Outlook::passed;
  return limited ? Outlook::inconclusive : Outlook::failed;
}

}  // namespace

bool fails_on_data(const ThresholdParams& p) {
  const bool exceeds = p.failure_limit >= 0 && (p.count == 0 || p.failure_limit < p.count);
  return exceeds || (p.failure_limit < 0 && p.count > 0 && p.consecutive_success_limit > 0);
}

bool is_inconclusive_on_data(const ThresholdParams& p) {
  const bool neither = (p.above || p.below) && (p.pass_above || p.pass_below);
  const bool in_time = p.count == 0 || p.inconclusive_limit < p.count;
  return (neither && in_time) || (p.failure_limit >= 0 && p.count > 0 && p.consecutive_success_limit > 0);
}

void look_threshold(const ThresholdParams& p, NoData no_data, Duration interval, Time now,
                    VerdictState& state) {
  const Judgement judgement = measure_threshold(p, no_data, state);
  state.evidence = {};
  const Duration usual = p.interval.count() > 0 ? p.interval : interval;
  state.next_look = now + (judgement == Judgement::error ? p.error_retry : usual);
  if (judgement == Judgement::ignore) return;
  if (judgement != Judgement::pass) state.successes_in_a_row = 0;
  if (judgement == Judgement::error) {
    if (++state.errors_in_a_row > p.consecutive_error_limit) state.outlook = Outlook::error;
    return;
  }
  state.errors_in_a_row = 0;
  ++state.measurements;
  if (judgement == Judgement::pass) ++state.successes_in_a_row;
  if (judgement == Judgement::fail) ++state.failures;
  if (judgement == Judgement::inconclusive) ++state.inconclusive;
  state.outlook = assess(p, state);
}

}  // namespace breakglass::sim
