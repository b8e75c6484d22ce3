// What random scenarios are made of: one function a part of the model.
#include "tests/sim/random_builder.hpp"

#include <algorithm>
#include <cmath>

namespace breakglass::tests {

using sim::Distribution;
using sim::Duration;
using Kind = Distribution::Kind;

namespace {

Distribution fixed_at(double a) { return {Kind::fixed, a, 0, {}}; }

}  // namespace

void Builder::page() {
  Dice d = dice(1);
  p.id = "random";
  p.category = static_cast<sim::Category>(d.whole(0, 4));
  const char* starts[] = {"2026-03-04T22:00:00+05:30", "2026-12-18T09:30:00+00:00",
                          "2026-07-26T03:15:00-08:00", "2026-11-18T11:30:00+00:00"};
  p.start = starts[d.whole(0, 3)];
  p.horizon = d.seconds(7200, 200'000);
  p.harm_unit = "units";
  if (may(kExpected) && d.chance(0.25)) p.traffic.counts = sim::Counts::expected;
  Dice e = dice(23);
  p.urgency = static_cast<sim::Urgency>(e.whole(0, 3));
  p.change.kind = static_cast<sim::ChangeKind>(e.whole(0, 6));
  p.change.scope = static_cast<sim::ChangeScope>(e.whole(0, 2));
  if (!may(kFleet) || !e.chance(0.25)) return;
  p.traffic.fidelity = sim::Fidelity::requests;
  p.traffic.counts = sim::Counts::drawn;
  p.horizon = e.seconds(7200, 40'000);
}

// A few services that call later ones, and now and then themselves; who is called by nobody is an entry.
void Builder::services() {
  Dice d = dice(2);
  const int n = may(kGraph) ? d.whole(1, 4) : 1;
  std::vector<bool> called(static_cast<std::size_t>(n), false);
  for (int i = 0; i < n; ++i) {
    sim::ServiceParams service{"s" + std::to_string(i), {}};
    for (int j = i + 1; j < n; ++j) {
      if (!d.chance(0.6)) continue;
      service.calls.push_back({"s" + std::to_string(j), d.nice(0.1, 2)});
      called[static_cast<std::size_t>(j)] = true;
    }
    if (may(kGraph) && d.chance(0.2)) service.calls.push_back({service.id, d.nice(0.05, 0.5)});
    p.services.push_back(service);
  }
  for (int i = 0; i < n; ++i) {
    if (called[static_cast<std::size_t>(i)] && !d.chance(0.2)) continue;
    sim::EntryParams entry;
    entry.id = "s" + std::to_string(i);
    entry.rate_per_s = std::max(1e-3, std::round(d.log_between(0.002, 4) * 1e4) / 1e4);
    p.traffic.entry.push_back(entry);
  }
  p.change.service = "s" + std::to_string(d.whole(0, n - 1));
}

void Builder::curves() {
  Dice d = dice(3);
  for (auto& entry : p.traffic.entry) {
    const bool daily = d.chance(0.5), weekly = d.chance(0.3);
    for (int h = 0; h < 24 && daily; ++h) entry.daily.push_back(d.chance(0.05) ? 0 : d.nice(0.2, 2));
    for (int day = 0; day < 7 && weekly; ++day) entry.weekly.push_back(d.nice(0.5, 1.5));
  }
}

void Builder::bursts() {
  Dice d = dice(4);
  for (auto& entry : p.traffic.entry) {
    if (!d.chance(0.5)) continue;
    entry.burst.emplace();
    if (d.chance(0.5)) {
      entry.burst->factor = d.nice(0, 5);
      entry.burst->mean_gap = d.seconds(600, 20'000);
      entry.burst->mean_length = d.seconds(60, 5'000);
      continue;
    }
    for (int i = 0; i < 3; ++i) {
      entry.burst->states.push_back({d.nice(0, 4), d.seconds(120, 10'000), {}});
      if (d.chance(0.5)) entry.burst->states.back().next = {d.nice(0.1, 1), d.nice(0.1, 1), d.nice(0, 1)};
    }
  }
}

// The trace is put in as the loader would; a trace that is resampled is only another curve.
void Builder::replay() {
  Dice d = dice(5);
  if (!d.chance(0.15)) return;
  auto& entry = p.traffic.entry.front();
  entry.daily.clear();
  entry.weekly.clear();
  entry.burst.reset();
  entry.rate_per_s = 0;
  entry.trace.emplace();
  entry.trace->file = "trace.csv";
  entry.trace->exact = d.chance(0.7);
  entry.trace->repeat = d.chance(0.7);
  entry.trace->scale = d.chance(0.5) ? 1 : d.nice(0.3, 3);
  auto& data = entry.trace->data;
  data.bin = d.seconds(30, 600);
  const int bins = d.whole(5, 60);
  for (int i = 0; i < bins; ++i) data.bin_counts.push_back(d.whole(0, 40));
  data.length = bins * data.bin;
}

void Builder::users() {
  Dice d = dice(6);
  if (!d.chance(0.6)) return;
  p.traffic.users.emplace();
  p.traffic.users->population = std::floor(d.log_between(1, 1e6));
  for (const double share : shares(d, d.whole(1, 3)))
    p.traffic.users->classes.push_back({share, d.nice(0.1, 50)});
  if (may(kSticky) && d.chance(0.6)) p.traffic.routing = sim::Routing::sticky;
}

void Builder::harm() {
  Dice d = dice(7);
  auto& ongoing = p.harm.ongoing;
  ongoing.per_request = d.chance(0.85) ? std::ceil(d.log_between(1e-4, 1) * 1e4) / 1e4 : 0;
  if (ongoing.per_request == 0 || d.chance(0.3))
    ongoing.per_second = std::ceil(d.log_between(1e-3, 2) * 1e4) / 1e4;
  Dice g = dice(8);
  if (may(kGrowth) && g.chance(0.5)) {
    (g.chance(0.5) ? ongoing.growth.doubling : ongoing.growth.ramp) = g.seconds(3000, 50'000);
    // A probability stays one: capped at 1 window by window, harm would depend on where windows end.
    const double most = ongoing.per_request > 0 ? std::min(20.0, 1 / ongoing.per_request) : 20;
    ongoing.growth.cap_factor = std::max(1.0, std::floor(g.between(1, most) * 1e3) / 1e3);
  }
  Dice v = dice(9);
  if (may(kHeavySeverity) && v.chance(0.5)) {
    ongoing.severity = {v.chance(0.5) ? Kind::lognormal : Kind::gamma, v.nice(0.5, 3), v.nice(3, 9), {}};
    p.harm.regression.severity = {Kind::uniform, v.nice(0.1, 1), v.nice(1, 4), {}};
    ongoing.exchange = sim::ExchangeParams{"something", v.nice(0.1, 10), "a reason"};
  }
  Dice t = dice(10);
  if (!may(kDeadline) || !t.chance(0.4)) return;
  p.harm.deadline.emplace();
  p.harm.deadline->at =
      std::chrono::seconds{static_cast<std::int64_t>(sim::to_seconds(p.horizon) * t.between(0.05, 1))};
  p.harm.deadline->lump = t.nice(1, 1000);
  p.harm.deadline->per_second = t.chance(0.5) ? t.nice(0.01, 1) : 0;
  p.harm.deadline->share = t.chance(0.5) ? 1 : t.nice(0.05, 1);
}

void Builder::signals() {
  Dice d = dice(11);
  const int n = d.whole(1, 3);
  for (int i = 0; i < n; ++i) {
    sim::SignalParams signal;
    signal.id = "m" + std::to_string(i);
    signal.kind = static_cast<sim::SignalKind>(d.whole(0, 2));
    signal.baseline = signal.kind == sim::SignalKind::ratio ? d.nice(0.005, 0.2) : d.nice(0.05, 1.5);
    if (signal.kind == sim::SignalKind::mean) signal.sd = d.nice(0.05, 0.6);
    signal.sample = d.chance(0.5) ? 1 : d.nice(0.02, 1);
    signal.window = d.seconds(30, 900);
    signal.delay =
        d.chance(0.3) ? Duration{} : d.seconds(1, std::min(3600.0, 8 * sim::to_seconds(signal.window)));
    Dice o = dice(40 + static_cast<std::uint64_t>(i));
    if (may(kOverdispersion) && o.chance(0.4)) signal.overdispersion = o.nice(1, 4);
    if (may(kDrift) && o.chance(0.25))
      signal.drift = sim::DriftParams{o.nice(0.02, 0.4), o.seconds(600, 40'000)};
    p.signals.push_back(signal);
  }
}

void Builder::change() {
  Dice d = dice(12);
  p.change.author_time = time_about(d, 1500);
  const double atom = d.nice(0, 0.4);
  p.change.fix_effectiveness = {Kind::beta, d.nice(0.5, 9), d.nice(0.5, 3), {{0, atom}, {1, 0.3}}};
  if (atom == 0) p.change.fix_effectiveness = fixed_at(d.nice(0, 1));
  auto& regression = p.change.regression;
  regression.probability = d.chance(0.1) ? 0 : d.nice(0.05, 0.9);
  regression.night_odds = d.chance(0.3) ? d.nice(0.5, 4) : 1;
  regression.haste_odds = d.chance(0.3) ? d.nice(0.5, 4) : 1;
  for (const double share : shares(d, d.whole(1, 3))) {
    sim::SeverityParams severity;
    severity.id = "r" + std::to_string(regression.severities.size());
    severity.share = share;
    severity.harm_per_request = std::ceil(d.log_between(1e-4, 1) * 1e4) / 1e4;
    for (const auto& signal : p.signals) {
      if (!d.chance(0.6) || signal.of != sim::SignalOf::drawn) continue;
      severity.moves.push_back({signal.id, d.nice(0.6, 3), d.chance(0.3) ? d.nice(0, 0.05) : 0});
    }
    Dice o = dice(50 + regression.severities.size());
    if (may(kOnsets) && o.chance(0.3)) severity.onset.delay = o.seconds(30, 20'000);
    if (may(kOnsets) && o.chance(0.3)) severity.onset.weight = o.nice(0, 1);
    if (may(kOnsets) && o.chance(0.3)) severity.onset.segment = o.nice(0.05, 1);
    regression.severities.push_back(severity);
  }
}

void Builder::steps() {
  Dice d = dice(18);
  s.id = "random";
  s.ships = d.chance(0.95);
  if (!s.ships) return s.bypasses.clear();
  double weight = 0;
  for (int left = d.whole(0, 3); left > 0; --left) {
    weight = std::min(0.99, weight + d.nice(0.005, (1 - weight) / 2));
    if (!s.steps.empty() && weight <= s.steps.back().weight) break;
    s.steps.push_back({std::round(weight * 1e4) / 1e4, d.seconds(60, 7200)});
  }
  s.steps.push_back({1, d.seconds(60, 7200)});
  s.monitoring.interval = d.seconds(20, 600);
  s.monitoring.on_inconclusive = static_cast<sim::OnInconclusive>(d.whole(0, 2));
}

RandomCase random_case(std::uint64_t seed, std::uint32_t features) {
  RandomCase c;
  c.seed = seed;
  c.features = features;
  Builder b{c, c.scenario, c.strategy};
  b.page();
  b.services();
  if (b.may(kCurves)) b.curves();
  if (b.may(kBursts)) b.bursts();
  if (b.may(kReplay)) b.replay();
  if (b.may(kUsers)) b.users();
  b.harm();
  if (b.serves_requests()) b.fleet();
  b.signals();
  if (b.serves_requests()) b.measured_signals();
  b.change();
  if (b.serves_requests()) b.stretches();
  if (b.may(kDamage)) b.damage();
  if (b.may(kPeople)) b.people();
  if (b.may(kPeople) && b.may(kApprovalGraph)) b.approvals();
  if (b.may(kApprovalGraph)) b.seeming();
  if (b.may(kGates)) b.gates();
  if (b.may(kStaffing)) b.staffing();
  if (b.may(kCommunication)) b.communication();
  b.recovery();
  if (b.may(kWayBack)) b.way_back();
  if (b.may(kReadiness)) b.readiness();
  b.bypasses();
  b.steps();
  if (b.may(kReports)) b.reports();
  if (b.may(kWatchers)) b.watchers();
  if (b.may(kPacing)) b.pacing();
  if (b.may(kVerdicts)) b.verdicts();
  b.canary();
  return c;
}

}  // namespace breakglass::tests
