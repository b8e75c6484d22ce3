#include <algorithm>
#include <cmath>

#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::scenarios {
namespace {

std::string plain(double value) { return make_number(value).text; }

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
  if (burst.states.size() > 32) check.say(where + "/states", "more than 32 states", "at most 32 states");
  for (std::size_t i = 0; i < burst.states.size(); ++i) {
    const auto& next = burst.states[i].next;
    if (next.empty()) continue;
    if (next.size() != burst.states.size()) {
      check.say(at(where + "/states", i, "/next"),
                std::to_string(next.size()) + " odds for " + std::to_string(burst.states.size()) + " states",
                "as many odds as there are states");
    } else if (*std::max_element(next.begin(), next.end()) <= 0) {
      check.say(at(where + "/states", i, "/next"), "all odds are 0: nothing can follow",
                "at least one above 0");
    }
  }
}

void check_entry(const Checker& check, const sim::EntryParams& entry) {
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
  if (entry.rate_per_s > 1e9)
    check.say(where + "/rate", "more than a billion requests a second", "at most 1e9/s");
}

void check_users(const Checker& check, const sim::UsersParams& users) {
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

void check_services(const Checker& check, const sim::ScenarioParams& p) {
  const auto ids = ids_of(p.services);
  if (p.services.empty()) check.say("/services", "no service", "at least one service");
  if (p.services.size() > 500)
    return check.say("/services", "more than 500 services", "at most 500 services");
  bool known = true;
  for (std::size_t i = 0; i < p.services.size(); ++i) {
    for (const auto& call : p.services[i].calls) {
      if (has(ids, call.id)) continue;
      std::string where = at("/services", i, "/calls");
      append_token(where, call.id);
      check.unknown(where, "service", call.id, ids);
      known = false;
    }
  }
  if (!has(ids, p.change.service)) {
    check.unknown("/change/service", "service", p.change.service, ids);
    known = false;
  }
  for (const auto& entry : p.traffic.entry) {
    std::string where = "/traffic/entry";
    append_token(where, entry.id);
    if (has(ids, entry.id)) continue;
    check.unknown(where, "service", entry.id, ids);
    known = false;
  }
  if (!known || p.services.empty()) return;
  const double radius = sim::spectral_radius(p.services);
  if (radius >= 1 - 1e-9) {
    return check.say("/services",
                     "the calls feed on themselves: the spectral radius of the call matrix is " +
                         plain(std::round(radius * 1e6) / 1e6),
                     "a radius below 1, so that every request ends",
                     "lower the per_request of a call on the cycle");
  }
  std::vector<bool> reached(p.services.size(), false);
  bool any = false;
  for (const auto& entry : p.traffic.entry) {
    const auto visits = sim::visits_per_request(p.services, sim::find_service(p.services, entry.id));
    for (std::size_t i = 0; i < visits.size(); ++i) reached[i] = reached[i] || visits[i] > 1e-12;
    any = any || visits[static_cast<std::size_t>(sim::find_service(p.services, p.change.service))] > 1e-12;
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
}

void check_traffic(const Checker& check, const sim::ScenarioParams& p) {
  if (p.traffic.entry.empty()) check.say("/traffic/entry", "no entry point", "at least one entry point");
  if (p.traffic.entry.size() > sim::kMaxEntries) {
    check.say("/traffic/entry", std::to_string(p.traffic.entry.size()) + " entry points",
              "at most " + std::to_string(sim::kMaxEntries));
  }
  for (const auto& entry : p.traffic.entry) check_entry(check, entry);
  if (p.traffic.users) check_users(check, *p.traffic.users);
  if (p.traffic.routing == sim::Routing::sticky && !p.traffic.users) {
    check.say("/traffic/routing", "sticky routing assigns users, and there are none",
              "a field \"users\" beside it");
  }
}

}  // namespace breakglass::scenarios
