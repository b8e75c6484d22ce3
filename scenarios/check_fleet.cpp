// What request fidelity asks of a scenario, and what only means something with it.
#include <algorithm>
#include <numeric>

#include "scenarios/checks.hpp"
#include "sim/model/service_graph.hpp"

namespace breakglass::scenarios {
namespace {

// One by one, at some ten million a second: more would keep one run busy for the better part of a minute.
constexpr double kMostRequestEvents = 2e8;

double mean_of(const std::vector<double>& factors) {
  if (factors.empty()) return 1;
  return std::accumulate(factors.begin(), factors.end(), 0.0) / static_cast<double>(factors.size());
}

// Visits of stations by the horizon, with the strongest burst all the while.
double request_events(const sim::ScenarioParams& p, const std::vector<bool>& leads, std::size_t target) {
  double events = 0;
  for (const auto& entry : p.traffic.entry) {
    const auto visits = sim::visits_per_request(p.services, sim::find_service(p.services, entry.id));
    if (visits.empty() || visits[target] <= 0) continue;
    double burst = 1;
    for (const auto& state : sim::burst_states(entry)) burst = std::max(burst, state.factor);
    double stations = 0;
    for (std::size_t i = 0; i < visits.size(); ++i) stations += leads[i] ? visits[i] : 0;
    const double rate = entry.rate_per_s * mean_of(entry.daily) * mean_of(entry.weekly) * burst;
    events += rate * stations * sim::to_seconds(p.horizon);
  }
  return events;
}

void check_stations(const Checker& check, const sim::ScenarioParams& p) {
  if (!check.whole("/services") || !check.whole("/change/service") || !check.whole("/traffic/entry")) return;
  const int target = sim::find_service(p.services, p.change.service);
  if (target < 0 || p.services.size() > kMostServices || !(sim::spectral_radius(p.services) < 1 - 1e-9))
    return;
  for (const auto& entry : p.traffic.entry) {
    if (sim::find_service(p.services, entry.id) < 0) return;
  }
  const auto leads = sim::reaches(p.services, target);
  for (std::size_t i = 0; i < leads.size(); ++i) {
    if (leads[i] || p.services[i].servers == 0) continue;
    check.say(at("/services", i, "/servers"), "nobody waits for a service behind the released one",
              "servers on services that lead to \"" + p.change.service + "\"");
  }
  const double events = request_events(p, leads, static_cast<std::size_t>(target));
  if (!check.whole("/horizon") || events <= kMostRequestEvents) return;
  check.say("/traffic/fidelity", "up to " + about(events) + " requests one by one by the horizon",
            "at most " + plain(kMostRequestEvents), "shorten the horizon, or use \"windows\"");
}

void check_measured(const Checker& check, const sim::ScenarioParams& p, std::size_t i) {
  const auto& signal = p.signals[i];
  if (signal.of == sim::SignalOf::drawn) return;
  const bool latency = signal.of == sim::SignalOf::latency;
  const auto kind = latency ? sim::SignalKind::mean : sim::SignalKind::ratio;
  if (p.traffic.fidelity != sim::Fidelity::requests) {
    check.say(at("/signals", i, "/of"), "nothing is measured where requests are simulated as windows",
              "\"fidelity\": \"requests\" in the traffic");
  }
  if (signal.kind != kind) {
    check.say(at("/signals", i, "/kind"),
              latency ? "a latency is measured as a mean" : "rejections are measured as a ratio",
              latency ? "\"mean\"" : "\"ratio\"");
  }
  if (signal.sample < 1)
    check.say(at("/signals", i, "/sample"), "a measured signal sees every request", "no sample");
  if (signal.drift)
    check.say(at("/signals", i, "/drift"), "a measured signal has no drift of its own", "no drift");
  if (signal.overdispersion != 1) {
    check.say(at("/signals", i, "/overdispersion"), "a measured signal varies as its queue does",
              "no overdispersion");
  }
}

}  // namespace

void check_fleet(const Checker& check, const sim::ScenarioParams& p) {
  for (std::size_t i = 0; i < p.signals.size(); ++i) check_measured(check, p, i);
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    if (sim::quantile(p.services[i].service_time, 1e-9) < 0) {
      check.say(at("/services", i, "/service_time"), "a service time below zero", "0 or more");
    }
  }
  if (p.traffic.fidelity != sim::Fidelity::requests) return;
  if (p.traffic.counts == sim::Counts::expected) {
    check.say("/traffic/counts", "requests simulated one by one have no expected counts", "\"drawn\"");
  }
  check_stations(check, p);
}

}  // namespace breakglass::scenarios
