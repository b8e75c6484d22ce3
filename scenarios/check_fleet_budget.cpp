// How much work requests that are simulated one by one may make: a file must not keep the program busy for
// ever, nor fill the machine's memory.
#include <algorithm>

#include "scenarios/checks.hpp"
#include "sim/kernel/civil.hpp"
#include "sim/model/service_graph.hpp"

namespace breakglass::scenarios {
namespace {

// At some fifteen million a second: a few seconds for one world.
constexpr double kMostVisits = 5e7;
// By one request, at one instant if the services take no time.
constexpr double kMostVisitsEach = 1e5;
// 24 bytes each, and every thread has a world of its own.
constexpr double kMostUnderWay = 2e6;

// What an entry point brings, in its strongest burst all the while.
struct Brought {
  double requests = 0;    // by the horizon
  double peak_per_s = 0;  // the highest rate
};

// Nothing of a trace that is not read yet, and of curves that are complained about.
Brought brought_by(const sim::EntryParams& entry, const sim::CivilClock& clock, sim::Time horizon) {
  Brought sum;
  if (entry.trace && entry.trace->data.length.count() <= 0) return sum;
  if ((!entry.daily.empty() && entry.daily.size() != 24) ||
      (!entry.weekly.empty() && entry.weekly.size() != 7))
    return sum;
  double burst = 1;
  for (const auto& state : sim::burst_states(entry)) burst = std::max(burst, state.factor);
  const sim::RateCurve curve = sim::base_curve(entry, clock, horizon);
  for (std::size_t i = 0; i < curve.rate_per_s.size(); ++i) {
    const double rate = curve.rate_per_s[i] * burst;
    sum.requests += rate * sim::to_seconds(curve.knots[i + 1] - curve.knots[i]);
    sum.peak_per_s = std::max(sum.peak_per_s, rate);
  }
  return sum;
}

double longest_stretch(const sim::ScenarioParams& p) {
  double most = 1;
  for (const auto& severity : p.change.regression.severities)
    most = std::max(most, severity.service_time_ratio);
  return most;
}

// The most requests that a service is likely to hold, being served and waiting, in both of its pools.
double held_by(const sim::ServiceParams& service, const Brought& here, double stretch) {
  const double room = service.servers > 0 ? 2 * static_cast<double>(service.servers + service.queue)
                                          : here.peak_per_s * sim::mean(service.service_time) * stretch;
  return std::min(room, here.requests);
}

}  // namespace

bool fleet_is_sound(const Checker& check, const sim::ScenarioParams& p) {
  if (!check.whole("/services") || !check.whole("/change/service") || !check.whole("/traffic/entry"))
    return false;
  if (p.services.size() > kMostServices || !(sim::spectral_radius(p.services) < 1 - 1e-9)) return false;
  const auto calls_known = [&p](const sim::ServiceParams& service) {
    return std::all_of(service.calls.begin(), service.calls.end(), [&p](const sim::CallParams& call) {
      return sim::find_service(p.services, call.id) >= 0;
    });
  };
  return sim::find_service(p.services, p.change.service) >= 0 &&
         std::all_of(p.services.begin(), p.services.end(), calls_known) &&
         std::all_of(p.traffic.entry.begin(), p.traffic.entry.end(), [&](const sim::EntryParams& entry) {
           return sim::find_service(p.services, entry.id) >= 0;
         });
}

void check_fleet_budget(const Checker& check, const sim::ScenarioParams& p) {
  const auto clock = sim::parse_rfc3339(p.start);
  if (p.traffic.fidelity != sim::Fidelity::requests || !fleet_is_sound(check, p) || !clock) return;
  if (!check.whole("/horizon") || !check.whole("/change/regression/severities")) return;
  const int target = sim::find_service(p.services, p.change.service);
  const auto leads = sim::reaches(p.services, target);
  std::vector<Brought> brought(p.services.size());
  double visits_in_all = 0;
  for (const auto& entry : p.traffic.entry) {
    const auto visits = sim::visits_per_request(p.services, sim::find_service(p.services, entry.id));
    if (visits.empty() || visits[static_cast<std::size_t>(target)] <= 0) continue;
    const Brought here = brought_by(entry, *clock, p.horizon);
    double visits_each = 0;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      if (!leads[i]) continue;
      visits_each += visits[i];
      brought[i].requests += here.requests * visits[i];
      brought[i].peak_per_s += here.peak_per_s * visits[i];
    }
    visits_in_all += here.requests * visits_each;
    if (visits_each <= kMostVisitsEach) continue;
    std::string where = "/traffic/entry";
    append_token(where, entry.id);
    return check.say(where, "one request here makes about " + about(visits_each) + " visits of services",
                     "at most " + plain(kMostVisitsEach), "lower the calls per request");
  }
  if (visits_in_all > kMostVisits) {
    return check.say("/traffic/fidelity",
                     "up to " + about(visits_in_all) + " visits of services one by one by the horizon",
                     "at most " + plain(kMostVisits),
                     "bring the horizon nearer, lower the traffic, or use \"windows\"");
  }
  double held = 0;
  for (std::size_t i = 0; i < brought.size(); ++i) {
    if (leads[i]) held += held_by(p.services[i], brought[i], longest_stretch(p));
  }
  if (held <= kMostUnderWay) return;
  check.say("/traffic/fidelity", "up to " + about(held) + " requests under way at once",
            "at most " + plain(kMostUnderWay), "shorten queues and service times, or lower the traffic");
}

}  // namespace breakglass::scenarios
