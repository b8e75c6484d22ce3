// Measuring, publishing, judging: windows close, readings travel through their pipelines, verdicts look.
#include <algorithm>

#include "sim/decider.hpp"
#include "sim/kernel/fmath.hpp"
#include "sim/run.hpp"
#include "sim/serving.hpp"

namespace breakglass::sim {
namespace {

const SignalParams& signal_params(const Run& run, int signal) {
  return run.scenario.params.signals[static_cast<std::size_t>(signal)];
}

const Move& move_of(const Run& run, int signal, std::size_t hypothesis) {
  return run.scenario.moves[static_cast<std::size_t>(signal)][hypothesis];
}

int free_slot(const World& world) {
  for (int i = 0; i < kMaxPending; ++i) {
    if (world.pending[static_cast<std::size_t>(i)].signal < 0) return i;
  }
  check_failed("more measurements on their way than a world holds", __FILE__, __LINE__);
}

// Level of the change's arm under a hypothesis, when the baseline stands at `level`.
double level_under(const Run& run, const Measurement& m, double level, std::size_t k) {
  return moved_level(signal_params(run, m.signal), level, move_of(run, m.signal, k), m.shown[k]);
}

Reading draw_arm(const Run& run, const Measurement& m, int arm, double requests, double level) {
  if (is_measured(run, m.signal)) return measured(run, m.signal, arm, m.from);
  const bool expected = run.scenario.params.traffic.counts == Counts::expected;
  const Address at = draw_at(run.world, Question::signal_value, m.signal * 2 + arm,
                             static_cast<std::uint64_t>(m.until.count()));
  return draw_reading(signal_params(run, m.signal), requests, level, expected, at);
}

// Tells what a measurement showed. A stable arm that nobody needed is drawn only now: its draws have an
// address of their own, so asking changes nothing.
void note_published(Run& run, const Measurement& m) {
  if (!run.reasons) return;
  Reading stable{m.items[0], m.sum[0]};
  if (!run.strategy.reads_stable[static_cast<std::size_t>(m.signal)]) {
    stable = draw_arm(run, m, 0, m.items[0], signal_params(run, m.signal).baseline);
  }
  note(run, ReasonKind::published, m.signal, static_cast<int>(m.items[1]),
       m.items[1] > 0 ? m.sum[1] / m.items[1] : -1, stable.items > 0 ? stable.sum / stable.items : -1);
  run.reasons->back().n2 = static_cast<std::int32_t>(stable.items);
}

void update_belief(Run& run, const Measurement& m) {
  World& w = run.world;
  // A queue has no likelihood that could be written down: belief leaves what is measured out.
  if (w.belief.hypotheses == 0 || is_measured(run, m.signal)) return;
  const SignalParams& params = signal_params(run, m.signal);
  const Reading change{m.items[1], m.sum[1]};
  if (!params.drift) {
    std::array<double, kMaxHypotheses> logs{};
    const auto count = static_cast<std::size_t>(w.belief.hypotheses);
    std::array<double, kMaxHypotheses> levels{};
    for (std::size_t k = 0; k < count; ++k) {
      levels[k] = level_under(run, m, params.baseline, k);
      // Severities that do not move this signal, or do not show yet, are as likely as the clean change.
      logs[k] = k > 0 && levels[k] == levels[0] ? logs[0] : log_likelihood(params, change, levels[k]);
    }
    return observe(w.belief, {logs.data(), count});
  }
  const Reading stable{m.items[0], m.sum[0]};
  const Time last = w.belief.drift_at[static_cast<std::size_t>(m.signal)];
  const double kept = last == kNever ? 0 : exp(-to_seconds(m.until - last) / to_seconds(params.drift->time));
  observe_drifting(w.belief, m.signal, params.drift->sd, kept, m.until, [&](int k, double drift) {
    const double level = drifted_level(params, drift);
    return log_likelihood(params, stable, level) +
           log_likelihood(params, change, level_under(run, m, level, static_cast<std::size_t>(k)));
  });
}

void gather(Run& run, const Measurement& m) {
  World& w = run.world;
  if (run.strategy.judge_points > 0) keep_points(run, m);
  for (std::size_t v = 0; v < run.strategy.verdict_signal.size(); ++v) {
    if (run.strategy.verdict_signal[v] != m.signal || m.from < w.verdicts[v].began) continue;
    Evidence& e = w.verdicts[v].evidence;
    e.stable_items += m.items[0];
    e.stable_sum += m.sum[0];
    e.change_items += m.items[1];
    e.change_sum += m.sum[1];
  }
}

void schedule_look(Run& run) {
  Time next = kNever;
  for (std::size_t v = 0; v < run.strategy.verdict_signal.size(); ++v) {
    const VerdictState& state = run.world.verdicts[v];
    if (is_running(state)) next = std::min(next, state.next_look);
  }
  if (next != kNever) schedule(run, next, EventKind::look);
}

// When this signal is measured next. Only what a look will see need be measured, and the windows that it sees
// for the first time can be drawn as one: their counts add up, and the sum has the same law (with
// overdispersion, the same mean and variance). So the next measurement ends with the last window that is
// published before the next look that can see a new one; where a judge reads them, with the next window.
// kNever: no verdict looks any more.
Time next_measurement(const Run& run, int signal) {
  const SignalParams& params = signal_params(run, signal);
  const MonitoringParams& monitoring = run.strategy.params.monitoring;
  const Time from = run.world.signals[static_cast<std::size_t>(signal)].from;
  const Time soonest = from + params.window + params.delay;  // publication of the first whole window
  // A person at the dashboards sees every window.
  Time target =
      manned(run) ? soonest + Time{1} : std::min(glance_after(run, soonest), step_end_after(run, soonest));
  bool single = false;  // a judge takes every window for a point
  for (std::size_t v = 0; v < monitoring.verdicts.size(); ++v) {
    const VerdictState& state = run.world.verdicts[v];
    // An inconclusive verdict may begin again, and dashboards do not wait for that.
    const bool looks = is_running(state) || state.outlook == Outlook::inconclusive;
    if (!looks || !reads(run.strategy, v, signal)) continue;
    single |= is_running(state) && monitoring.verdicts[v].judge.has_value();
    target = std::min(target, look_after(monitoring.verdicts[v], state, monitoring.interval, soonest));
  }
  if (target == kNever) return kNever;
  // After a pause the open stretch may be older than one window; it never ends in the past.
  const std::int64_t whole = (run.world.now - from + params.window - Time{1}) / params.window;
  const std::int64_t seen = single ? 1 : (target - Time{1} - params.delay - from) / params.window;
  const std::int64_t windows = std::max<std::int64_t>({1, whole, seen});
  return from + windows * params.window;
}

void schedule_measurement(Run& run, int signal) {
  const Time next = next_measurement(run, signal);
  if (next != kNever) schedule(run, next, EventKind::measure, signal);
}

ReasonKind reason_of(Outlook outlook) {
  switch (outlook) {
    case Outlook::passed: return ReasonKind::verdict_passed;
    case Outlook::inconclusive: return ReasonKind::verdict_inconclusive;
    case Outlook::error: return ReasonKind::verdict_error;
    default: return ReasonKind::verdict_failed;
  }
}

// Begins the verdicts whose step has come. Returns whether there were any.
bool begin_verdicts(Run& run) {
  World& w = run.world;
  const MonitoringParams& monitoring = run.strategy.params.monitoring;
  bool any = false;
  for (std::size_t v = 0; v < monitoring.verdicts.size(); ++v) {
    const VerdictParams& params = monitoring.verdicts[v];
    if (w.verdicts[v].began != kNever || !begins_in(params, w.rollout.step)) continue;
    // At full weight, where a refinement begins, a judge has nothing to compare with.
    if (params.judge && w.rollout.weight >= 1) continue;
    w.verdicts[v].began = w.now;
    w.verdicts[v].next_look = first_look(params, w.now, monitoring.interval);
    any = true;
  }
  return any;
}

void open_window(Run& run, int signal) {
  SignalState& state = run.world.signals[static_cast<std::size_t>(signal)];
  state.from = run.world.now;
  state.items = {};
  state.shown = {};
}

// The checks that the controller which moves by ticks has counted as failed.
std::int32_t failed_checks(const Run& run) {
  std::int32_t count = 0;
  const auto& verdicts = run.strategy.params.monitoring.verdicts;
  for (std::size_t v = 0; v < verdicts.size(); ++v) {
    if (verdicts[v].ticks) count += run.world.verdicts[v].failures;
  }
  return count;
}

bool held(const Run& run) {
  const auto& verdicts = run.world.verdicts;
  return std::any_of(verdicts.begin(), verdicts.end(),
                     [](const VerdictState& state) { return is_running(state) && state.holds; });
}

// Whether the current step has an analysis of its own that has not ended.
bool waits_for_analysis(const Run& run) {
  const auto& verdicts = run.strategy.params.monitoring.verdicts;
  for (std::size_t v = 0; v < verdicts.size(); ++v) {
    if (verdicts[v].in_step != run.world.rollout.step + 1 || verdicts[v].dry_run) continue;
    if (is_running(run.world.verdicts[v])) return true;
  }
  return false;
}

// One look of one verdict. Ticks are one controller: the first check that fails ends the tick for the others.
void look_at(Run& run, std::size_t v, std::int32_t failed_before) {
  const MonitoringParams& monitoring = run.strategy.params.monitoring;
  const VerdictParams& params = monitoring.verdicts[v];
  VerdictState& state = run.world.verdicts[v];
  const Time now = run.world.now;
  if (params.judge) return run_judge(run, v);
  if (!params.ticks) return look(params, run.strategy.baselines[v], monitoring.interval, now, state);
  if (failed_checks(run) > failed_before) {
    state.holds = false;
    state.evidence = {};
    state.next_look = now + monitoring.interval;
    return;
  }
  look_ticks(*params.ticks, params.no_data, monitoring.interval, now, failed_before, state);
  if (state.holds) {
    note(run, ReasonKind::check_failed, static_cast<int>(v), failed_before + 1, state.last_measure,
         static_cast<double>(params.ticks->threshold));
  }
}

}  // namespace

void begin_watch(Run& run) {
  World& w = run.world;
  for (const int s : run.strategy.signals) open_window(run, s);
  w.verdicts = {};
  begin_judging(run);  // a person may have chosen a schedule with a judge since the page
  begin_verdicts(run);
  for (const int s : run.strategy.signals) schedule_measurement(run, s);
  schedule_look(run);
}

void watch_step(Run& run) {
  // A signal that nobody has looked at until now is measured from now on.
  std::array<bool, kMaxSignals> idle{};
  for (const int s : run.strategy.signals) {
    idle[static_cast<std::size_t>(s)] = next_measurement(run, s) == kNever;
  }
  if (!begin_verdicts(run)) return;
  for (const int s : run.strategy.signals) {
    if (idle[static_cast<std::size_t>(s)]) open_window(run, s);
  }
  end_watch(run);
  for (const int s : run.strategy.signals) schedule_measurement(run, s);
  schedule_look(run);
}

void end_ticks(Run& run) {
  const auto& verdicts = run.strategy.params.monitoring.verdicts;
  for (std::size_t v = 0; v < verdicts.size(); ++v) {
    if (verdicts[v].ticks && is_running(run.world.verdicts[v]))
      run.world.verdicts[v].outlook = Outlook::passed;
  }
}

void end_watch(Run& run) {
  run.world.queue.cancel_if([](const auto& event) {
    return event.payload.kind == EventKind::measure || event.payload.kind == EventKind::look;
  });
}

void on_measure(Run& run, int signal) {
  count_traffic(run);
  World& w = run.world;
  const SignalParams& params = signal_params(run, signal);
  SignalState& state = w.signals[static_cast<std::size_t>(signal)];
  const bool expected = run.scenario.params.traffic.counts == Counts::expected;
  if (params.drift && !expected)
    advance_drift(*params.drift, state, w.now, draw_at(w, Question::signal_drift, signal, 0));

  const int slot = free_slot(w);
  Measurement& m = w.pending[static_cast<std::size_t>(slot)];
  m.signal = signal;
  m.attempt = w.change.attempt;
  m.from = state.from;
  m.until = w.now;
  for (std::size_t k = 0; k < m.shown.size(); ++k) {
    m.shown[k] = state.items[1] > 0 ? state.shown[k] / state.items[1] : 0;
  }
  const double level = drifted_level(params, state.drift);
  const double changed = level_under(run, m, level, static_cast<std::size_t>(w.change.hypothesis));
  const Reading change = draw_arm(run, m, 1, state.items[1], changed);
  m.items = {state.items[0], change.items};
  m.sum = {0, change.sum};
  if (run.strategy.reads_stable[static_cast<std::size_t>(signal)]) {
    const Reading stable = draw_arm(run, m, 0, state.items[0], level);
    m.items[0] = stable.items;
    m.sum[0] = stable.sum;
  }
  state.from = w.now;
  state.items = {};
  state.shown = {};
  schedule(run, w.now + params.delay, EventKind::publish, slot);
  schedule_measurement(run, signal);
}

void on_publish(Run& run, int slot) {
  World& w = run.world;
  Measurement& pending = w.pending[static_cast<std::size_t>(slot)];
  const Measurement m = pending;
  pending = {};
  if (m.attempt != w.change.attempt) return;  // of a change that is no more
  update_belief(run, m);
  if (w.rollout.stage == Stage::stepping) gather(run, m);
  if (w.rollout.stage == Stage::stepping) show_watchers(run, m);
  note_published(run, m);
}

void restart_inconclusive(Run& run) {
  World& w = run.world;
  for (std::size_t v = 0; v < run.strategy.verdict_signal.size(); ++v) {
    if (w.verdicts[v].outlook != Outlook::inconclusive) continue;
    w.verdicts[v] = {};
    w.verdicts[v].began = w.now;
    w.verdicts[v].next_look = first_look(run.strategy.params.monitoring.verdicts[v], w.now,
                                         run.strategy.params.monitoring.interval);
  }
  // They look sooner or later than before: everything is scheduled anew.
  end_watch(run);
  for (const int s : run.strategy.signals) schedule_measurement(run, s);
  schedule_look(run);
}

void remeasure(Run& run) {
  run.world.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::measure; });
  for (const int s : run.strategy.signals) schedule_measurement(run, s);
}

Observation observe(const Run& run, bool step_over) {
  const World& w = run.world;
  Observation o;
  o.now = w.now;
  o.step = w.rollout.step;
  o.steps = static_cast<std::int32_t>(run.strategy.params.steps.size());
  o.weight = w.rollout.weight;
  o.step_over = step_over;
  o.extensions = w.rollout.extensions;
  o.verdict_count = static_cast<std::int32_t>(run.strategy.verdict_signal.size());
  for (std::size_t v = 0; v < run.strategy.verdict_signal.size(); ++v) o.verdicts[v] = w.verdicts[v].outlook;
  o.held = held(run);
  o.waiting = waits_for_analysis(run);
  o.concern = w.watchers.concern;
  o.concerns = w.watchers.concerns;
  o.reports = w.reports.triaged;
  if (step_over) o.pace = pace_of(run);
  return o;
}

void on_look(Run& run) {
  World& w = run.world;
  const std::int32_t failed_before = failed_checks(run);
  for (std::size_t v = 0; v < run.strategy.params.monitoring.verdicts.size(); ++v) {
    VerdictState& state = w.verdicts[v];
    if (!look_due(state, w.now)) continue;
    look_at(run, v, failed_before);
    if (state.outlook == Outlook::running) continue;
    const VerdictParams& params = run.strategy.params.monitoring.verdicts[v];
    const bool counts_looks = params.group_sequential || params.judge;
    note(run, reason_of(state.outlook), static_cast<int>(v),
         counts_looks ? state.measurements : state.failures, state.last_measure,
         params.judge ? state.errors_in_a_row > 0 : !state.measured);
  }
  if (decide(run, observe(run, false)) == Decision::roll_back) return ask_rollback(run, kByVerdict);
  schedule_look(run);
  if (w.rollout.overdue && !waits_for_analysis(run)) {
    w.rollout.overdue = false;
    schedule(run, w.now, EventKind::step_over);
  }
}

}  // namespace breakglass::sim
