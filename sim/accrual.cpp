// Traffic and harm up to now. Requests are counted in windows that end where somebody needs the count; harm
// is booked in windows that end where anything changes that harm depends on.
#include <algorithm>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/outcome.hpp"
#include "sim/run.hpp"

namespace breakglass::sim {
namespace {

// The harm is taken to have stopped while its expected rate stays below this share of the rate at the page.
constexpr double kStoppedBelow = 0.05;

bool expected_counts(const Run& run) { return run.scenario.params.traffic.counts == Counts::expected; }

double weight_of(const std::optional<ExchangeParams>& exchange) { return exchange ? exchange->rate : 1; }

const SeverityParams* truth(const Run& run) {
  const int k = run.world.change.hypothesis;
  return k == 0 ? nullptr
                : &run.scenario.params.change.regression.severities[static_cast<std::size_t>(k - 1)];
}

// Share of the ongoing harm that the mitigation lets through.
double let_through(const Run& run) {
  if (!run.world.record.contained) return 1;
  return 1 - run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)].stops;
}

bool regression_shows(const Run& run, Time at) {
  const SeverityParams* severity = truth(run);
  const World& w = run.world;
  return severity && shows(severity->onset, at, w.change.first_traffic_at, w.rollout.weight);
}

// Expected harm per second at `t` as things stand, at the mean traffic: the rate that "harm has stopped" is
// judged by. The quiet of a night is not the end of an emergency, so today's traffic does not enter; nor does
// what a mitigation costs.
double harm_rate(const Run& run, Time t) {
  const World& w = run.world;
  const HarmParams& harm = run.scenario.params.harm;
  const double share = w.traffic.share;
  const double unfixed = let_through(run) * (1 - share * w.change.effectiveness);
  const double growth = growth_factor(run.scenario.growth, t);
  const double exposure = mean_weight(harm.ongoing.severity, harm.ongoing.exchange);
  double rate = run.scenario.mean_rate_per_s * harm.ongoing.per_request * growth * unfixed * exposure +
                harm.ongoing.per_second * growth * unfixed * weight_of(harm.ongoing.exchange);
  if (regression_shows(run, t)) {
    const SeverityParams& severity = *truth(run);
    rate += run.scenario.mean_rate_per_s * share * severity.harm_per_request * severity.onset.segment *
            mean_weight(harm.regression.severity, harm.regression.exchange);
  }
  if (w.record.deadline_open) rate += harm.deadline->per_second;
  return rate;
}

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
  for (const int s : run.strategy.signals) {
    SignalState& signal = w.signals[static_cast<std::size_t>(s)];
    signal.items[0] += arrivals.stable;
    signal.items[1] += arrivals.change;
    for (std::size_t k = 0; k < severities.size(); ++k) {
      if (shows(severities[k].onset, from, w.change.first_traffic_at, w.rollout.weight)) {
        signal.shown[k + 1] += arrivals.change;
      }
    }
  }
}

// Books one source's exposures: their number, their severity, and the users that they met.
void book_exposures(Run& run, HarmSource source, double requests, double probability,
                    const Distribution& severity, const std::optional<ExchangeParams>& exchange,
                    Reach reach) {
  World& w = run.world;
  const bool expected = expected_counts(run);
  const auto index = static_cast<std::uint64_t>(w.ledger.settled_until.count());
  const int entity = static_cast<int>(source);
  const double p = std::clamp(probability, 0.0, 1.0);
  if (requests <= 0 || p <= 0) return;
  const double exposures =
      expected ? requests * p
               : binomial_quantile(uniform(draw_at(w, Question::exposures, entity, index)), requests, p);
  if (exposures <= 0) return;
  const double harm = expected
                          ? exposures * mean(severity)
                          : severity_sum(severity, exposures, draw_at(w, Question::severity, entity, index));
  book(w.ledger, source, harm * weight_of(exchange), exposures);
  harm_users(w.users, run.scenario.classes, reach, exposures, expected,
             draw_at(w, Question::users_split, entity, index));
}

void book_requests(Run& run) {
  World& w = run.world;
  const HarmParams& harm = run.scenario.params.harm;
  const bool sticky = run.scenario.params.traffic.routing == Routing::sticky;
  const double mean_growth = w.traffic.pending_smooth > 0
                                 ? w.traffic.pending_weighted / w.traffic.pending_smooth
                                 : growth_factor(run.scenario.growth, w.now);
  const double p = std::min(1.0, harm.ongoing.per_request * mean_growth) * let_through(run);
  const auto [stable, change] = w.traffic.pending;
  book_exposures(run, HarmSource::ongoing, stable, p, harm.ongoing.severity, harm.ongoing.exchange,
                 sticky ? Reach::off_change : Reach::everyone);
  book_exposures(run, HarmSource::residual, change, p * (1 - w.change.effectiveness), harm.ongoing.severity,
                 harm.ongoing.exchange, sticky ? Reach::on_change : Reach::everyone);
  if (regression_shows(run, w.ledger.settled_until)) {
    const SeverityParams& severity = *truth(run);
    const bool segmented = severity.onset.segment < 1;
    const Reach reach = segmented ? (sticky ? Reach::segment_on_change : Reach::segment)
                                  : (sticky ? Reach::on_change : Reach::everyone);
    book_exposures(run, HarmSource::regression, change, severity.harm_per_request * severity.onset.segment,
                   harm.regression.severity, harm.regression.exchange, reach);
  }
}

void book_time(Run& run) {
  World& w = run.world;
  const HarmParams& harm = run.scenario.params.harm;
  const double seconds = to_seconds(w.now - w.ledger.settled_until);
  if (harm.ongoing.per_second > 0) {
    const double grown = growth_integral(run.scenario.growth, w.now) -
                         growth_integral(run.scenario.growth, w.ledger.settled_until);
    const double all = harm.ongoing.per_second * grown * let_through(run) * weight_of(harm.ongoing.exchange);
    book(w.ledger, HarmSource::ongoing, all * (1 - w.traffic.share), 0);
    book(w.ledger, HarmSource::residual, all * w.traffic.share * (1 - w.change.effectiveness), 0);
  }
  if (w.record.deadline_open) book(w.ledger, HarmSource::deadline, harm.deadline->per_second * seconds, 0);
  if (w.record.contained) {
    const auto& mitigation =
        run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)];
    const double requests = w.traffic.pending[0] + w.traffic.pending[1];
    book(w.ledger, HarmSource::containment,
         mitigation.cost_per_request * requests + mitigation.cost_per_second * seconds, requests);
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

void begin_exposure(Run& run) {
  World& w = run.world;
  w.change.first_traffic_at = w.now;
  // The exposures of earlier changes are over. Left in the queue, many attempts would fill it.
  w.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::onset; });
  for (const SeverityParams& severity : run.scenario.params.change.regression.severities) {
    if (severity.onset.delay.count() > 0) schedule(run, w.now + severity.onset.delay, EventKind::onset);
  }
}

void update_deadline(Run& run) {
  const auto& deadline = run.scenario.params.harm.deadline;
  World& w = run.world;
  if (!deadline || w.now < deadline->at) return;
  const bool open = w.rollout.weight < deadline->share;
  if (w.record.deadline_open && !open) note(run, ReasonKind::deadline_met);
  w.record.deadline_open = open;
}

}  // namespace

void count_traffic(Run& run) {
  World& w = run.world;
  const Time from = w.traffic.counted_until;
  if (w.now <= from) return;
  expect_traffic(run);
  const Expectation expectation{w.traffic.open_drawn, w.traffic.open_replayed};
  w.traffic.open_drawn = 0;
  w.traffic.open_replayed = 0;
  const Arrivals arrivals = draw_arrivals(expectation, w.traffic.share, run.scenario.params.traffic.counts,
                                          draw_at(w, Question::arrivals, 0, 0), from);
  w.traffic.pending[0] += arrivals.stable;
  w.traffic.pending[1] += arrivals.change;
  note_first_request(run, from, arrivals.change);
  if (w.change.hypothesis > 0 && arrivals.change > 0) {
    w.record.requests_on_regression += arrivals.change;
    w.record.flags |= static_cast<std::uint32_t>(Flag::regression_present);
  }
  count_for_signals(run, from, arrivals);
  w.traffic.counted_until = w.now;
}

void settle_harm(Run& run) {
  count_traffic(run);
  weigh_traffic(run);
  World& w = run.world;
  if (w.now <= w.ledger.settled_until) return;
  book_requests(run);
  book_time(run);
  if (harm_goes_on(run)) w.ledger.last_above = w.now;
  w.traffic.pending = {};
  w.traffic.pending_smooth = 0;
  w.traffic.pending_weighted = 0;
  w.ledger.settled_until = w.now;
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
  if (weight <= 0) {
    w.change.first_traffic_at = kNever;
  } else if (w.change.first_traffic_at == kNever) {
    begin_exposure(run);
  }
  if (weight >= 1 && w.record.full_at == kNever) w.record.full_at = w.now;
  if (weight >= 1 && w.change.hypothesis > 0) {
    w.record.flags |= static_cast<std::uint32_t>(Flag::regression_reached_full);
  }
  update_deadline(run);
}

void begin_traffic(Run& run) {
  World& w = run.world;
  w.users = initial_users(run.scenario.classes);
  w.ledger.harm_rate_at_page = harm_rate(run, w.now);
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
  expect_traffic(run);
  weigh_traffic(run);
  World& w = run.world;
  const auto f = static_cast<std::size_t>(flow);
  const auto& states = run.scenario.flows[f].bursts;
  const std::uint32_t number = ++w.traffic.bursts[f];
  const auto& odds = run.scenario.flows[f].burst_odds[w.traffic.burst[f]];
  const double next = uniform(draw_at(w, Question::burst_next, flow, number));
  w.traffic.burst[f] = static_cast<std::uint8_t>(categorical(next, odds));
  const double mean_s = to_seconds(states[w.traffic.burst[f]].mean_length);
  const double u = uniform(draw_at(w, Question::burst_length, flow, number));
  schedule(run, w.now + from_seconds(exponential_quantile(u, mean_s)), EventKind::burst, flow);
}

void on_deadline(Run& run) {
  settle_harm(run);
  World& w = run.world;
  const DeadlineParams& deadline = *run.scenario.params.harm.deadline;
  update_deadline(run);
  if (!w.record.deadline_open) return;
  book(w.ledger, HarmSource::deadline, deadline.lump, 1);
  w.record.flags |= static_cast<std::uint32_t>(Flag::deadline_missed);
  if (deadline.lump > 0) w.ledger.last_above = w.now;
  note(run, ReasonKind::deadline_missed);
}

void on_contained(Run& run) {
  settle_harm(run);
  run.world.record.contained = true;
  note(run, ReasonKind::containment_on, run.strategy.containment);
}

void begin_containment(Run& run) {
  World& w = run.world;
  if (run.strategy.containment < 0 || w.record.contained) return;
  w.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::contained; });
  const auto& mitigation =
      run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)];
  const auto index = static_cast<std::uint64_t>(w.change.attempt);
  schedule(run, w.now + draw_time(run, mitigation.time, Question::containment_time, index),
           EventKind::contained);
}

bool harm_goes_on(const Run& run) {
  const double rate = harm_rate(run, run.world.now);
  return rate > 0 && rate >= kStoppedBelow * run.world.ledger.harm_rate_at_page;
}

void end_containment(Run& run) {
  World& w = run.world;
  w.queue.cancel_if([](const auto& event) { return event.payload.kind == EventKind::contained; });
  if (!w.record.contained) return;
  settle_harm(run);
  w.record.contained = false;
  note(run, ReasonKind::containment_off, run.strategy.containment);
}

}  // namespace breakglass::sim
