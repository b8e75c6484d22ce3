#include "sim/model/traffic.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/samplers.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

constexpr Duration kHour = std::chrono::hours{1};

double curve_factor(const EntryParams& entry, const CivilClock& clock, Time t) {
  double factor = 1;
  if (!entry.daily.empty()) factor *= entry.daily[static_cast<std::size_t>(local_hour(clock, t))];
  if (!entry.weekly.empty()) factor *= entry.weekly[static_cast<std::size_t>(local_weekday(clock, t))];
  return factor;
}

RateCurve daily_curve(const EntryParams& entry, const CivilClock& clock, Time horizon) {
  RateCurve curve;
  Time t{0};
  while (t < horizon) {
    const Duration into_hour = std::chrono::seconds{local_second_of_day(clock, t) % 3600};
    const Time next = std::min(horizon, t + kHour - into_hour);
    append_step(curve, next, entry.rate_per_s * curve_factor(entry, clock, t));
    t = next;
  }
  return curve;
}

RateCurve trace_curve(const TraceParams& trace, Time horizon) {
  RateCurve curve;
  const TraceData& data = trace.data;
  for (Time start{0}; start < horizon; start += data.length) {
    Time t = start;
    for (const double count : data.bin_counts) {
      const Time next = std::min(t + data.bin, start + data.length);
      if (next <= t) break;
      append_step(curve, std::min(next, horizon), trace.scale * count / to_seconds(next - t));
      t = next;
      if (t >= horizon) break;
    }
    append_step(curve, std::min(start + data.length, horizon), 0);
    if (!trace.repeat) break;
  }
  append_step(curve, horizon, 0);
  return curve;
}

// Arrivals in [0, t) of one pass through the trace.
double arrivals_within(const TraceData& data, Duration t) {
  if (!data.arrivals.empty()) {
    const auto end = std::lower_bound(data.arrivals.begin(), data.arrivals.end(), t);
    return static_cast<double>(end - data.arrivals.begin());
  }
  double sum = 0;
  Duration start{0};
  for (const double count : data.bin_counts) {
    const Duration end = std::min(start + data.bin, data.length);
    if (end <= start) break;
    if (t < end) return sum + count * (to_seconds(t - start) / to_seconds(end - start));
    sum += count;
    start = end;
  }
  return sum;
}

double arrivals_of_pass(const TraceData& data) {
  if (!data.arrivals.empty()) return static_cast<double>(data.arrivals.size());
  double sum = 0;
  for (const double count : data.bin_counts) sum += count;
  return sum;
}

Address window(Address at, Question question, int entity, Time from) {
  at.question = static_cast<std::uint8_t>(question);
  at.entity = static_cast<std::uint16_t>(entity);
  at.index = static_cast<std::uint64_t>(from.count());
  return at;
}

}  // namespace

std::vector<BurstStateParams> burst_states(const EntryParams& entry) {
  if (!entry.burst) return {};
  if (!entry.burst->states.empty()) return entry.burst->states;
  return {{1, entry.burst->mean_gap, {}}, {entry.burst->factor, entry.burst->mean_length, {}}};
}

std::vector<double> burst_odds(const std::vector<BurstStateParams>& states, int state) {
  const auto from = static_cast<std::size_t>(state);
  std::vector<double> odds = states[from].next;
  if (odds.empty()) {
    odds.assign(states.size(), 1);
    odds[from] = states.size() > 1 ? 0 : 1;
  }
  double sum = 0;
  for (const double o : odds) sum += o;
  for (double& o : odds) o /= sum;
  return odds;
}

RateCurve base_curve(const EntryParams& entry, const CivilClock& clock, Time horizon) {
  return entry.trace ? trace_curve(*entry.trace, horizon) : daily_curve(entry, clock, horizon);
}

double replayed_until(const TraceParams& trace, Time t) {
  const TraceData& data = trace.data;
  const std::int64_t passes = t / data.length;
  if (passes > 0 && !trace.repeat) return trace.scale * arrivals_of_pass(data);
  const double whole = static_cast<double>(passes) * arrivals_of_pass(data);
  return trace.scale * (whole + arrivals_within(data, t - passes * data.length));
}

namespace {

double burst_factor(const Flow& flow, const TrafficState& state, std::size_t i) {
  return flow.bursts.empty() ? 1 : flow.bursts[state.burst[i]].factor;
}

}  // namespace

// Differences of running integrals can leave a rounding error below zero where there is no traffic: hence the
// maxima below.
Expectation expect_requests(std::span<const Flow> flows, const TrafficState& state, Time from, Time until) {
  Expectation sum;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const Flow& flow = flows[i];
    if (flow.replay) {
      // Whole arrivals, apportioned so that no window loses or gains one.
      sum.replayed += std::floor(flow.visits * replayed_until(*flow.replay, until)) -
                      std::floor(flow.visits * replayed_until(*flow.replay, from));
    } else {
      sum.drawn += flow.visits * burst_factor(flow, state, i) * requests_between(flow.curve, from, until);
    }
  }
  sum.drawn = std::max(sum.drawn, 0.0);
  return sum;
}

Weighed weigh_requests(std::span<const Flow> flows, const TrafficState& state, Time from, Time until,
                       double growth_from, double growth_until) {
  Weighed sum;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const Flow& flow = flows[i];
    const double scale = flow.visits * burst_factor(flow, state, i);
    sum.requests += scale * requests_between(flow.curve, from, until);
    sum.weighted += scale * weighted_between(flow.curve, from, until, growth_from, growth_until);
  }
  return {std::max(sum.requests, 0.0), std::max(sum.weighted, 0.0)};
}

Arrivals draw_arrivals(const Expectation& expected, double share, Counts counts, Address at, Time from) {
  if (counts == Counts::expected) {
    const double all = expected.requests();
    return {all * (1 - share), all * share};
  }
  Arrivals result;
  if (expected.drawn > 0) {
    const Uniform2 u = uniform2(window(at, Question::arrivals, 0, from));
    if (share < 1) result.stable = poisson_quantile(u.first, expected.drawn * (1 - share));
    if (share > 0) result.change = poisson_quantile(u.second, expected.drawn * share);
  }
  if (expected.replayed > 0) {
    const double u = uniform(window(at, Question::routed, 0, from));
    const double change = binomial_quantile(u, expected.replayed, share);
    result.change += change;
    result.stable += expected.replayed - change;
  }
  return result;
}

}  // namespace breakglass::sim
