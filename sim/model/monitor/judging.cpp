#include "sim/model/monitor/judging.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

// The first window that a run at `now` sees.
Time seen_from(const JudgeParams& p, Time began, Time now) {
  return p.lookback.count() > 0 ? std::max(began, now - p.lookback) : began + p.warm_up;
}

// A window's value to 41 bits. Where every count is its expectation, the quotient of the same level may
// differ in its last bit from window to window and arm to arm, and ranks would take that for a shift.
double value_of(double items, double sum) {
  constexpr double kSplit = (1 << 12) + 1;
  const double value = sum / items, wide = kSplit * value;
  return wide - (wide - value);
}

// The points of one arm, in a place that has room for them.
struct Sample {
  std::array<double, kMaxPoints> values;
  std::size_t count = 0;

  void add(const JudgedParams& metric, double items, double sum) {
    if (items > 0) {
      values[count++] = value_of(items, sum);
    } else if (metric.nan_strategy == NanStrategy::replace) {
      values[count++] = 0;
    }
  }
  std::span<double> all() { return {values.data(), count}; }
};

// What a run without a score comes to while others follow.
Outlook without_score(NoData no_data) {
  switch (no_data) {
    case NoData::error: return Outlook::error;
    case NoData::fail: return Outlook::failed;
    case NoData::pass:
    case NoData::ignore: break;
  }
  return Outlook::running;
}

}  // namespace

Duration interval_of(const JudgeParams& p) {
  return p.interval.count() <= 0 || p.interval > p.lifetime ? p.lifetime : p.interval;
}

std::int64_t runs_of(const JudgeParams& p) {
  const Duration interval = interval_of(p);
  return interval < p.lifetime ? p.lifetime / interval : 1;
}

Duration length_of(const JudgeParams& p) { return p.warm_up + runs_of(p) * interval_of(p); }

std::int64_t points_of(const JudgeParams& p, Duration window) {
  const Duration span = p.lookback.count() > 0 ? p.lookback : runs_of(p) * interval_of(p);
  return std::min(span, length_of(p)) / window;
}

void keep_point(const JudgeParams& p, const JudgedMetric& metric, Time began, Duration window, Time from,
                const Evidence& seen, JudgingState& state) {
  if (p.lookback.count() == 0 && from < began + p.warm_up) return;
  const auto index = static_cast<std::size_t>((from - began) / window);
  state.points[metric.first + index % metric.capacity] = {from, seen};
}

Graded grade_points(const JudgeParams& p, std::size_t metric, const JudgedMetric& place, Time began, Time now,
                    const JudgingState& state) {
  const JudgedParams& params = p.metrics[metric];
  const Time first = seen_from(p, began, now);
  Sample change, stable;
  for (std::size_t i = place.first; i < place.first + place.capacity; ++i) {
    const JudgePoint& point = state.points[i];
    if (point.from == kNever || point.from < first) continue;
    change.add(params, point.seen.change_items, point.seen.change_sum);
    stable.add(params, point.seen.stable_items, point.seen.stable_sum);
  }
  return grade(p, params, change.all(), stable.all());
}

void end_run(const JudgeParams& p, NoData no_data, const Score& score, Time now, VerdictState& state) {
  ++state.measurements;
  keep_measure(state, score.value);
  state.next_look = now + interval_of(p);
  const bool is_last = state.measurements >= runs_of(p);
  state.errors_in_a_row = score.without_data ? state.errors_in_a_row + 1 : 0;
  if (score.without_data) {
    state.outlook = without_score(no_data);
    if (!is_last || state.outlook != Outlook::running) return;
    state.outlook = no_data == NoData::pass ? Outlook::passed : Outlook::inconclusive;
  } else if (score.value <= p.marginal || (is_last && score.value < p.pass)) {
    state.outlook = Outlook::failed;
  } else if (is_last) {
    state.outlook = Outlook::passed;
  }
}

}  // namespace breakglass::sim
