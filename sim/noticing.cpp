// How people notice what no dashboard shows: watchers glance, users report, support triages. Nothing here
// costs an event where the strategy has no watchers, or nobody reads reports, or nothing is there to report.
#include <algorithm>
#include <limits>

#include "sim/decider.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

std::uint64_t now_index(const Run& run) { return static_cast<std::uint64_t>(run.world.now.count()); }

int watchers(const Run& run) { return static_cast<int>(run.strategy.params.monitoring.watchers); }

int reports_to_act(const Run& run) {
  return run.scenario.params.reports ? static_cast<int>(run.strategy.params.monitoring.reports_to_act) : 0;
}

// Whether there is a rollout that can be acted on: not while one is taken back, or a refinement is made.
bool can_act(const Run& run) {
  const Stage stage = run.world.rollout.stage;
  return stage == Stage::stepping || stage == Stage::complete;
}

Noise noise_of(const SignalParams& signal) {
  Noise noise;
  noise.law = signal.kind == SignalKind::ratio   ? Noise::Law::bernoulli
              : signal.kind == SignalKind::count ? Noise::Law::poisson
                                                 : Noise::Law::normal;
  noise.level = signal.baseline;
  noise.sd = signal.sd;
  noise.overdispersion = signal.overdispersion;
  noise.rises = signal.worse == Worse::increase;
  return noise;
}

// The signal that is noticed at this glance: of those noticed the one that stands out most; -1: none. Most
// glances notice nothing, whatever they show: their draw is above what any anomaly would be noticed with.
struct Noticed {
  int signal = -1;
  double z = 0;
};

Noticed glance(const Run& run) {
  const World& w = run.world;
  const WatchParams& params = run.scenario.params.watch;
  const double vigilant = vigilance(params, w.now - w.rollout.rollout_began);
  const double at_best = notice_probability(1, vigilant, watchers(run));
  Noticed found;
  for (std::size_t s = 0; s < run.scenario.params.signals.size(); ++s) {
    const Sight& sight = w.watchers.seen[s];
    if (sight.change_items <= 0) continue;
    const int signal = static_cast<int>(s);
    const double u = uniform(draw_at(w, Question::watch_notices, signal, now_index(run)));
    if (u >= at_best) continue;
    const double z = worse_by(noise_of(run.scenario.params.signals[s]), sight);
    if (u >= notice_probability(stands_out(params, z), vigilant, watchers(run))) continue;
    if (found.signal < 0 || z > found.z) found = {signal, z};
  }
  return found;
}

void note_noticed(Run& run, const Noticed& found) {
  if (!run.reasons) return;
  const World& w = run.world;
  if (found.signal < 0) {
    note(run, ReasonKind::noticed);
  } else {
    const auto s = static_cast<std::size_t>(found.signal);
    const Sight& sight = w.watchers.seen[s];
    const double other = sight.stable_items > 0 ? sight.stable_sum / sight.stable_items
                                                : run.scenario.params.signals[s].baseline;
    note(run, ReasonKind::noticed, found.signal, static_cast<int>(found.z * 100),
         sight.change_sum / sight.change_items, other);
  }
  run.reasons->back().n2 = static_cast<std::int32_t>(to_seconds(w.now - w.rollout.step_began));
}

void begin_concern(Run& run, const Noticed& found) {
  World& w = run.world;
  w.watchers.concern = Concern::noticed;
  note_noticed(run, found);
  const Distribution& reaction = run.scenario.params.watch.reaction;
  schedule(run, w.now + draw_time(run, reaction, Question::watch_reaction, now_index(run)),
           EventKind::concern);
}

// What is believed wrong with the change is acted on: its rollout is taken back, or, once it is complete, it
// is refined or taken back as the strategy says.
void act(Run& run, int why) {
  if (run.world.rollout.stage == Stage::stepping) return ask_rollback(run, why);
  act_on_regression(run, why);
}

// What an investigation tells an observer: it finds what shows, and nothing else.
void believe_finding(Run& run, bool found) {
  World& w = run.world;
  if (!w.record.believes) return;
  const auto& severities = run.scenario.params.change.regression.severities;
  std::array<double, kMaxHypotheses> logs{};
  for (std::size_t k = 0; k < logs.size(); ++k) {
    const bool would = k > 0 && k <= severities.size() &&
                       shows(severities[k - 1].onset, w.now, w.change.first_traffic_at, w.rollout.weight);
    logs[k] = would == found ? 0 : -std::numeric_limits<double>::infinity();
  }
  observe(w.belief, {logs.data(), static_cast<std::size_t>(w.belief.hypotheses)});
}

// The draws of an attempt's reports are numbered from here on, those of sets that were dismissed included.
std::uint64_t first_report_of(std::int32_t attempt) { return static_cast<std::uint64_t>(attempt) << 24; }

void schedule_false_report(Run& run) {
  const ReportsParams& reports = *run.scenario.params.reports;
  const double per_second = reports.false_rate * reports.blamed;
  if (per_second <= 0) return;
  const double u = uniform(draw_at(run.world, Question::report_false, 0, now_index(run)));
  schedule(run, run.world.now + from_seconds(exponential_quantile(u, 1 / per_second)), EventKind::report, 1);
}

void schedule_next_report(Run& run) {
  World& w = run.world;
  w.queue.cancel_if(
      [](const auto& event) { return event.payload.kind == EventKind::report && event.payload.who == 0; });
  if (w.reports.ahead > 0) schedule(run, w.reports.due[0], EventKind::report, 0);
}

// Whether users meet harm that they would report: by a regression that shows, or, once the rollout is
// complete, by an emergency that goes on.
bool something_to_report(const Run& run) {
  const World& w = run.world;
  if (!can_act(run)) return false;
  if (regression_shows(run, w.now)) {
    const auto k = static_cast<std::size_t>(w.change.hypothesis - 1);
    if (run.scenario.params.change.regression.severities[k].harm_per_request > 0) return true;
  }
  return w.rollout.stage == Stage::complete && w.change.effectiveness < 1 &&
         run.scenario.params.harm.ongoing.per_request > 0 && harm_goes_on(run);
}

bool is_reported(const Run& run, HarmSource source) {
  if (source == HarmSource::regression) return can_act(run);
  return source == HarmSource::residual && run.world.rollout.stage == Stage::complete && harm_goes_on(run);
}

// How many of a batch's exposures are reported.
double count_reports(Run& run, HarmSource source, double exposures) {
  World& w = run.world;
  const double probability = run.scenario.params.reports->probability;
  if (run.scenario.params.traffic.counts == Counts::expected) {
    w.reports.owed += exposures * probability;
    const auto whole = static_cast<double>(static_cast<std::int64_t>(w.reports.owed));
    w.reports.owed -= whole;
    return whole;
  }
  const auto index = static_cast<std::uint64_t>(w.ledger.settled_until.count());
  const double u = uniform(draw_at(w, Question::report_count, static_cast<int>(source), index));
  return binomial_quantile(u, exposures, probability);
}

}  // namespace

void begin_noticing(Run& run) {
  end_noticing(run);
  World& w = run.world;
  w.watchers = {};
  w.reports = {};
  w.pacing = {};
  if (watchers(run) > 0) schedule(run, w.now + run.strategy.glance_every, EventKind::glance);
  if (reports_to_act(run) > 0) schedule_false_report(run);
}

void end_noticing(Run& run) {
  World& w = run.world;
  if (watchers(run) == 0 && reports_to_act(run) == 0) return;
  w.queue.cancel_if([](const auto& event) {
    switch (event.payload.kind) {
      case EventKind::glance:
      case EventKind::concern:
      case EventKind::concern_resolved:
      case EventKind::report_check:
      case EventKind::report:
      case EventKind::report_triaged:
      case EventKind::reports_looked_into: return true;
      default: return false;
    }
  });
  w.watchers.concern = Concern::none;
  w.watchers.step_waits = false;
  w.reports.ahead = 0;
  w.reports.looked_into = false;
  w.reports.showing_since = kNever;
  w.reports.check_at = kNever;
}

void end_steps(Run& run) {
  if (watchers(run) > 0) cancel(run, EventKind::glance);
  // What goes on from here on is reported; what went on before was known.
  if (reports_to_act(run) > 0 && run.world.change.effectiveness < 1) settle_harm(run);
}

// --- Watchers

Time glance_after(const Run& run, Time t) {
  if (watchers(run) == 0) return kNever;
  return glance_after(run.strategy.glance_every, run.world.rollout.rollout_began, t);
}

void show_watchers(Run& run, const Measurement& m) {
  if (watchers(run) == 0) return;
  Sight& sight = run.world.watchers.seen[static_cast<std::size_t>(m.signal)];
  sight.change_items += m.items[1];
  sight.change_sum += m.sum[1];
  sight.stable_items += m.items[0];
  sight.stable_sum += m.sum[0];
}

void on_glance(Run& run) {
  World& w = run.world;
  const Duration every = run.strategy.glance_every;
  if (w.watchers.concern == Concern::none) {
    const Noticed found = glance(run);
    const double u = uniform(draw_at(w, Question::watch_false, 0, now_index(run)));
    if (found.signal >= 0 || u < false_alarm_probability(run.scenario.params.watch, every, watchers(run)))
      begin_concern(run, found);
  }
  w.watchers.seen = {};
  schedule(run, w.now + every, EventKind::glance);
}

void on_concern(Run& run) {
  World& w = run.world;
  w.watchers.concern = Concern::none;
  if (!can_act(run)) return;
  w.watchers.concern = Concern::raised;
  w.seat.looked_into = false;
  ++w.watchers.concerns;
  const Decision decision = decide(run, observe(run, false));
  const int told = decision == Decision::roll_back ? 1 : decision == Decision::investigate ? 2 : 3;
  note(run, ReasonKind::concern_raised, -1, told);
  w.watchers.concern = Concern::none;
  if (decision == Decision::roll_back) return act(run, kByWatchers);
  if (decision != Decision::investigate) return;
  w.watchers.concern = Concern::investigated;
  const Distribution& time = run.scenario.params.response.investigate;
  const Duration drawn = draw_time(run, time, Question::concern_time, now_index(run));
  schedule(run, w.now + stretched(run, drawn), EventKind::concern_resolved);
}

void on_concern_resolved(Run& run) {
  World& w = run.world;
  const bool waits = w.watchers.step_waits;
  w.watchers.concern = Concern::none;
  w.watchers.step_waits = false;
  if (!can_act(run)) return;
  const bool found = regression_shows(run, w.now);
  believe_finding(run, found);
  if (found) {
    note(run, ReasonKind::concern_real);
    if (!manned(run)) act(run, kByWatchers);
    return;
  }
  note(run, ReasonKind::concern_false);
  if (waits) on_step_over(run);
}

void hold_step(Run& run) {
  run.world.watchers.step_waits = run.world.watchers.concern == Concern::investigated;
}

// --- Reports from users

void watch_for_reports(Run& run) {
  const int wanted = reports_to_act(run);
  ReportsState& state = run.world.reports;
  if (wanted == 0 || state.check_at != kNever) return;
  if (!something_to_report(run)) {
    state.showing_since = kNever;
    return;
  }
  const Time now = run.world.now;
  if (state.showing_since == kNever) state.showing_since = now;
  const int missing = wanted - state.came;
  if (missing <= 0) return;
  const Time next = now + check_interval(now - state.showing_since);
  // Enough reports come before anything that is learned then.
  if (state.ahead >= missing && state.due[static_cast<std::size_t>(missing - 1)] <= next) return;
  state.check_at = next;
  schedule(run, next, EventKind::report_check);
}

void report_exposures(Run& run, HarmSource source, double exposures) {
  World& w = run.world;
  const int missing = reports_to_act(run) - w.reports.came;
  if (missing <= 0 || exposures <= 0 || !is_reported(run, source)) return;
  const double reports = count_reports(run, source, exposures);
  if (reports < 1) return;
  std::array<Time, kMaxReportsToAct> arrivals{};
  const auto followed = static_cast<std::size_t>(std::min(reports, static_cast<double>(missing)));
  const std::span<Time> first(arrivals.data(), followed);
  const Time from = w.ledger.settled_until;
  first_arrivals(
      *run.scenario.params.reports, reports, from, w.now, first,
      draw_at(w, Question::report_delay, static_cast<int>(source), static_cast<std::uint64_t>(from.count())));
  for (const Time at : first) expect_arrival(w.reports, at, missing);
  schedule_next_report(run);
}

void on_onset(Run& run) {
  settle_harm(run);
  watch_for_reports(run);
}

void on_report_check(Run& run) {
  run.world.reports.check_at = kNever;
  settle_harm(run);
  watch_for_reports(run);
}

void on_report(Run& run, int who) {
  World& w = run.world;
  if (who == 0) {
    take_arrival(w.reports);
    schedule_next_report(run);
  } else {
    schedule_false_report(run);
  }
  if (!can_act(run) || w.reports.came >= reports_to_act(run)) return;
  note(run, ReasonKind::report_came, -1, ++w.reports.came);
  const TriageParams& triage = run.scenario.params.reports->triage;
  const std::uint64_t index =
      first_report_of(w.change.attempt) + static_cast<std::uint64_t>(w.reports.dismissed + w.reports.came);
  const Duration time =
      draw_time(run, is_staffed(run) ? triage.staffed : triage.unstaffed, Question::report_triage, index);
  schedule(run, w.now + time, EventKind::report_triaged);
}

void on_report_triaged(Run& run) {
  World& w = run.world;
  if (!can_act(run)) return;
  w.seat.looked_into = false;
  note(run, ReasonKind::report_triaged, -1, ++w.reports.triaged);
  if (run.reasons) run.reasons->back().n2 = reports_to_act(run);
  act_on_reports(run);
}

void act_on_reports(Run& run) {
  const World& w = run.world;
  if (reports_to_act(run) == 0 || !can_act(run)) return;
  if (w.rollout.stage == Stage::stepping) {
    if (decide(run, observe(run, false)) == Decision::roll_back) act(run, kByReports);
    return;
  }
  const bool enough = w.reports.triaged >= reports_to_act(run);
  if (!manned(run) && enough && !w.reports.looked_into) look_into_reports(run);
}

void look_into_reports(Run& run) {
  World& w = run.world;
  w.reports.looked_into = true;
  const Distribution& time = run.scenario.params.response.investigate;
  const auto dismissed = static_cast<std::uint64_t>(w.reports.dismissed);
  const Duration drawn =
      draw_time(run, time, Question::reports_time, first_report_of(w.change.attempt) + dismissed);
  schedule(run, w.now + stretched(run, drawn), EventKind::reports_looked_into);
}

void on_reports_looked_into(Run& run) {
  World& w = run.world;
  w.reports.looked_into = false;
  if (!can_act(run)) return;
  const bool found = regression_shows(run, w.now);
  believe_finding(run, found);
  if (found) {
    note(run, ReasonKind::reports_real);
    if (!manned(run)) act(run, kByReports);
    return;
  }
  if (w.rollout.stage == Stage::complete && harm_goes_on(run)) {
    note(run, ReasonKind::reports_of_old_harm);
    if (!manned(run)) act_on_harm(run, kByReports);
    return;
  }
  note(run, ReasonKind::reports_false);
  settle_harm(run);  // what was met until now belongs to the tickets that are being closed
  dismiss_reports(w.reports);
  watch_for_reports(run);
}

}  // namespace breakglass::sim
