#include "sim/imagining.hpp"

#include <algorithm>

#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"
#include "sim/serving.hpp"

namespace breakglass::sim {
namespace {

// The draws of the imagination itself are numbers of their own among a question's entities.
constexpr int kImagined = 4000;
constexpr int kTries = 400;

double draw(const World& seen, Question question, std::uint64_t seed, std::uint32_t replication) {
  return uniform(Address{seed, replication, static_cast<std::uint8_t>(question),
                         static_cast<std::uint16_t>(kImagined),
                         static_cast<std::uint64_t>(seen.now.count())});
}

bool is_of(const OpenWork& work, const Event& event) {
  const bool many = work.kind == EventKind::stage_done || work.kind == EventKind::answered;
  return event.kind == work.kind && (!many || event.who == work.who);
}

void begin_again(Run& run, const OpenWork& work) {
  switch (work.kind) {
    case EventKind::stage_done: return work_again(run, static_cast<Stage>(work.who));
    case EventKind::answered: return page_again(run, work.who);
    case EventKind::rollback_decided: return decide_again(run);
    case EventKind::rollback_tried: return try_again(run);
    case EventKind::late_gate: return run_late_gate(run);
    case EventKind::late_investigated: return begin_investigating(run);
    case EventKind::verified: return begin_verifying(run);
    case EventKind::communicated: return begin_communication(run);
    case EventKind::contained: return begin_containment(run);
    case EventKind::postmortem_held: return hold_postmortem(run);
    case EventKind::concern_resolved: return look_into_again(run);
    case EventKind::reports_looked_into: return look_into_reports(run);
    default: return;
  }
}

Time end_of(const World& world, const OpenWork& work) {
  Time end = kNever;
  world.queue.for_each_in_order([&](const auto& event) {
    if (is_of(work, event.payload)) end = std::min(end, event.at);
  });
  return end;
}

// One piece of work, drawn again until it has not ended by now. Each try has luck of its own.
void redraw(Run& run, const OpenWork& work, std::uint64_t seed) {
  World& w = run.world;
  const Time now = w.now;
  if (end_of(w, work) == kNever) return;
  bool open = false;
  for (int i = 0; i < kTries && !open; ++i) {
    w.queue.cancel_if([&](const auto& event) { return is_of(work, event.payload); });
    w.seed = seed + static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15U;
    w.now = work.began;
    begin_again(run, work);
    w.now = now;
    open = end_of(w, work) > now;
  }
  w.seed = seed;
  if (open) return;
  // It has taken longer than nearly any: it ends about now.
  w.queue.cancel_if([&](const auto& event) { return is_of(work, event.payload); });
  schedule(run, now + std::chrono::seconds{1}, work.kind, work.who);
}

// What has been measured of the change and not published yet.
void measure_again(Run& run) {
  World& w = run.world;
  for (Measurement& m : w.pending) {
    if (m.signal < 0 || m.attempt != w.change.attempt || is_measured(run, m.signal)) continue;
    const auto s = static_cast<std::size_t>(m.signal);
    const auto k = static_cast<std::size_t>(w.change.hypothesis);
    SignalParams whole = run.scenario.params.signals[s];  // how many items are judged stays as it is
    whole.sample = 1;
    const double level = drifted_level(whole, w.signals[s].drift);
    const double moved = moved_level(whole, level, run.scenario.moves[s][k], m.shown[k]);
    const Address at =
        draw_at(w, Question::signal_value, m.signal * 2 + 1, static_cast<std::uint64_t>(m.until.count()));
    m.sum[1] = draw_reading(whole, m.items[1], moved, expected_counts(run), at).sum;
  }
}

// A burst that goes on has no memory of how long it has lasted.
void burst_again(Run& run) {
  World& w = run.world;
  cancel(run, EventKind::burst);
  for (std::size_t f = 0; f < run.scenario.flows.size(); ++f) {
    const auto& states = run.scenario.flows[f].bursts;
    if (states.empty()) continue;
    const int flow = static_cast<int>(f);
    const double u = uniform(draw_at(w, Question::burst_length, flow, w.traffic.bursts[f]));
    const double mean_s = to_seconds(states[w.traffic.burst[f]].mean_length);
    schedule(run, w.now + from_seconds(exponential_quantile(u, mean_s)), EventKind::burst, flow);
  }
}

void forget_reports(Run& run) {
  World& w = run.world;
  w.queue.cancel_if([](const auto& event) {
    return event.payload.kind == EventKind::report_check ||
           (event.payload.kind == EventKind::report && event.payload.who == 0);
  });
  w.reports.ahead = 0;
  w.reports.showing_since = kNever;
  w.reports.check_at = kNever;
  watch_for_reports(run);
}

void suppose(const Run& run, const Truth& truth) {
  World& w = run.world;
  w.record.real = truth.real;
  ChangeState& about = serves(run) ? w.change : w.draft;
  if (w.belief.hypotheses > 0) about.hypothesis = truth.hypothesis;
  about.effectiveness = truth.effectiveness;
}

// A refinement that is ready while its forerunner serves: the belief is not about it.
void imagine_draft(Run& run, double u_regression, double u_kind) {
  World& w = run.world;
  const double p = w.draft.prior * w.draft.reviewed / (w.draft.prior * w.draft.reviewed + 1 - w.draft.prior);
  const auto& shares = run.scenario.shares;
  w.draft.hypothesis =
      u_regression < p && !shares.empty() ? 1 + static_cast<std::int32_t>(categorical(u_kind, shares)) : 0;
}

}  // namespace

World with_truth(const Scenario& scenario, const Strategy& strategy, const World& seen, const Truth& truth) {
  World world = seen;
  Run run{scenario, strategy, world, nullptr};
  settle_harm(run);  // what has happened has happened under the truth
  suppose(run, truth);
  return world;
}

bool could_find_harm(const Scenario& scenario, const Strategy& strategy, const Truth& truth, World& scratch) {
  const Run run{scenario, strategy, scratch, nullptr};
  suppose(run, truth);
  return harm_goes_on(run);
}

World imagine(const Scenario& scenario, const Strategy& strategy, const World& seen, const Truth& truth,
              std::span<const OpenWork> open, std::uint64_t seed, std::uint32_t replication) {
  World world = with_truth(scenario, strategy, seen, truth);
  Run run{scenario, strategy, world, nullptr};
  world.seed = seed;
  world.replication = replication;
  if (serves(run)) {
    choose_segment(run);
    if (world.seat.ready) {
      imagine_draft(run, draw(seen, Question::regression, seed, replication),
                    draw(seen, Question::routed_share, seed, replication));
    }
  }
  measure_again(run);
  burst_again(run);
  forget_reports(run);
  for (const OpenWork& work : open) redraw(run, work, seed);
  return world;
}

}  // namespace breakglass::sim
