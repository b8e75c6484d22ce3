#include "sim/serving.hpp"

#include <cmath>

namespace breakglass::sim {
namespace {

double as_double(std::uint64_t count) { return static_cast<double>(count); }

ArmCount counted(const FleetPool& pool) {
  return {as_double(pool.arrived), as_double(pool.rejected), as_double(pool.completed),
          pool.sojourn_ns / 1e9};
}

// Rejected before they came to the released service.
double rejected_before(const Run& run) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < run.scenario.fleet.stations.size(); ++i) {
    if (static_cast<std::int32_t>(i) != run.scenario.fleet.released) sum += run.world.fleet.pools[i].rejected;
  }
  return as_double(sum);
}

FleetStation station_of(const ServiceParams& service, const std::vector<ServiceParams>& services,
                        const std::vector<std::int32_t>& place) {
  FleetStation station;
  station.service_time = service.service_time;
  station.servers = service.servers;
  station.queue = service.queue;
  for (const CallParams& call : service.calls) {
    const int to = find_service(services, call.id);
    if (to < 0 || place[static_cast<std::size_t>(to)] < 0) continue;
    const double whole = std::floor(call.per_request);
    station.calls.push_back({place[static_cast<std::size_t>(to)], static_cast<std::int32_t>(whole),
                             call.per_request - whole, -1});
  }
  return station;
}

FleetEntry entry_of(const EntryParams& params, const Flow& flow, std::int32_t place) {
  FleetEntry entry;
  entry.station = place;
  entry.curve = flow.curve;
  if (!flow.replay) return entry;
  entry.regular = true;
  entry.arrivals = params.trace->data.arrivals;
  entry.length = params.trace->data.length;
  entry.scale = params.trace->scale;
  entry.repeat = params.trace->repeat;
  return entry;
}

FleetControls controls_of(const Run& run, Time from) {
  const World& w = run.world;
  FleetControls controls{w.traffic.share, 1, 1};
  if (w.change.hypothesis == 0) return controls;
  const auto k = static_cast<std::size_t>(w.change.hypothesis - 1);
  const SeverityParams& severity = run.scenario.params.change.regression.severities[k];
  if (!shows(severity.onset, from, w.change.first_traffic_at, w.rollout.weight)) return controls;
  controls.ratio = severity.service_time_ratio;
  controls.segment = severity.onset.segment;
  return controls;
}

void add_to_signals(Run& run, Time from, const std::array<ArmCount, 2>& fresh) {
  World& w = run.world;
  if (w.rollout.stage != Stage::stepping) return;
  for (const int s : run.strategy.signals) {
    if (!is_measured(run, s)) continue;
    SignalState& signal = w.signals[static_cast<std::size_t>(s)];
    if (signal.measured_from != signal.from) {
      signal.measured_from = signal.from;
      signal.measured_items = {};
      signal.measured_sum = {};
    }
    if (from < signal.from) continue;  // of the window before
    const bool latency = run.scenario.params.signals[static_cast<std::size_t>(s)].of == SignalOf::latency;
    for (std::size_t arm = 0; arm < 2; ++arm) {
      signal.measured_items[arm] += latency ? fresh[arm].completed : fresh[arm].arrived;
      signal.measured_sum[arm] += latency ? fresh[arm].sojourn_s : fresh[arm].rejected;
    }
  }
}

}  // namespace

FleetPlan plan_fleet(const Scenario& scenario) {
  const ScenarioParams& p = scenario.params;
  FleetPlan plan;
  if (p.traffic.fidelity != Fidelity::requests) return plan;
  const int target = find_service(p.services, p.change.service);
  const auto leads = reaches(p.services, target);
  std::vector<std::int32_t> place(p.services.size(), -1);
  std::int32_t count = 0;
  for (std::size_t i = 0; i < place.size(); ++i) place[i] = leads[i] ? count++ : -1;
  for (std::size_t i = 0; i < place.size(); ++i) {
    if (leads[i]) plan.stations.push_back(station_of(p.services[i], p.services, place));
  }
  // The flows are the entries that reach the released service, in their order.
  std::size_t flow = 0;
  for (const EntryParams& entry : p.traffic.entry) {
    const auto at = static_cast<std::size_t>(find_service(p.services, entry.id));
    const auto visits = visits_per_request(p.services, static_cast<int>(at));
    if (visits.empty() || visits[static_cast<std::size_t>(target)] <= 0) continue;
    plan.entries.push_back(entry_of(entry, scenario.flows[flow++], place[at]));
  }
  plan.released = place[static_cast<std::size_t>(target)];
  plan.scale_stable = p.services[static_cast<std::size_t>(target)].scale_stable;
  return add_streams(std::move(plan));
}

void begin_serving(Run& run) {
  if (!serves_requests(run)) return;
  World& w = run.world;
  w.fleet = begin_fleet(run.scenario.fleet, draw_at(w, Question::fleet_gap, 0, 0));
  for (std::size_t f = 0; f < run.scenario.flows.size(); ++f) burst_serving(run, static_cast<int>(f));
}

Arrivals serve_requests(Run& run) {
  World& w = run.world;
  const FleetPlan& plan = run.scenario.fleet;
  const Time from = w.traffic.counted_until;
  advance_fleet(plan, w.fleet, controls_of(run, from), draw_at(w, Question::fleet_gap, 0, 0), w.now);
  std::array<ArmCount, 2> fresh;
  for (std::size_t arm = 0; arm < 2; ++arm) {
    const ArmCount now = counted(fleet_arm(plan, w.fleet, static_cast<int>(arm)));
    ArmCount& told = w.serving.told[arm];
    fresh[arm] = {now.arrived - told.arrived, now.rejected - told.rejected, now.completed - told.completed,
                  now.sojourn_s - told.sojourn_s};
    told = now;
    w.serving.pending_rejected[arm] += fresh[arm].rejected;
  }
  const double before = rejected_before(run);
  w.serving.pending_before += before - w.serving.told_before;
  w.serving.told_before = before;
  add_to_signals(run, from, fresh);
  if (w.record.shipped_at == kNever) w.record.shipped_at = w.fleet.first_on_change;
  return {fresh[0].arrived - fresh[0].rejected, fresh[1].arrived - fresh[1].rejected};
}

void resize_serving(Run& run) {
  if (!serves_requests(run)) return;
  set_fleet_pools(run.scenario.fleet, run.world.fleet, run.world.rollout.weight, run.world.now);
}

void burst_serving(Run& run, int flow) {
  if (!serves_requests(run)) return;
  const auto f = static_cast<std::size_t>(flow);
  const auto& states = run.scenario.flows[f].bursts;
  if (states.empty()) return;
  const double factor = states[run.world.traffic.burst[f]].factor;
  set_fleet_factor(run.scenario.fleet, run.world.fleet, flow, factor, run.world.now);
}

void book_rejected(Run& run) {
  if (!serves_requests(run)) return;
  World& w = run.world;
  const double each = run.scenario.params.harm.rejected;
  const auto [stable, change] = w.serving.pending_rejected;
  if (each > 0) {
    const double before = w.serving.pending_before;
    book(w.ledger, HarmSource::ongoing, each * (stable + before), stable + before);
    book(w.ledger, HarmSource::regression, each * change, change);
    w.serving.harm_per_s = each * (stable + change) / to_seconds(w.now - w.ledger.settled_until);
  }
  w.serving.pending_rejected = {};
  w.serving.pending_before = 0;
}

bool is_measured(const Run& run, int signal) {
  return serves_requests(run) &&
         run.scenario.params.signals[static_cast<std::size_t>(signal)].of != SignalOf::drawn;
}

Reading measured(const Run& run, int signal, int arm, Time from) {
  const SignalState& state = run.world.signals[static_cast<std::size_t>(signal)];
  const auto a = static_cast<std::size_t>(arm);
  return state.measured_from == from ? Reading{state.measured_items[a], state.measured_sum[a]} : Reading{};
}

}  // namespace breakglass::sim
