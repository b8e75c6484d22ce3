#include "sim/scenario.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/check.hpp"
#include "sim/serving.hpp"

namespace breakglass::sim {
namespace {

// Mean factor of a burst process: each state weighted by the time spent in it. With free choice of the next
// state the visits follow the jump chain's stationary law, found by iterating it.
double mean_burst_factor(const std::vector<BurstStateParams>& states) {
  if (states.empty()) return 1;
  const std::size_t n = states.size();
  std::vector<double> visits(n, 1.0 / static_cast<double>(n));
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> next(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const auto odds = burst_odds(states, static_cast<int>(i));
      for (std::size_t j = 0; j < n; ++j) next[j] += visits[i] * odds[j];
    }
    // Half the old law: a chain of two states would otherwise alternate for ever.
    for (std::size_t j = 0; j < n; ++j) visits[j] = 0.5 * (visits[j] + next[j]);
  }
  double time = 0;
  double weighted = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double share = visits[i] * to_seconds(states[i].mean_length);
    time += share;
    weighted += share * states[i].factor;
  }
  return time > 0 ? weighted / time : 1;
}

void derive_flows(Scenario& scenario) {
  const ScenarioParams& p = scenario.params;
  const int target = find_service(p.services, p.change.service);
  for (const EntryParams& entry : p.traffic.entry) {
    const int at = find_service(p.services, entry.id);
    const auto visits = visits_per_request(p.services, at);
    if (visits.empty() || visits[static_cast<std::size_t>(target)] <= 0) continue;
    Flow flow;
    flow.visits = visits[static_cast<std::size_t>(target)];
    flow.curve = base_curve(entry, scenario.clock, p.horizon);
    integrate(flow.curve, [&](Time t) { return growth_integral(scenario.growth, t); });
    flow.bursts = burst_states(entry);
    for (std::size_t i = 0; i < flow.bursts.size(); ++i) {
      flow.burst_odds.push_back(burst_odds(flow.bursts, static_cast<int>(i)));
    }
    if (entry.trace && entry.trace->exact) flow.replay = entry.trace;
    const double mean = requests_until(flow.curve, p.horizon) / to_seconds(p.horizon);
    scenario.mean_rate_per_s += flow.visits * mean * mean_burst_factor(flow.bursts);
    scenario.flows.push_back(std::move(flow));
  }
  BG_CHECK(scenario.flows.size() <= kMaxEntries, "more entry points than a world holds");
}

void derive_users(Scenario& scenario) {
  if (!scenario.params.traffic.users) return;
  const UsersParams& users = *scenario.params.traffic.users;
  double activity = 0;
  for (const UserClassParams& c : users.classes) activity += c.share * c.requests_per_day;
  double left = users.population;
  for (std::size_t i = 0; i < users.classes.size(); ++i) {
    const UserClassParams& c = users.classes[i];
    // Whole people; the last class takes what rounding left.
    const bool last = i + 1 == users.classes.size();
    const double size = last ? left : std::min(left, std::floor(users.population * c.share + 0.5));
    left -= size;
    if (size > 0) scenario.classes.push_back({size, c.share * c.requests_per_day / activity});
  }
}

// Local time minus UTC, in seconds; the scenario's where `timezone` is empty.
std::int32_t offset_of(const Scenario& scenario, const std::string& timezone) {
  if (timezone.empty()) return scenario.clock.offset_s;
  const auto clock = parse_rfc3339("2000-01-01T00:00:00" + timezone);
  return clock ? clock->offset_s : scenario.clock.offset_s;
}

void derive_people(Scenario& scenario) {
  const auto& people = scenario.params.people;
  for (const PersonParams& p : people) {
    Approver a;
    a.authority = p.authority;
    a.answer = p.answer;
    a.miss = p.miss;
    a.declines = p.declines;
    a.sees_through = p.sees_through;
    a.catches = p.catches;
    a.impersonated = p.impersonated;
    a.page_again = p.page_again;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (people[i].id == p.escalates_to) a.escalates_to = static_cast<int>(i);
    }
    a.night_from_s = parse_time_of_day(p.night_from).value_or(0);
    a.night_to_s = parse_time_of_day(p.night_to).value_or(0);
    a.offset_s = offset_of(scenario, p.timezone);
    scenario.people.push_back(a);
  }
}

void derive_calendar(Scenario& scenario) {
  const GatesParams& gates = scenario.params.gates;
  Calendar& calendar = scenario.calendar;
  if (gates.change_window) {
    calendar.has_window = true;
    calendar.weekdays = parse_weekdays(gates.change_window->days).value_or(0x7f);
    calendar.from_s = parse_time_of_day(gates.change_window->from).value_or(0);
    calendar.to_s = parse_time_of_day(gates.change_window->to).value_or(86400);
  }
  for (const FreezeParams& f : gates.freeze) {
    const auto from = parse_date(f.from);
    const auto to = parse_date(f.to);
    if (from && to) calendar.freezes.push_back({day_from_date(*from), day_from_date(*to)});
  }
}

std::vector<std::int64_t> days_of(const std::vector<std::string>& dates) {
  std::vector<std::int64_t> days;
  for (const std::string& text : dates) {
    if (const auto date = parse_date(text)) days.push_back(day_from_date(*date));
  }
  std::sort(days.begin(), days.end());
  return days;
}

void derive_staffing(Scenario& scenario) {
  scenario.calendar.holidays = days_of(scenario.params.gates.holidays);
  if (!scenario.params.staffing) return;
  Staffing& staffing = scenario.staffing;
  staffing.stretch = scenario.params.staffing->stretch;
  staffing.holidays = scenario.calendar.holidays;
  for (const ShiftParams& p : scenario.params.staffing->shifts) {
    Staffing::Shift shift;
    shift.weekdays = parse_weekdays(p.days).value_or(0x7f);
    shift.from_s = parse_time_of_day(p.from).value_or(0);
    const std::int32_t to_s = parse_time_of_day(p.to).value_or(86400);
    shift.length_s = to_s > shift.from_s ? to_s - shift.from_s : to_s + 86400 - shift.from_s;
    shift.offset_s = offset_of(scenario, p.timezone);
    staffing.shifts.push_back(shift);
  }
}

void derive_moves(Scenario& scenario) {
  const auto& severities = scenario.params.change.regression.severities;
  BG_CHECK(severities.size() < kMaxHypotheses, "more severities than a world holds");
  BG_CHECK(scenario.params.signals.size() <= kMaxSignals, "more signals than a world holds");
  scenario.hypotheses = 1 + static_cast<int>(severities.size());
  for (std::size_t k = 0; k < severities.size(); ++k) {
    scenario.shares.push_back(severities[k].share);
    for (std::size_t s = 0; s < scenario.params.signals.size(); ++s) {
      Move& move = scenario.moves[s][k + 1];
      move.segment = severities[k].onset.segment;
      for (const MoveParams& m : severities[k].moves) {
        if (m.id != scenario.params.signals[s].id) continue;
        move.ratio = m.ratio;
        move.difference = m.difference;
      }
    }
  }
}

}  // namespace

Scenario prepare(ScenarioParams params) {
  Scenario scenario;
  scenario.params = std::move(params);
  scenario.clock = parse_rfc3339(scenario.params.start).value_or(CivilClock{});
  scenario.growth = prepare_growth(scenario.params.harm.ongoing.growth);
  derive_flows(scenario);
  scenario.fleet = plan_fleet(scenario);
  derive_users(scenario);
  derive_people(scenario);
  derive_calendar(scenario);
  derive_staffing(scenario);
  derive_moves(scenario);
  return scenario;
}

}  // namespace breakglass::sim
