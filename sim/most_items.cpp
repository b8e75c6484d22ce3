#include "sim/most_items.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace breakglass::sim {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kDeviations = 6;  // chance goes further once in a thousand million measurements

// A Poisson count of so many expected; the last term is for few.
double most_by_chance(double mean) { return mean + kDeviations * std::sqrt(mean) + kDeviations; }

// What the users who were moved bring, if heavy ones were moved by chance.
double most_share(const TrafficParams& traffic, double weight) {
  if (traffic.routing != Routing::sticky || !traffic.users) return weight;
  double activity = 0, variance = 0;
  for (const UserClassParams& c : traffic.users->classes) activity += c.share * c.requests_per_day;
  for (const UserClassParams& c : traffic.users->classes) {
    const double people = std::max(1.0, traffic.users->population * c.share - 1);
    const double share = activity > 0 ? c.share * c.requests_per_day / activity : 1;
    variance += share * share * weight * (1 - weight) / people;
  }
  return std::min(1.0, weight + kDeviations * std::sqrt(variance));
}

double highest(const EntryParams& entry, const CivilClock& clock, Time horizon) {
  double burst = 1;
  for (const BurstStateParams& state : burst_states(entry)) burst = std::max(burst, state.factor);
  const RateCurve curve = base_curve(entry, clock, horizon);
  double rate = 0;
  for (const double r : curve.rate_per_s) rate = std::max(rate, r);
  return rate * burst;
}

// Windows that a look can see for the first time: those of its interval, or before the first look all.
double windows_of(const SignalParams& signal, const VerdictParams& verdict, Duration interval) {
  const Duration between = own_interval(verdict, interval), first = first_look(verdict, Time{}, interval);
  const auto most = [&](Duration stretch) { return (stretch + signal.window - Duration{1}) / signal.window; };
  return static_cast<double>(std::max({most(between), most(first - signal.delay), std::int64_t{1}}));
}

}  // namespace

double most_requests_per_s(const ScenarioParams& p) {
  const int target = find_service(p.services, p.change.service);
  const CivilClock clock = parse_rfc3339(p.start).value_or(CivilClock{});
  double rate = 0;
  for (const EntryParams& entry : p.traffic.entry) {
    const auto visits = visits_per_request(p.services, find_service(p.services, entry.id));
    if (visits.empty() || visits[static_cast<std::size_t>(target)] <= 0) continue;
    if (entry.trace && entry.trace->exact) return kInfinity;
    rate += visits[static_cast<std::size_t>(target)] * highest(entry, clock, p.horizon);
  }
  return rate;
}

double most_items(const ScenarioParams& p, const SignalParams& signal, const VerdictParams& verdict,
                  Duration interval, double weight) {
  if (signal.of != SignalOf::drawn) return kInfinity;
  const double mean = most_requests_per_s(p) * most_share(p.traffic, weight) * signal.sample *
                      to_seconds(signal.window) * windows_of(signal, verdict, interval);
  return p.traffic.counts == Counts::expected ? mean : most_by_chance(mean);
}

}  // namespace breakglass::sim
