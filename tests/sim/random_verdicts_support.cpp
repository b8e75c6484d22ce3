// The verdicts of random cases: every kind, in every step, with every policy.
#include <algorithm>
#include <cmath>

#include "sim/most_items.hpp"
#include "sim/step_ends.hpp"
#include "tests/sim/random_builder.hpp"

namespace breakglass::tests {
namespace {

using sim::NoData;

// How long the verdict lives where every step lasts its time, and how long of it with a stable arm.
struct Life {
  Duration all{}, with_stable{};
};

Life life_of(const sim::StrategyParams& s, const sim::VerdictParams& v) {
  Life life;
  for (std::size_t i = 0; i < s.steps.size(); ++i) {
    if (!sim::begins_in(v, static_cast<int>(i))) continue;
    if (v.ticks && i > 0 && s.steps[i].weight >= 1) continue;
    life.all += s.steps[i].duration;
    if (s.steps[i].weight < 1) life.with_stable += s.steps[i].duration;
  }
  return life;
}

Duration part_of(Duration whole, double share) {
  return std::chrono::seconds{1 + static_cast<std::int64_t>(sim::to_seconds(whole) * share)};
}

sim::Measure measure_for(Dice& d, const sim::SignalParams& signal, bool ratios = true) {
  if (signal.kind != sim::SignalKind::ratio || !d.chance(0.4)) return sim::Measure::level;
  return ratios && d.chance(0.5) ? sim::Measure::ratio_to_stable : sim::Measure::difference_to_stable;
}

double level_of(sim::Measure measure, const sim::SignalParams& signal) {
  switch (measure) {
    case sim::Measure::ratio_to_stable: return 1;
    case sim::Measure::difference_to_stable: return 0.01;
    default: return signal.baseline;
  }
}

// Bounds that leave room to pass and to fail.
void bounds(Dice& d, sim::ThresholdParams& t, double level) {
  if (d.chance(0.3)) {
    t.below = level * d.nice(0.2, 0.9);
    if (d.chance(0.3)) t.pass_above = *t.below * 1.05;
    return;
  }
  t.above = level * d.nice(1, 2);
  if (d.chance(0.3)) t.pass_below = *t.above * 0.9;
  if (d.chance(0.2)) t.below = level * d.nice(0.1, 0.5);
}

// Limits; a count that some run of measurements can meet.
void limits(Dice& d, sim::ThresholdParams& t) {
  t.count = d.chance(0.4) ? d.whole(1, 20) : 0;
  t.failure_limit = d.whole(0, 4);
  t.consecutive_error_limit = d.whole(0, 4);
  t.inconclusive_limit = d.whole(0, 3);
  t.min_items = d.chance(0.3) ? d.whole(1, 50) : 0;
  if (d.chance(0.2)) t.consecutive_success_limit = d.whole(1, 4);
  if (d.chance(0.3)) t.error_retry = std::chrono::seconds{d.whole(5, 60)};
  if (t.count == 0) return;
  t.count = std::max({t.count, t.failure_limit + std::max<std::int64_t>(1, t.consecutive_success_limit),
                      t.inconclusive_limit + 1});
  if (t.consecutive_success_limit > 0 && d.chance(0.3)) t.failure_limit = -1;
}

// A count that may come with a measure which needs the stable arm.
void count_some(Dice& d, sim::ThresholdParams& t) {
  t.count = std::max<std::int64_t>(d.whole(6, 20), t.failure_limit + t.consecutive_success_limit + 1);
}

void threshold(Dice& d, sim::VerdictParams& v, const sim::SignalParams& signal) {
  v.threshold.emplace();
  sim::ThresholdParams& t = *v.threshold;
  t.measure = measure_for(d, signal);
  bounds(d, t, level_of(t.measure, signal));
  limits(d, t);
  t.interval = d.chance(0.5) ? signal.window * d.whole(1, 3) : Duration{};
  v.no_data = d.chance(0.5) ? NoData::ignore : NoData::pass;
  if (!d.chance(0.3)) return;
  v.no_data = d.chance(0.5) ? NoData::fail : NoData::error;  // must not starve by construction
  t.interval = signal.window * d.whole(1, 3);
  t.initial_delay = signal.window + signal.delay + d.seconds(1, 600);
  if (t.measure != sim::Measure::level && t.count == 0) count_some(d, t);
}

void ticks(Dice& d, sim::VerdictParams& v, const sim::SignalParams& signal, Duration interval) {
  v.ticks.emplace();
  sim::TicksParams& t = *v.ticks;
  t.measure = measure_for(d, signal);
  t.threshold = d.whole(1, 5);
  t.min_items = d.chance(0.3) ? d.whole(1, 20) : 0;
  const double level = level_of(t.measure, signal);
  if (d.chance(0.8)) {
    t.above = level * d.nice(1, 2.5);
  } else {
    t.below = level * d.nice(0.2, 0.9);
  }
  v.no_data = static_cast<NoData>(d.whole(0, 3));
  const bool starves = interval * t.threshold <= signal.window + signal.delay;
  if (starves && v.no_data != NoData::pass) v.no_data = NoData::ignore;
}

void fixed_look(Dice& d, sim::VerdictParams& v, Duration all) {
  v.fixed.emplace();
  v.fixed->after = part_of(all, d.between(0, 0.9));
  v.fixed->alpha = d.nice(0.001, 0.3);
  v.fixed->direction = static_cast<sim::Direction>(d.whole(0, 1));
  v.fixed->measure = static_cast<sim::Measure>(d.whole(0, 2));
  v.no_data = static_cast<NoData>(d.whole(0, 3));
}

void group_sequential(Dice& d, sim::VerdictParams& v, const sim::SignalParams& signal, Duration interval,
                      const Life& life) {
  v.group_sequential.emplace();
  sim::GroupSequentialParams& g = *v.group_sequential;
  g.looks = d.whole(1, 6);
  g.boundary = static_cast<sim::Boundary>(d.whole(0, 1));
  g.alpha = d.chance(0.5) ? 0.05 : 0.2;
  g.two_sided = d.chance(0.3);
  g.direction = static_cast<sim::Direction>(d.whole(0, 1));
  g.measure = measure_for(d, signal, false);
  if (d.chance(0.8)) g.every = part_of(life.all, d.between(0.1, 0.95) / static_cast<double>(g.looks));
  const Duration every = g.every.count() > 0 ? g.every : interval, data = signal.window + signal.delay;
  v.no_data = static_cast<NoData>(d.whole(0, 3));
  const bool ends = v.no_data == NoData::error || v.no_data == NoData::fail;
  const bool compares = g.measure != sim::Measure::level;
  if (ends && (every <= data || (compares && every * g.looks > life.with_stable))) v.no_data = NoData::ignore;
}

void always_valid(Dice& d, sim::VerdictParams& v, const sim::SignalParams& signal, Duration interval) {
  v.always_valid.emplace();
  sim::AlwaysValidParams& a = *v.always_valid;
  a.measure = measure_for(d, signal, false);
  const double scale = signal.kind == sim::SignalKind::mean ? signal.sd : signal.baseline;
  a.effect = std::max(1e-4, scale * d.nice(0.1, 2));
  a.tolerance = d.chance(0.3) ? scale * d.nice(0, 0.2) : 0;
  a.alpha = d.nice(0.001, 0.3);
  a.two_sided = d.chance(0.3);
  a.direction = static_cast<sim::Direction>(d.whole(0, 1));
  const bool may_fail = interval > signal.window + signal.delay && a.measure == sim::Measure::level;
  v.no_data = may_fail && d.chance(0.5) ? NoData::fail : NoData::ignore;
}

sim::JudgedParams metric_of(Dice& d, const sim::SignalParams& signal) {
  sim::JudgedParams m;
  m.signal = signal.id;
  m.direction = static_cast<sim::JudgeDirection>(d.whole(0, 2));
  m.critical = d.chance(0.4);
  m.nan_strategy = d.chance(0.3) ? sim::NanStrategy::replace : sim::NanStrategy::remove;
  m.must_have_data = m.nan_strategy == sim::NanStrategy::remove && d.chance(0.3);
  m.effect = static_cast<sim::Effect>(d.whole(0, 1));
  m.remove_outliers = d.chance(0.3);
  if (m.remove_outliers) m.outlier_factor = d.nice(1, 4);
  const bool cles = m.effect == sim::Effect::cles;
  if (m.direction != sim::JudgeDirection::decrease && d.chance(0.6)) {
    m.allowed_increase = cles ? d.nice(0.5, 0.8) : d.nice(1, 2);
    if (m.critical && d.chance(0.9)) m.critical_increase = *m.allowed_increase + d.nice(0, 0.2);
  }
  if (m.direction != sim::JudgeDirection::increase && d.chance(0.6)) {
    m.allowed_decrease = cles ? d.nice(0.2, 0.5) : d.nice(0.5, 1);
    if (m.critical && d.chance(0.9)) m.critical_decrease = *m.allowed_decrease * d.nice(0.5, 1);
  }
  return m;
}

// Its first run can have a point of every metric, and its last one comes while there is a stable arm.
void judge(Dice& d, sim::VerdictParams& v, const sim::ScenarioParams& p, const Life& life) {
  v.judge.emplace();
  sim::JudgeParams& j = *v.judge;
  Duration data{}, window{};
  for (const auto& signal : p.signals) {
    if (!j.metrics.empty() && d.chance(0.5)) continue;
    j.metrics.push_back(metric_of(d, signal));
    data = std::max(data, signal.window + signal.delay);
    window = std::max(window, signal.window);
  }
  if (j.metrics.size() > 1 && d.chance(0.4)) {
    j.metrics[0].group = "first";
    j.weights = {{"first", d.chance(0.5) ? 60.0 : 30.0}};
  }
  if (d.chance(0.4)) j.warm_up = part_of(life.with_stable, d.between(0, 0.3));
  if (d.chance(0.4)) j.lookback = data + d.seconds(60, 7200);
  const Duration first = data + window + std::chrono::seconds{1};  // the warm-up ends with a window
  const int runs = d.whole(1, 5);
  const Duration room = life.with_stable - j.warm_up;
  const Duration each = std::max(first, part_of(room, d.between(0.2, 0.95) / runs));
  j.interval = runs > 1 ? each : Duration{};
  j.lifetime = each * runs;
  j.marginal = d.whole(0, 80);
  j.pass = d.whole(80, 100);
  if (d.chance(0.3)) j.tolerance = d.nice(0, 0.5);
  if (d.chance(0.3)) j.confidence = d.nice(0.8, 0.999);
  v.no_data = static_cast<NoData>(d.whole(0, 3));
}

// A verdict of one step, which waits for it; a later begin; or one that is only told.
void place(Dice& d, sim::VerdictParams& v, const sim::StrategyParams& s) {
  const int steps = static_cast<int>(s.steps.size());
  v.dry_run = d.chance(0.15);
  if (d.chance(0.25)) {
    v.in_step = d.whole(1, steps);
  } else if (d.chance(0.3)) {
    v.from_step = d.whole(1, steps);
  }
}

bool outlives_its_step(const sim::ScenarioParams& p, const sim::StrategyParams& s,
                       const sim::VerdictParams& v) {
  if (!v.in_step || v.dry_run) return false;
  const bool ends = v.threshold ? v.threshold->count > 0 : !v.sprt && !v.ticks && !v.always_valid;
  if (!ends) return true;
  sim::StrategyParams alone = s;
  alone.monitoring.verdicts = {v};
  return !sim::never_ends(p, alone, static_cast<std::size_t>(*v.in_step - 1)).empty();
}

bool judge_sees(const sim::StrategyParams& s, const sim::VerdictParams& v, const Life& life) {
  if (life.with_stable.count() == 0) return false;
  if (v.in_step && !v.dry_run) return true;
  return !s.pacing && sim::length_of(*v.judge) <= life.with_stable;
}

// Looks that all come before anything is published, and pass by that.
bool ends_unseeing(const sim::VerdictParams& v, Duration first, Duration every, Duration data) {
  if (v.fixed) return v.fixed->after <= data;
  if (v.no_data != NoData::pass) return false;
  const std::int64_t looks = v.threshold          ? v.threshold->count
                             : v.group_sequential ? v.group_sequential->looks
                                                  : 0;
  return looks > 0 && first + (looks - 1) * every <= data;
}

bool enough_items(const sim::ScenarioParams& p, const sim::StrategyParams& s, const sim::VerdictParams& v,
                  const sim::SignalParams& signal) {
  const double least = v.threshold ? v.threshold->min_items : v.ticks ? v.ticks->min_items : 0;
  if (least <= 0) return true;
  double weight = 0;
  for (std::size_t i = 0; i < s.steps.size(); ++i) {
    const double w = s.steps[i].weight;
    if (!sim::begins_in(v, static_cast<int>(i)) || (v.ticks && i > 0 && w >= 1)) continue;
    weight = std::max(weight, sim::compares_arms(v) ? std::min(w, 1 - w) : w);
  }
  return least <= sim::most_items(p, signal, v, s.monitoring.interval, weight);
}

}  // namespace

bool sees(const sim::ScenarioParams& p, const sim::StrategyParams& s, const sim::VerdictParams& v) {
  const Life life = life_of(s, v);
  if (outlives_its_step(p, s, v)) return false;
  if (v.judge) return judge_sees(s, v, life);
  const auto& signal = *std::find_if(p.signals.begin(), p.signals.end(),
                                     [&v](const sim::SignalParams& one) { return one.id == v.signal; });
  const Duration interval = s.monitoring.interval, every = sim::own_interval(v, interval);
  const Duration data = signal.window + signal.delay, first = sim::first_look(v, {}, interval);
  if (ends_unseeing(v, first, every, data)) return false;
  if (!v.in_step && (first >= life.all || data >= life.all)) return false;
  if (v.group_sequential && !v.in_step && every * v.group_sequential->looks >= life.all) return false;
  if (sim::compares_arms(v) && life.with_stable.count() == 0) return false;
  return enough_items(p, s, v, signal);
}

sim::VerdictParams random_verdict(const Builder& b, int i) {
  Dice d = b.dice(60 + static_cast<std::uint64_t>(i));
  const auto& signals = b.p.signals;
  const auto& signal = signals[static_cast<std::size_t>(d.whole(0, static_cast<int>(signals.size()) - 1))];
  const Duration interval = b.s.monitoring.interval;
  sim::VerdictParams v;
  v.signal = signal.id;
  const int kind = d.whole(0, 9);
  if (b.may(kControllers)) place(d, v, b.s);
  const Life life = life_of(b.s, v);
  const bool tests = b.may(kTests);
  if (kind == 0) {
    fixed_look(d, v, life.all);
  } else if (kind == 1 && !v.in_step) {
    v.sprt = sim::SprtParams{d.nice(1.2, 3), 0, d.nice(0.001, 0.2), d.nice(0.01, 0.3)};
    if (d.chance(0.3)) v.sprt = sim::SprtParams{1, signal.baseline * d.nice(0.1, 1), 0.05, 0.1};
    v.no_data = interval > signal.window + signal.delay && d.chance(0.3) ? NoData::fail : NoData::ignore;
  } else if ((kind == 2 || kind == 3) && b.may(kControllers) && !v.in_step) {
    ticks(d, v, signal, interval);
  } else if (kind == 4 && tests) {
    group_sequential(d, v, signal, interval, life);
  } else if (kind == 5 && tests && !v.in_step) {
    always_valid(d, v, signal, interval);
  } else if (kind == 6 && tests && life.with_stable.count() > 0) {
    v.signal.clear();
    judge(d, v, b.p, life);
  } else {
    threshold(d, v, signal);
  }
  return v;
}

void Builder::verdicts() {
  Dice d = dice(19);
  if (!s.ships) return;
  const int n = d.whole(0, 4);
  for (int i = 0; i < n; ++i) {
    sim::VerdictParams v = random_verdict(*this, i);
    if (sees(p, s, v)) s.monitoring.verdicts.push_back(std::move(v));
  }
}

}  // namespace breakglass::tests
