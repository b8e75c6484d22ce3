// Harm up to now: how fast it runs, booking it, and what changes it: the deadline, a mitigation, the message
// to customers, and what a regression has damaged.
#include <algorithm>

#include "sim/kernel/samplers.hpp"
#include "sim/run.hpp"
#include "sim/serving.hpp"

namespace breakglass::sim {
namespace {

// The harm is taken to have stopped while its expected rate stays below this share of the rate at the page.
constexpr double kStoppedBelow = 0.05;
// The draws of what a rolled-back regression has damaged; those of the ledger's sources have their own
// numbers.
constexpr int kDamageEntity = kHarmSources;

double weight_of(const std::optional<ExchangeParams>& exchange) { return exchange ? exchange->rate : 1; }

const SeverityParams* truth(const Run& run) {
  const int k = run.world.change.hypothesis;
  return k == 0 ? nullptr
                : &run.scenario.params.change.regression.severities[static_cast<std::size_t>(k - 1)];
}

// Share of the ongoing harm that the mitigation and the message to customers let through; none where the
// emergency is a false one.
double let_through(const Run& run) {
  const RecordState& record = run.world.record;
  if (!record.real) return 0;
  double left = record.informed ? left_after_message(*run.scenario.params.communication) : 1;
  if (record.contained) {
    left *= 1 - run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)].stops;
  }
  return left;
}

// Probability that a request does harm by what a rolled-back regression has damaged.
double damage_probability(const Run& run) {
  const RecordState& record = run.world.record;
  if (record.damage == 0) return 0;
  const auto k = static_cast<std::size_t>(record.damage - 1);
  const SeverityParams& severity = run.scenario.params.change.regression.severities[k];
  return record.damage_share * severity.harm_per_request * severity.onset.segment * severity.stays;
}

bool deadline_hurts(const Run& run) { return run.world.record.deadline_open && run.world.record.real; }

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
  rate += run.scenario.mean_rate_per_s * damage_probability(run) *
          mean_weight(harm.regression.severity, harm.regression.exchange);
  if (deadline_hurts(run)) rate += harm.deadline->per_second;
  rate += w.serving.harm_per_s;
  return rate;
}

// Harm that requests may meet: how many requests, how probably, and whom it reaches.
struct Exposed {
  HarmSource source = HarmSource::ongoing;
  int entity = 0;  // of its draws
  double requests = 0;
  double probability = 0;
  Reach reach = Reach::everyone;
};

// Books their number, their severity, and the users that they met.
void book_exposures(Run& run, const Exposed& e, const Distribution& severity,
                    const std::optional<ExchangeParams>& exchange) {
  World& w = run.world;
  const bool expected = expected_counts(run);
  const auto index = static_cast<std::uint64_t>(w.ledger.settled_until.count());
  const double p = std::clamp(e.probability, 0.0, 1.0);
  if (e.requests <= 0 || p <= 0) return;
  const double exposures =
      expected ? e.requests * p
               : binomial_quantile(uniform(draw_at(w, Question::exposures, e.entity, index)), e.requests, p);
  if (exposures <= 0) return;
  const double harm =
      expected ? exposures * mean(severity)
               : severity_sum(severity, exposures, draw_at(w, Question::severity, e.entity, index));
  book(w.ledger, e.source, harm * weight_of(exchange), exposures);
  if (e.entity != kDamageEntity) report_exposures(run, e.source, exposures);
  harm_users(w.users, run.scenario.classes, e.reach, exposures, expected,
             draw_at(w, Question::users_split, e.entity, index));
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
  const OngoingParams& ongoing = harm.ongoing;
  book_exposures(run, {HarmSource::ongoing, 0, stable, p, sticky ? Reach::off_change : Reach::everyone},
                 ongoing.severity, ongoing.exchange);
  book_exposures(run,
                 {HarmSource::residual, 1, change, p * (1 - w.change.effectiveness),
                  sticky ? Reach::on_change : Reach::everyone},
                 ongoing.severity, ongoing.exchange);
  if (regression_shows(run, w.ledger.settled_until)) {
    const SeverityParams& severity = *truth(run);
    const bool segmented = severity.onset.segment < 1;
    const Reach reach = segmented ? (sticky ? Reach::segment_on_change : Reach::segment)
                                  : (sticky ? Reach::on_change : Reach::everyone);
    book_exposures(
        run, {HarmSource::regression, 2, change, severity.harm_per_request * severity.onset.segment, reach},
        harm.regression.severity, harm.regression.exchange);
  }
  book_exposures(run, {HarmSource::regression, kDamageEntity, stable + change, damage_probability(run)},
                 harm.regression.severity, harm.regression.exchange);
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
  if (deadline_hurts(run)) book(w.ledger, HarmSource::deadline, harm.deadline->per_second * seconds, 0);
  if (w.record.contained) {
    const auto& mitigation =
        run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)];
    const double requests = w.traffic.pending[0] + w.traffic.pending[1];
    book(w.ledger, HarmSource::containment,
         mitigation.cost_per_request * requests + mitigation.cost_per_second * seconds, requests);
  }
}

}  // namespace

bool regression_shows(const Run& run, Time at) {
  const SeverityParams* severity = truth(run);
  const World& w = run.world;
  return severity && shows(severity->onset, at, w.change.first_traffic_at, w.rollout.weight);
}

void begin_ledger(Run& run) { run.world.ledger.harm_rate_at_page = harm_rate(run, run.world.now); }

void settle_harm(Run& run) {
  count_traffic(run);
  weigh_traffic(run);
  World& w = run.world;
  if (w.now <= w.ledger.settled_until) return;
  book_requests(run);
  book_rejected(run);
  book_time(run);
  if (harm_goes_on(run)) w.ledger.last_above = w.now;
  w.traffic.pending = {};
  w.traffic.pending_smooth = 0;
  w.traffic.pending_weighted = 0;
  w.ledger.settled_until = w.now;
}

bool harm_goes_on(const Run& run) {
  const double rate = harm_rate(run, run.world.now);
  return rate > 0 && rate >= kStoppedBelow * run.world.ledger.harm_rate_at_page;
}

void update_deadline(Run& run) {
  const auto& deadline = run.scenario.params.harm.deadline;
  World& w = run.world;
  if (!deadline || w.now < deadline->at) return;
  // People go by the date that they were given, whether or not it is one that hurts.
  const bool open = w.rollout.weight < deadline->share;
  if (w.record.deadline_open && !open) note(run, ReasonKind::deadline_met);
  w.record.deadline_open = open;
}

void on_deadline(Run& run) {
  settle_harm(run);
  World& w = run.world;
  const DeadlineParams& deadline = *run.scenario.params.harm.deadline;
  update_deadline(run);
  if (!w.record.deadline_open) return;
  note(run, ReasonKind::deadline_missed);
  if (!deadline_hurts(run)) return;
  book(w.ledger, HarmSource::deadline, deadline.lump, 1);
  flag(run, Flag::deadline_missed);
  if (deadline.lump > 0) w.ledger.last_above = w.now;
}

void begin_communication(Run& run) {
  const auto& communication = run.scenario.params.communication;
  if (!run.strategy.params.communicate || !communication || run.world.record.informed) return;
  const Duration time = draw_time(run, communication->time, Question::communication_time, 0);
  schedule(run, run.world.now + time, EventKind::communicated);
}

void on_communicated(Run& run) {
  settle_harm(run);
  run.world.record.informed = true;
  note(run, ReasonKind::message_out);
}

void on_repaired(Run& run) {
  settle_harm(run);
  run.world.record.damage = 0;
  note(run, ReasonKind::repaired);
}

bool leave_damage(Run& run, double share) {
  World& w = run.world;
  const SeverityParams* severity = truth(run);
  if (!severity || severity->stays <= 0) return false;
  if (!shows(severity->onset, w.now, w.change.first_traffic_at,
             std::max(w.rollout.weight, w.rollout.descent_from)))
    return false;
  cancel(run, EventKind::repaired);
  w.record.damage = w.change.hypothesis;
  w.record.damage_share = share;
  return true;
}

void begin_damage(Run& run, double share) {
  if (!leave_damage(run, share)) return;
  World& w = run.world;
  const auto index = static_cast<std::uint64_t>(w.change.attempt);
  const Duration repair = draw_time(run, run.scenario.params.rollback.repair, Question::repair_time, index);
  note(run, ReasonKind::damage_stays, -1, 0, to_seconds(repair));
  schedule(run, w.now + repair, EventKind::repaired);
}

void on_contained(Run& run) {
  settle_harm(run);
  run.world.record.contained = true;
  note(run, ReasonKind::containment_on, run.strategy.containment);
}

void begin_containment(Run& run) {
  World& w = run.world;
  if (run.strategy.containment < 0 || w.record.contained) return;
  cancel(run, EventKind::contained);
  const auto& mitigation =
      run.scenario.params.containment[static_cast<std::size_t>(run.strategy.containment)];
  const auto index = static_cast<std::uint64_t>(w.change.attempt);
  schedule(run, w.now + draw_time(run, mitigation.time, Question::containment_time, index),
           EventKind::contained);
}

void end_containment(Run& run) {
  World& w = run.world;
  cancel(run, EventKind::contained);
  if (!w.record.contained) return;
  settle_harm(run);
  w.record.contained = false;
  note(run, ReasonKind::containment_off, run.strategy.containment);
}

}  // namespace breakglass::sim
