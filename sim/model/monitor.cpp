#include "sim/model/monitor.hpp"

namespace breakglass::sim {

Duration own_interval(const VerdictParams& params, Duration interval) {
  Duration own{};
  if (params.threshold) own = params.threshold->interval;
  if (params.group_sequential) own = params.group_sequential->every;
  if (params.judge) own = interval_of(*params.judge);
  return own.count() > 0 ? own : interval;
}

bool compares_arms(const VerdictParams& params) {
  if (params.threshold) return needs_stable(params.threshold->measure);
  if (params.ticks) return needs_stable(params.ticks->measure);
  if (params.fixed) return needs_stable(params.fixed->measure);
  if (params.group_sequential) return needs_stable(params.group_sequential->measure);
  if (params.always_valid) return needs_stable(params.always_valid->measure);
  return params.judge.has_value();
}

bool begins_in(const VerdictParams& params, int step) {
  if (params.in_step) return *params.in_step == step + 1;
  return params.from_step <= step + 1;
}

Time first_look(const VerdictParams& params, Time start, Duration interval) {
  if (params.fixed) return start + params.fixed->after;
  if (params.group_sequential) return start + own_interval(params, interval);
  if (params.judge) return start + params.judge->warm_up + interval_of(*params.judge);
  if (!params.threshold) return start + interval;
  const ThresholdParams& p = *params.threshold;
  return start + p.initial_delay.value_or(own_interval(params, interval));
}

Time look_after(const VerdictParams& params, const VerdictState& state, Duration interval, Time t) {
  if (state.next_look > t || params.fixed) return state.next_look > t ? state.next_look : kNever;
  // After an error it looks again at a time of its own: anything new may be seen, so nothing may be skipped.
  if (params.threshold && params.no_data == NoData::error) return t + Duration{1};
  const Duration step = own_interval(params, interval);
  const Time next = state.next_look + ((t - state.next_look) / step + 1) * step;
  return params.judge && next > state.began + length_of(*params.judge) ? kNever : next;
}

void look(const VerdictParams& params, const Baseline& baseline, Duration interval, Time now,
          VerdictState& state) {
  if (params.threshold) look_threshold(*params.threshold, params.no_data, interval, now, state);
  if (params.ticks) look_ticks(*params.ticks, params.no_data, interval, now, state.failures, state);
  if (params.sprt) look_sprt(*params.sprt, params.no_data, baseline, interval, now, state);
  if (params.fixed) look_fixed(*params.fixed, params.no_data, baseline, state);
  if (params.group_sequential) {
    look_group_sequential(*params.group_sequential, params.no_data, baseline, interval, now, state);
  }
  if (params.always_valid) {
    look_always_valid(*params.always_valid, params.no_data, baseline, interval, now, state);
  }
}

}  // namespace breakglass::sim
