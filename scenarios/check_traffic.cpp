#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

void check_odds(const Checker& check, const std::string& where, const std::vector<double>& next,
                std::size_t states) {
  if (next.empty()) return;
  if (next.size() != states) {
    check.say(where, std::to_string(next.size()) + " odds for " + std::to_string(states) + " states",
              "as many odds as there are states");
  } else if (*std::max_element(next.begin(), next.end()) <= 0) {
    check.say(where, "all odds are 0: nothing can follow", "at least one above 0");
  }
}

void check_burst(const Checker& check, const std::string& where, const sim::BurstParams& burst) {
  const bool two_state = burst.mean_gap.count() > 0 || burst.mean_length.count() > 0 || burst.factor > 0;
  if (burst.states.empty()) {
    if (!find(check.root, where + "/factor") || burst.mean_gap.count() <= 0 ||
        burst.mean_length.count() <= 0) {
      check.say(where, "a burst needs factor, mean_gap and mean_length, or states",
                "{\"factor\": 3, \"mean_gap\": \"4h\", \"mean_length\": \"10m\"}");
    }
    return;
  }
  if (two_state)
    check.say(where + "/states", "states stand instead of factor, mean_gap and mean_length",
              "one or the other");
  if (burst.states.size() < 2) check.say(where + "/states", "one state is no burst", "two states or more");
  if (burst.states.size() > 32)
    return check.say(where + "/states", "more than 32 states", "at most 32 states");
  for (std::size_t i = 0; i < burst.states.size(); ++i)
    check_odds(check, at(where + "/states", i, "/next"), burst.states[i].next, burst.states.size());
}

// Bursts are events of their own: so many that a run would not end are a slip of the unit.
void check_changes(const Checker& check, const std::string& where, const sim::EntryParams& entry,
                   sim::Duration horizon) {
  constexpr sim::Duration kYear = std::chrono::hours{366 * 24};
  const auto states = sim::burst_states(entry);
  if (states.empty()) return;
  sim::Duration sum{};
  sim::Duration least = sim::Duration::max();
  for (const auto& state : states) {
    if (state.mean_length > kYear)
      return check.say(where, "a burst or gap of more than a year", "at most 366d");
    sum += state.mean_length;
    least = std::min(least, state.mean_length);
  }
  // Two states take turns; of more, the odds may favour the shortest.
  if (states.size() != 2 || !states[0].next.empty() || !states[1].next.empty())
    sum = least * static_cast<int>(states.size());
  if (sum.count() <= 0) return;  // said above
  const double changes = sim::to_seconds(horizon) / sim::to_seconds(sum) * static_cast<double>(states.size());
  if (changes <= kMostChanges) return;
  check.say(where, "about " + about(changes) + " changes between burst and calm by the horizon",
            "at most " + plain(kMostChanges), "lengthen what is short, or bring the horizon nearer");
}

void check_entry(const Checker& check, const sim::EntryParams& entry, sim::Duration horizon) {
  std::string where = "/traffic/entry";
  append_token(where, entry.id);
  const bool has_rate = find(check.root, where + "/rate") != nullptr;
  if (entry.trace && has_rate)
    check.say(where + "/rate", "a trace stands instead of a rate", "one or the other");
  if (!entry.trace && !has_rate)
    check.say(where, "missing field \"rate\" (or a trace)", "a rate such as \"40/s\"");
  if (entry.trace && !(entry.daily.empty() && entry.weekly.empty() && !entry.burst)) {
    check.say(where + "/trace", "a trace has its own curves and bursts",
              "no daily, weekly or burst beside it");
  }
  if (!entry.daily.empty() && entry.daily.size() != 24) {
    check.say(where + "/daily", std::to_string(entry.daily.size()) + " factors",
              "24 factors, one for each local hour from 0:00");
  }
  if (!entry.weekly.empty() && entry.weekly.size() != 7) {
    check.say(where + "/weekly", std::to_string(entry.weekly.size()) + " factors",
              "7 factors, one for each day from Monday");
  }
  if (entry.burst) check_burst(check, where + "/burst", *entry.burst);
  if (entry.burst && check.whole("/horizon")) check_changes(check, where + "/burst", entry, horizon);
}

void check_users(const Checker& check, const sim::UsersParams& users) {
  if (users.population != std::floor(users.population)) {
    check.say("/traffic/users/population", "a population of " + plain(users.population) + " people",
              "a whole number");
  }
  if (users.classes.empty()) check.say("/traffic/users/classes", "no class", "at least one class");
  if (users.classes.size() > sim::kMaxClasses) {
    check.say("/traffic/users/classes", std::to_string(users.classes.size()) + " classes",
              "at most " + std::to_string(sim::kMaxClasses) + " classes");
  }
  double sum = 0;
  double activity = 0;
  for (const auto& c : users.classes) {
    sum += c.share;
    activity += c.share * c.requests_per_day;
  }
  if (!users.classes.empty() && !sums_to_one(sum)) {
    check.say("/traffic/users/classes", "the shares of the classes sum to " + plain(sum), "a sum of 1");
  }
  if (!users.classes.empty() && activity <= 0) {
    check.say("/traffic/users/classes", "nobody makes a request",
              "requests_per_day above 0 in a class with users");
  }
}

}  // namespace

namespace {

// What a request multiplies to along the best way of so many calls to each service, and that way.
using Ways = std::map<std::string, std::pair<double, std::string>>;

Ways one_call_longer(const std::vector<sim::ServiceParams>& services, const Ways& ways) {
  Ways longer;
  for (const auto& [at, way] : ways) {
    for (const auto& call : services[static_cast<std::size_t>(sim::find_service(services, at))].calls) {
      auto& best = longer[call.id];
      if (way.first * call.per_request > best.first)
        best = {way.first * call.per_request, way.second + " -> " + visible(call.id, 40)};
    }
  }
  return longer;
}

// The cycle of few calls that multiplies requests the most, as " (a -> b -> a)", where one does so by itself;
// nothing where only several together do, or the graph is too large to look.
std::string feeding_cycle(const std::vector<sim::ServiceParams>& services) {
  constexpr std::size_t kLongest = 8, kMostCalls = 500;
  std::size_t calls = 0;
  for (const auto& service : services) calls += service.calls.size();
  std::string worst;
  double most = 1 - 1e-8;
  for (const auto& start : services) {
    if (calls > kMostCalls) break;
    Ways ways{{start.id, {1, visible(start.id, 40)}}};
    for (std::size_t length = 1; length <= std::min(services.size(), kLongest); ++length) {
      ways = one_call_longer(services, ways);
      const auto back = ways.find(start.id);
      if (back == ways.end()) continue;
      if (back->second.first > most * (1 + 1e-9)) {
        most = back->second.first;
        worst = " (" + back->second.second + ")";
      }
      ways.erase(back);  // round once
    }
  }
  return worst;
}

// Whether every call names a service. Says so where not, and where another name of a service does not.
bool check_names(const Checker& check, const sim::ScenarioParams& p) {
  const auto ids = ids_of(p.services);
  const auto known = [&](std::string where, const std::string& id) {
    if (!has(ids, id)) check.unknown(std::move(where), "service", id, ids);
    return has(ids, id);
  };
  bool calls_known = true;
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    for (const auto& call : p.services[i].calls) {
      std::string where = at("/services", i, "/calls");
      append_token(where, call.id);
      if (call.per_request > 1e6) check.say(where, "more than a million calls per request", "at most 1e6");
      calls_known &= known(where, call.id);
    }
  }
  known("/change/service", p.change.service);
  for (const auto& entry : p.traffic.entry) {
    std::string where = "/traffic/entry";
    append_token(where, entry.id);
    known(where, entry.id);
  }
  return calls_known;
}

double largest(const std::vector<double>& factors) {
  return factors.empty() ? 1 : *std::max_element(factors.begin(), factors.end());
}

// Whether any request can enter there. Of a trace: it says so itself.
bool brings(const sim::EntryParams& entry) {
  double burst = entry.burst ? 0 : 1;
  for (const auto& state : sim::burst_states(entry)) burst = std::max(burst, state.factor);
  return entry.trace || entry.rate_per_s * largest(entry.daily) * largest(entry.weekly) * burst > 0;
}

// What entry points reach, and how often a request visits the released service.
void check_reach(const Checker& check, const sim::ScenarioParams& p) {
  std::vector<bool> reached(p.services.size(), false);
  bool any = false, brought = false;
  const int found = sim::find_service(p.services, p.change.service);
  if (found < 0) return;
  const auto target = static_cast<std::size_t>(found);
  for (const auto& entry : p.traffic.entry) {
    const int from = sim::find_service(p.services, entry.id);
    if (from < 0) return;  // nothing can be said of what it might reach
    const auto visits = sim::visits_per_request(p.services, from);
    for (std::size_t i = 0; i < visits.size(); ++i) reached[i] = reached[i] || visits[i] > 1e-12;
    if (visits.empty() || visits[target] <= 1e-12) continue;
    any = true;
    std::string rate = "/traffic/entry";
    append_token(rate, entry.id);
    // One that is missing has its complaint.
    brought = brought || brings(entry) || !find(check.root, rate + "/rate");
    if (!entry.trace && check.whole("/horizon")) check_requests(check, entry, visits[target], p.horizon);
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (!reached[i]) {
      check.say(at("/services", i, "/id"), "no entry point reaches service \"" + p.services[i].id + "\"",
                "a call to it, or an entry point", "remove the service if nothing uses it");
    }
  }
  if (!any)
    check.say("/change/service", "no entry point reaches the released service",
              "an entry point that calls it");
  if (any && !brought) {
    check.say("/traffic/entry", "no request ever reaches the released service: every rate is 0",
              "a rate above 0, with curves that are not 0 all the time");
  }
}

}  // namespace

void check_requests(const Checker& check, const sim::EntryParams& entry, double visits,
                    sim::Duration horizon) {
  double requests = visits;
  if (entry.trace) {
    double pass = 0;
    for (const double count : entry.trace->data.bin_counts) pass += count;
    const double passes = sim::to_seconds(horizon) / sim::to_seconds(entry.trace->data.length);
    requests *= entry.trace->scale * pass * (entry.trace->repeat ? passes + 1 : 1);
  } else {
    double burst = 1;
    for (const auto& state : sim::burst_states(entry)) burst = std::max(burst, state.factor);
    requests *=
        entry.rate_per_s * largest(entry.daily) * largest(entry.weekly) * burst * sim::to_seconds(horizon);
  }
  if (requests <= kMostRequests) return;
  std::string where = "/traffic/entry";
  append_token(where, entry.id);
  check.say(where + (entry.trace ? "/trace" : "/rate"),
            "up to " + about(requests) + " requests reach the released service by the horizon",
            "at most " + plain(kMostRequests),
            "lower the traffic and its factors, or bring the horizon nearer");
}

void check_services(const Checker& check, const sim::ScenarioParams& p) {
  if (p.services.empty()) check.say("/services", "no service", "at least one service");
  if (p.services.size() > kMostServices)
    return check.say("/services", std::to_string(p.services.size()) + " services",
                     "at most " + std::to_string(kMostServices));
  if (p.services.empty() || !check.named("/services") || !check_names(check, p)) return;
  if (!check.whole("/services")) return;
  const double radius = sim::spectral_radius(p.services);
  if (!(radius < 1 - 1e-9)) {
    return check.say(
        "/services",
        "the calls feed on themselves" + feeding_cycle(p.services) +
            ": the spectral radius of the call matrix is " + plain(std::round(radius * 1e6) / 1e6),
        "a radius below 1, so that every request ends", "lower the per_request of a call on the cycle");
  }
  if (p.traffic.entry.empty() || p.traffic.entry.size() > sim::kMaxEntries) return;  // said with the traffic
  if (check.whole("/traffic/entry") && check.whole("/change/service")) check_reach(check, p);
}

void check_traffic(const Checker& check, const sim::ScenarioParams& p) {
  if (p.traffic.entry.empty()) check.say("/traffic/entry", "no entry point", "at least one entry point");
  if (p.traffic.entry.size() > sim::kMaxEntries) {
    check.say("/traffic/entry", std::to_string(p.traffic.entry.size()) + " entry points",
              "at most " + std::to_string(sim::kMaxEntries));
  }
  for (const auto& entry : p.traffic.entry) check_entry(check, entry, p.horizon);
  if (p.traffic.users) check_users(check, *p.traffic.users);
  const bool has_users = p.traffic.users || !check.whole("/traffic/users");
  if (p.traffic.routing == sim::Routing::sticky && !has_users) {
    check.say("/traffic/routing", "sticky routing assigns users, and there are none",
              "a field \"users\" beside it");
  }
}

}  // namespace breakglass::scenarios
