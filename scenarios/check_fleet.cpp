// What request fidelity asks of a scenario, and what only means something with it.
#include <algorithm>

#include "scenarios/checks.hpp"
#include "sim/model/service_graph.hpp"

namespace breakglass::scenarios {
namespace {

const std::string kRequests = "\"fidelity\": \"requests\" in the traffic";

bool is_given(const Checker& check, const std::string& pointer) {
  return find(check.root, pointer) != nullptr;
}

// Whether a service takes any time: none, as far as anybody could tell, where the mean is 0.
bool takes_time(const sim::ServiceParams& service) { return sim::mean(service.service_time) > 0; }

// --- Where requests are counted in windows, nothing of a queue counts.

void check_unused(const Checker& check, const sim::ScenarioParams& p) {
  const auto say = [&](const std::string& where, const std::string& what) {
    check.say(where, "requests that are counted in windows know no " + what, kRequests);
  };
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    for (const char* field : {"servers", "service_time", "queue", "scale_stable"}) {
      const std::string where = at("/services", i, std::string("/") + field);
      if (is_given(check, where)) say(where, field);
    }
  }
  if (p.harm.rejected > 0) say("/harm/rejected", "rejections");
  const auto& severities = p.change.regression.severities;
  for (std::size_t k = 0; k < severities.size(); ++k) {
    if (severities[k].service_time_ratio != 1)
      say(at("/change/regression/severities", k, "/service_time_ratio"), "service_time");
  }
}

// --- Stations

void check_station(const Checker& check, const sim::ServiceParams& service, std::size_t i, bool released) {
  if (service.servers > 0 && !takes_time(service)) {
    check.say(at("/services", i, "/servers"), "servers that take no time for a request are never busy",
              "a service_time above 0 beside them");
  }
  const std::string queue = at("/services", i, "/queue");
  if (service.servers == 0 && is_given(check, queue))
    check.say(queue, "nobody queues for any number of servers", "servers beside it");
  const std::string scaled = at("/services", i, "/scale_stable");
  if (!service.scale_stable) return;
  if (!released) check.say(scaled, "only the released service has a stable pool", "no scale_stable here");
  if (released && service.servers == 0)
    check.say(scaled, "any number of servers cannot be scaled", "servers beside it");
}

// A call is a job of its own that nobody waits for, so what is behind the released service moves nothing.
void check_behind(const Checker& check, const std::string& released, std::size_t i) {
  for (const char* field : {"servers", "service_time", "queue", "scale_stable"}) {
    const std::string where = at("/services", i, std::string("/") + field);
    if (!is_given(check, where)) continue;
    check.say(where, "nobody waits for a service behind the released one",
              std::string(field) + " on services that lead to \"" + released + "\"");
  }
}

void check_stations(const Checker& check, const sim::ScenarioParams& p) {
  if (!fleet_is_sound(check, p)) return;
  const int target = sim::find_service(p.services, p.change.service);
  const auto leads = sim::reaches(p.services, target);
  bool limited = false;
  for (std::size_t i = 0; i < leads.size(); ++i) {
    if (leads[i]) {
      check_station(check, p.services[i], i, static_cast<int>(i) == target);
    } else {
      check_behind(check, p.change.service, i);
    }
    limited = limited || (leads[i] && p.services[i].servers > 0);
  }
  if (p.harm.rejected > 0 && !limited) {
    check.say("/harm/rejected",
              "no service on the way to \"" + p.change.service +
                  "\" has a number of servers: nothing is ever rejected",
              "servers on one of them");
  }
  const auto& released = p.services[static_cast<std::size_t>(target)];
  const std::string a_time = "a service_time for \"" + p.change.service + "\"";
  const auto& severities = p.change.regression.severities;
  for (std::size_t k = 0; k < severities.size() && !takes_time(released); ++k) {
    if (severities[k].service_time_ratio == 1) continue;
    check.say(at("/change/regression/severities", k, "/service_time_ratio"),
              "the released service takes no time, and a multiple of that is none", a_time);
  }
  for (std::size_t i = 0; i < p.signals.size(); ++i) {
    const sim::SignalOf of = p.signals[i].of;
    if (of == sim::SignalOf::latency && !takes_time(released))
      check.say(at("/signals", i, "/of"), "the released service takes no time: nothing to measure", a_time);
    if (of == sim::SignalOf::rejected && released.servers == 0) {
      check.say(at("/signals", i, "/of"),
                "the released service has any number of servers, and never rejects a request",
                "servers for \"" + p.change.service + "\"");
    }
  }
}

// --- Signals that are measured

void check_moves(const Checker& check, const sim::ScenarioParams& p, const std::string& signal) {
  const auto& severities = p.change.regression.severities;
  for (std::size_t k = 0; k < severities.size(); ++k) {
    for (const auto& move : severities[k].moves) {
      if (move.id != signal) continue;
      std::string where = at("/change/regression/severities", k, "/moves");
      append_token(where, move.id);
      check.say(where, "\"" + signal + "\" is measured: what its requests go through moves it",
                "service_time_ratio instead");
    }
  }
}

void check_measured(const Checker& check, const sim::ScenarioParams& p, std::size_t i) {
  const auto& signal = p.signals[i];
  if (signal.of == sim::SignalOf::drawn) return;
  const bool latency = signal.of == sim::SignalOf::latency;
  const auto kind = latency ? sim::SignalKind::mean : sim::SignalKind::ratio;
  if (p.traffic.fidelity != sim::Fidelity::requests) {
    check.say(at("/signals", i, "/of"), "nothing is measured where requests are counted in windows",
              kRequests);
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
  check_moves(check, p, signal.id);
}

}  // namespace

void check_fleet(const Checker& check, const sim::ScenarioParams& p) {
  for (std::size_t i = 0; i < p.signals.size(); ++i) check_measured(check, p, i);
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    if (sim::quantile(p.services[i].service_time, 1e-9) < 0) {
      check.say(at("/services", i, "/service_time"), "a service time below zero", "0 or more");
    }
  }
  if (p.traffic.fidelity != sim::Fidelity::requests) {
    if (check.whole("/traffic/fidelity")) check_unused(check, p);
    return;
  }
  if (p.traffic.counts == sim::Counts::expected) {
    check.say("/traffic/counts", "requests simulated one by one have no expected counts", "\"drawn\"");
  }
  check_stations(check, p);
  const auto& entries = p.traffic.entry;
  if (std::none_of(entries.begin(), entries.end(), [](const auto& entry) { return entry.trace.has_value(); }))
    check_fleet_budget(check, p);  // otherwise once the traces are read
}

}  // namespace breakglass::scenarios
