// Traffic up to now. Requests are counted in windows that end where somebody needs the count; harm is settled
// (harming.cpp) before anything changes that it depends on.
#include <algorithm>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"
#include "sim/serving.hpp"

namespace breakglass::sim {
namespace {

void note_first_request(Run& run, Time from, double requests) {
  World& w = run.world;
  if (requests <= 0 || w.record.shipped_at != kNever) return;
  if (expected_counts(run)) {
    w.record.shipped_at = from;
    return;
  }
  // The first of n arrivals, uniform over the window: its place is 1 - (1 - u)^(1/n).
  const double u =
      uniform(draw_at(w, Question::first_request, 0, static_cast<std::uint64_t>(w.change.attempt)));
  const double place = -expm1(log1p(-u) / requests);
  w.record.shipped_at = from + from_seconds(place * to_seconds(w.now - from));
}

void count_for_signals(Run& run, Time from, const Arrivals& arrivals) {
  World& w = run.world;
  if (w.rollout.stage != Stage::stepping) return;
  const auto& severities = run.scenario.params.change.regression.severities;
  std::array<double, kMaxHypotheses> shown{};  // of the change's requests, by severity
  for (std::size_t k = 0; k < severities.size(); ++k) {
    if (shows(severities[k].onset, from, w.change.first_traffic_at, w.rollout.weight)) {
      shown[k + 1] = arrivals.change;
    }
  }
  for (const int s : run.strategy.signals) {
    SignalState& signal = w.signals[static_cast<std::size_t>(s)];
    signal.items[0] += arrivals.stable;
    signal.items[1] += arrivals.change;
    for (std::size_t k = 0; k < severities.size(); ++k) signal.shown[k + 1] += shown[k + 1];
  }
}

// Moves the expected traffic on to now, at the burst states as they are.
void expect_traffic(Run& run) {
  TrafficState& t = run.world.traffic;
  if (run.world.now <= t.expected_until) return;
  const Expectation more = expect_requests(run.scenario.flows, t, t.expected_until, run.world.now);
  t.open_drawn += more.drawn;
  t.open_replayed += more.replayed;
  t.expected_until = run.world.now;
}

// The burst state that follows. Where only one can, nothing is drawn.
std::size_t next_burst(const Run& run, int flow, std::uint32_t number) {
  const auto f = static_cast<std::size_t>(flow);
  const auto& odds = run.scenario.flows[f].burst_odds[run.world.traffic.burst[f]];
  const auto can_follow = [](double o) { return o > 0; };
  if (std::count_if(odds.begin(), odds.end(), can_follow) == 1) {
    return static_cast<std::size_t>(std::find_if(odds.begin(), odds.end(), can_follow) - odds.begin());
  }
  return categorical(uniform(draw_at(run.world, Question::burst_next, flow, number)), odds);
}

void begin_exposure(Run& run) {
  World& w = run.world;
  w.change.first_traffic_at = w.now;
  // The exposures of earlier changes are over. Left in the queue, many attempts would fill it.
  cancel(run, EventKind::onset);
  for (const SeverityParams& severity : run.scenario.params.change.regression.severities) {
    if (severity.onset.delay.count() > 0) schedule(run, w.now + severity.onset.delay, EventKind::onset);
  }
}

}  // namespace

// Moves the weights by harm's growth on to now, at the burst states as they are.
void weigh_traffic(Run& run) {
  TrafficState& t = run.world.traffic;
  const Time now = run.world.now;
  if (now <= t.weighed_until) return;
  const Growth& growth = run.scenario.growth;
  const Weighed more = weigh_requests(run.scenario.flows, t, t.weighed_until, now,
                                      growth_integral(growth, t.weighed_until), growth_integral(growth, now));
  t.pending_smooth += more.requests;
  t.pending_weighted += more.weighted;
  t.weighed_until = now;
}

void count_traffic(Run& run) {
  World& w = run.world;
  const Time from = w.traffic.counted_until;
  if (w.now <= from) return;
  expect_traffic(run);
  const Expectation expectation{w.traffic.open_drawn, w.traffic.open_replayed};
  w.traffic.open_drawn = 0;
  w.traffic.open_replayed = 0;
  const Arrivals arrivals =
      serves_requests(run) ? serve_requests(run)
                           : draw_arrivals(expectation, w.traffic.share, run.scenario.params.traffic.counts,
                                           draw_at(w, Question::arrivals, 0, 0), from);
  w.traffic.pending[0] += arrivals.stable;
  w.traffic.pending[1] += arrivals.change;
  note_first_request(run, from, arrivals.change);
  if (w.change.hypothesis > 0 && arrivals.change > 0) {
    w.record.requests_on_regression += arrivals.change;
    flag(run, Flag::regression_present);
  }
  count_for_signals(run, from, arrivals);
  count_for_pacing(run, from, arrivals.change);
  w.traffic.counted_until = w.now;
}

void set_weight(Run& run, double weight) {
  settle_harm(run);
  World& w = run.world;
  w.rollout.weight = weight;
  w.traffic.share = weight;
  if (run.scenario.params.traffic.routing == Routing::sticky && !run.scenario.classes.empty()) {
    w.traffic.share =
        move_users(w.users, run.scenario.classes, weight, expected_counts(run),
                   draw_at(w, Question::users_move, 0, static_cast<std::uint64_t>(w.now.count())));
  }
  resize_serving(run);
  if (weight <= 0) {
    w.change.first_traffic_at = kNever;
  } else if (w.change.first_traffic_at == kNever) {
    begin_exposure(run);
  }
  if (weight >= 1 && w.record.full_at == kNever) w.record.full_at = w.now;
  if (weight >= 1 && w.change.hypothesis > 0) {
    flag(run, Flag::regression_reached_full);
  }
  update_deadline(run);
}

void begin_traffic(Run& run) {
  World& w = run.world;
  w.users = initial_users(run.scenario.classes);
  begin_ledger(run);
  begin_serving(run);
  for (std::size_t flow = 0; flow < run.scenario.flows.size(); ++flow) {
    const auto& states = run.scenario.flows[flow].bursts;
    if (states.empty()) continue;
    const int who = static_cast<int>(flow);
    const double u = uniform(draw_at(w, Question::burst_length, who, 0));
    schedule(run, from_seconds(exponential_quantile(u, to_seconds(states[0].mean_length))), EventKind::burst,
             who);
  }
  if (run.scenario.params.harm.deadline)
    schedule(run, run.scenario.params.harm.deadline->at, EventKind::deadline);
}

void on_burst(Run& run, int flow) {
  if (serves_requests(run)) count_traffic(run);
  expect_traffic(run);
  weigh_traffic(run);
  World& w = run.world;
  const auto f = static_cast<std::size_t>(flow);
  const auto& states = run.scenario.flows[f].bursts;
  const std::uint32_t number = ++w.traffic.bursts[f];
  w.traffic.burst[f] = static_cast<std::uint8_t>(next_burst(run, flow, number));
  burst_serving(run, flow);
  const double mean_s = to_seconds(states[w.traffic.burst[f]].mean_length);
  const double u = uniform(draw_at(w, Question::burst_length, flow, number));
  schedule(run, w.now + from_seconds(exponential_quantile(u, mean_s)), EventKind::burst, flow);
}

}  // namespace breakglass::sim
