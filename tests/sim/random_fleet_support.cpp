// Random fleets: servers, lines and service times of the services that lead to the released one.
#include <algorithm>
#include <cmath>

#include "sim/model/service_graph.hpp"
#include "tests/sim/random_builder.hpp"

namespace breakglass::tests {
namespace {

constexpr double kMostVisits = 4000;  // of all stations by the horizon, about: a case costs milliseconds

double largest(const std::vector<double>& factors) {
  return factors.empty() ? 1 : *std::max_element(factors.begin(), factors.end());
}

double trace_rate(const sim::EntryParams& entry) {
  double sum = 0;
  for (const double count : entry.trace->data.bin_counts) sum += count;
  return entry.trace->scale * sum / sim::to_seconds(entry.trace->data.length);
}

double busiest(const sim::EntryParams& entry) {
  double burst = 1;
  for (const auto& state : sim::burst_states(entry)) burst = std::max(burst, state.factor);
  const double rate = entry.trace ? trace_rate(entry) : entry.rate_per_s;
  return rate * largest(entry.daily) * largest(entry.weekly) * burst;
}

void scale(sim::EntryParams& entry, double factor) {
  double& rate = entry.trace ? entry.trace->scale : entry.rate_per_s;
  rate = std::max(1e-4, std::floor(rate * factor * 1e6) / 1e6);
}

// Visits a second of each service at the most traffic.
std::vector<double> visits_per_s(const sim::ScenarioParams& p) {
  std::vector<double> sum(p.services.size(), 0);
  for (const auto& entry : p.traffic.entry) {
    const auto each = sim::visits_per_request(p.services, sim::find_service(p.services, entry.id));
    for (std::size_t i = 0; i < each.size(); ++i) sum[i] += busiest(entry) * each[i];
  }
  return sum;
}

Distribution service_time(Dice& d, double mean) {
  const double a = std::max(1e-3, std::round(mean * 1e4) / 1e4);
  switch (d.whole(0, 2)) {
    case 0: return {Kind::fixed, a, 0, {}};
    case 1: return {Kind::exponential, a, 0, {}};
    default: return {Kind::uniform, std::floor(a * 1e3) / 2e3, std::floor(a * 1e3) * 1.5e-3, {}};
  }
}

}  // namespace

// At the most traffic as busy as a fifth of what they can do, up to three times of it.
void Builder::fleet() {
  Dice d = dice(20);
  const auto leads = sim::reaches(p.services, sim::find_service(p.services, p.change.service));
  double all = 0;
  for (const double rate : visits_per_s(p)) all += rate * sim::to_seconds(p.horizon);
  for (auto& entry : p.traffic.entry) scale(entry, std::min(1.0, kMostVisits / std::max(all, 1e-9)));
  const auto rates = visits_per_s(p);
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    auto& service = p.services[i];
    const bool released = service.id == p.change.service;
    if (!leads[i] || !d.chance(released ? 0.9 : 0.5)) continue;
    const int servers = d.whole(1, 12);
    const double load = d.log_between(0.2, 3);
    service.service_time = service_time(d, std::min(600.0, load * servers / std::max(rates[i], 1e-4)));
    if (d.chance(0.2)) continue;  // as many as it takes
    service.servers = servers;
    if (d.chance(0.7)) service.queue = d.whole(0, 60);
    service.scale_stable = released && d.chance(0.4);
    if (d.chance(0.5)) p.harm.rejected = d.nice(0.01, 3);
  }
}

// Latency and rejections, where the released service can have any.
void Builder::measured_signals() {
  if (!serves_requests()) return;
  const auto& service = p.services[static_cast<std::size_t>(sim::find_service(p.services, p.change.service))];
  Dice d = dice(21);
  for (auto& signal : p.signals) {
    if (!d.chance(0.5)) continue;
    const double time = sim::mean(service.service_time);
    if (signal.kind == sim::SignalKind::mean && time > 0) {
      signal.of = sim::SignalOf::latency;
      signal.baseline = std::round(time * 1e4) / 1e4;
      signal.sd = signal.baseline;
    } else if (signal.kind == sim::SignalKind::ratio && service.servers > 0) {
      signal.of = sim::SignalOf::rejected;
    } else {
      continue;
    }
    signal.sample = 1;
    signal.overdispersion = 1;
    signal.drift.reset();
  }
}

void Builder::stretches() {
  if (!serves_requests()) return;
  const auto& service = p.services[static_cast<std::size_t>(sim::find_service(p.services, p.change.service))];
  Dice d = dice(22);
  for (auto& severity : p.change.regression.severities) {
    if (sim::mean(service.service_time) > 0 && d.chance(0.6)) severity.service_time_ratio = d.nice(1.1, 5);
  }
}

}  // namespace breakglass::tests
