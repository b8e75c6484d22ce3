#include "sim/model/monitor.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

enum class Judgement { pass, fail, inconclusive, error, ignore };

Judgement without_data(NoData policy) {
  switch (policy) {
    case NoData::error: return Judgement::error;
    case NoData::fail: return Judgement::fail;
    case NoData::pass: return Judgement::pass;
    case NoData::ignore: return Judgement::ignore;
  }
  return Judgement::error;
}

bool needs_stable(Measure measure) { return measure != Measure::level; }

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
  const Evidence& e = state.evidence;
  const double enough = std::max(p.min_items, 1e-9);
  if (e.change_items < enough) return without_data(policy);
  double value = e.change_sum / e.change_items;
  if (needs_stable(p.measure)) {
    if (e.stable_items < enough) return without_data(policy);
    const double stable = e.stable_sum / e.stable_items;
    if (p.measure == Measure::ratio_to_stable && stable <= 0) return without_data(policy);
    value = p.measure == Measure::ratio_to_stable ? value / stable : value - stable;
  }
  state.last_measure = value;
  return by_conditions(p, value);
}

void look_threshold(const VerdictParams& params, Duration interval, Time now, VerdictState& state) {
  const ThresholdParams& p = *params.threshold;
  const Judgement judgement = measure_threshold(p, params.no_data, state);
  state.evidence = {};
  state.next_look = now + (p.interval.count() > 0 ? p.interval : interval);
  if (judgement == Judgement::ignore) return;
  if (judgement == Judgement::error) {  // errors do not count as measurements
    if (++state.errors_in_a_row > p.consecutive_error_limit) state.outlook = Outlook::failed;
    return;
  }
  state.errors_in_a_row = 0;
  ++state.measurements;
  if (judgement == Judgement::fail && ++state.failures > p.failure_limit) state.outlook = Outlook::failed;
  if (judgement == Judgement::inconclusive && ++state.inconclusive > p.inconclusive_limit) {
    state.outlook = Outlook::inconclusive;
  }
  if (state.outlook == Outlook::running && p.count > 0 && state.measurements >= p.count) {
    state.outlook = Outlook::passed;
  }
}

void look_sprt(const VerdictParams& params, const Baseline& baseline, Duration interval, Time now,
               VerdictState& state) {
  const SprtBounds bounds = sprt_bounds(*params.sprt);
  state.next_look = now + interval;
  if (state.evidence.change_items <= 0) {
    if (params.no_data == NoData::fail) state.outlook = Outlook::failed;
    return;
  }
  state.last_measure = state.evidence.change_sum / state.evidence.change_items;
  state.log_ratio +=
      sprt_increment(*params.sprt, baseline, state.evidence.change_items, state.evidence.change_sum);
  state.evidence = {};
  ++state.measurements;
  if (state.log_ratio >= bounds.upper) {
    state.outlook = Outlook::failed;
  } else if (state.log_ratio <= bounds.lower) {
    // The baseline is accepted for now; the change goes on serving, so the watch begins again.
    state.log_ratio = 0;
    ++state.restarts;
  }
}

double standard_error(const Baseline& baseline, double level, double items) {
  switch (baseline.law) {
    case Baseline::Law::bernoulli: return std::sqrt(level * (1 - level) / items);
    case Baseline::Law::poisson: return std::sqrt(level / items);
    case Baseline::Law::normal: return baseline.sd / std::sqrt(items);
  }
  return 0;
}

void look_fixed(const VerdictParams& params, const Baseline& baseline, VerdictState& state) {
  const FixedParams& p = *params.fixed;
  const Evidence& e = state.evidence;
  state.next_look = kNever;
  state.measurements = 1;
  const bool against_stable = needs_stable(p.measure);
  if (e.change_items <= 0 || (against_stable && e.stable_items <= 0)) {
    const Judgement judgement = without_data(params.no_data);
    const bool fails = judgement == Judgement::fail || judgement == Judgement::error;
    state.outlook = fails ? Outlook::failed : Outlook::passed;
    return;
  }
  const double level = e.change_sum / e.change_items;
  state.last_measure = level;
  double reference = baseline.level;
  double error = standard_error(baseline, reference, e.change_items);
  if (against_stable) {
    const double pooled = (e.change_sum + e.stable_sum) / (e.change_items + e.stable_items);
    const double harmonic = 1 / (1 / e.change_items + 1 / e.stable_items);
    reference = e.stable_sum / e.stable_items;
    error = standard_error(baseline, pooled, harmonic);
  }
  const double sign = p.direction == Direction::increase ? 1 : -1;
  const double excess = sign * (level - reference);
  const bool fails = excess > 0 && excess > normal_quantile(1 - p.alpha) * error;
  state.outlook = fails ? Outlook::failed : Outlook::passed;
}

}  // namespace

Time first_look(const VerdictParams& params, Time start, Duration interval) {
  if (params.fixed) return start + params.fixed->after;
  if (!params.threshold) return start + interval;
  const ThresholdParams& p = *params.threshold;
  if (p.initial_delay.count() > 0) return start + p.initial_delay;
  return start + (p.interval.count() > 0 ? p.interval : interval);
}

Time look_after(const VerdictParams& params, const VerdictState& state, Duration interval, Time t) {
  if (state.next_look > t || params.fixed) return state.next_look > t ? state.next_look : kNever;
  const bool own = params.threshold && params.threshold->interval.count() > 0;
  const Duration step = own ? params.threshold->interval : interval;
  return state.next_look + ((t - state.next_look) / step + 1) * step;
}

void look(const VerdictParams& params, const Baseline& baseline, Duration interval, Time now,
          VerdictState& state) {
  if (params.threshold) look_threshold(params, interval, now, state);
  if (params.sprt) look_sprt(params, baseline, interval, now, state);
  if (params.fixed) look_fixed(params, baseline, state);
}

SprtBounds sprt_bounds(const SprtParams& p) {
  return {log((1 - p.beta) / p.alpha), log(p.beta / (1 - p.alpha))};
}

double sprt_increment(const SprtParams& params, const Baseline& baseline, double items, double sum) {
  const double good = baseline.level;
  const double bad = good * params.ratio + params.difference;
  switch (baseline.law) {
    case Baseline::Law::bernoulli: {
      constexpr double kHair = 1e-12;
      const double p0 = std::clamp(good, kHair, 1 - kHair);
      const double p1 = std::clamp(bad, kHair, 1 - kHair);
      return sum * log(p1 / p0) + (items - sum) * log((1 - p1) / (1 - p0));
    }
    case Baseline::Law::poisson: return sum * log(bad / good) - items * (bad - good);
    case Baseline::Law::normal: {
      const double variance = baseline.sd * baseline.sd;
      return (bad - good) / variance * (sum - items * (good + bad) / 2);
    }
  }
  return 0;
}

}  // namespace breakglass::sim
