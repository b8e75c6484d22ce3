#include "scenarios/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {

namespace {

// Whether `inner` is `outer` or lies inside it.
bool lies_in(std::string_view inner, std::string_view outer) {
  return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '/');
}

}  // namespace

bool Checker::whole(std::string_view pointer) const {
  return std::none_of(unread.begin(), unread.end(), [pointer](const std::string& bad) {
    return lies_in(bad, pointer) || lies_in(pointer, bad);
  });
}

bool Checker::named(std::string_view list) const {
  return std::none_of(unread.begin(), unread.end(), [list](std::string_view bad) {
    if (lies_in(list, bad)) return true;
    if (!lies_in(bad, list)) return false;
    const std::string_view inner = bad.substr(list.size() + 1);
    return inner.find('/') == inner.npos || inner.substr(inner.find('/')) == "/id";
  });
}

void Checker::say(std::string pointer, std::string what, std::string expected, std::string hint) const {
  if (!whole(pointer)) return;
  const Node& node = find_or_around(root, pointer);
  Place place = node.at;
  // Underlining a whole object would say nothing: its bracket does.
  if (node.is_object() || node.is_array()) place.end = std::min(place.end, place.begin + 1);
  problems.add(place, std::move(pointer), std::move(what), std::move(expected), std::move(hint));
}

void Checker::unknown(std::string pointer, std::string_view thing, const std::string& name,
                      const std::vector<std::string>& known, std::string_view where) const {
  for (const std::string& bad : unread) {
    if (lies_in(pointer, bad)) return;  // what stands under a name does not matter to it
  }
  const std::vector<std::string_view> views(known.begin(), known.end());
  const Node& node = find_or_around(root, pointer);
  const Place place = node.key == name ? node.key_at : node.at;
  problems.add(place, std::move(pointer),
               "unknown " + std::string(thing) + " \"" + visible(name, 40) + "\"" + std::string(where),
               known.empty() ? "there is none to name" : "one of: " + list_names(views),
               did_you_mean(name, views));
}

std::string at(std::string_view list, std::size_t index, std::string_view rest) {
  return std::string(list) + '/' + std::to_string(index) + std::string(rest);
}

std::string plain(double value) { return fmt::format("{:.10g}", value); }
std::string about(double value) { return fmt::format("{:.2g}", value); }

bool sums_to_one(double sum) { return std::abs(sum - 1) <= 1e-9; }

namespace {

std::string quoted(const std::string& text) { return "\"" + visible(text, 40) + "\""; }

void check_start(const Checker& check, const std::string& start) {
  const auto clock = sim::parse_rfc3339(start);
  if (!clock) {
    return check.say("/start", quoted(start) + " is not an instant",
                     "a date and time with its offset from UTC, such as \"2026-03-04T22:00:00+05:30\"");
  }
  const std::int32_t year = sim::local_date(*clock, {}).year;
  if (year < 1970 || year > 2200) {
    check.say("/start", "the year " + std::to_string(year) + " is out of range", "a year from 1970 to 2200");
  }
}

void check_window(const Checker& check, const sim::WindowParams& window) {
  if (!sim::parse_weekdays(window.days)) {
    check.say("/gates/change-window/days", quoted(window.days) + " does not name days",
              "\"Mon-Thu\" or \"Mon,Wed\"");
  }
  const auto from = sim::parse_time_of_day(window.from);
  const auto to = sim::parse_time_of_day(window.to);
  if (!from)
    check.say("/gates/change-window/from", quoted(window.from) + " is not a time of day", "\"10:00\"");
  if (!to) check.say("/gates/change-window/to", quoted(window.to) + " is not a time of day", "\"15:00\"");
  if (from && to && *from >= *to) {
    check.say("/gates/change-window/to", "the window closes before it opens", "a time after " + window.from);
  }
}

}  // namespace

void check_calendar(const Checker& check, const sim::ScenarioParams& p) {
  check_start(check, p.start);
  if (p.gates.change_window) check_window(check, *p.gates.change_window);
  if (p.gates.freeze.size() > 200) check.say("/gates/freeze", "more than 200 freezes", "at most 200");
  for (std::size_t i = 0; i < p.gates.freeze.size(); ++i) {
    const auto& freeze = p.gates.freeze[i];
    const auto from = sim::parse_date(freeze.from);
    const auto to = sim::parse_date(freeze.to);
    if (!from)
      check.say(at("/gates/freeze", i, "/from"), quoted(freeze.from) + " is not a date", "\"2026-12-18\"");
    if (!to) check.say(at("/gates/freeze", i, "/to"), quoted(freeze.to) + " is not a date", "\"2027-01-04\"");
    if (from && to && *to < *from) {
      check.say(at("/gates/freeze", i, "/to"), "the freeze ends before it begins",
                "a date from " + freeze.from + " on");
    }
  }
  if (p.gates.coordination && p.gates.coordination->other_changes > 0 &&
      !find(check.root, "/gates/coordination/time_each")) {
    check.say("/gates/coordination", "missing field \"time_each\": the other changes take time",
              "a duration such as \"40m\"");
  }
}

namespace {

void check_brief(const Checker& check, const sim::ScenarioParams& p) {
  for (std::size_t i = 0; i < p.brief.facts.size() && check.whole("/horizon"); ++i) {
    if (p.brief.facts[i].at <= p.horizon) continue;
    check.say(at("/brief/facts", i, "/at"), "this becomes known after the horizon: nobody hears it",
              "at most " + print_duration(p.horizon));
  }
  for (std::size_t i = 0; i < p.brief.status_due.size() && check.whole("/horizon"); ++i) {
    if (p.brief.status_due[i] <= p.horizon) continue;
    check.say(at("/brief/status_due", i), "this is due after the horizon",
              "at most " + print_duration(p.horizon));
  }
  if (p.brief.calls.size() > sim::kMaxInquiries)
    check.say("/brief/calls", "more than 32 calls: nobody could answer them", "at most 32");
}

}  // namespace

void check_scenario(const Checker& check, const sim::ScenarioParams& p) {
  check_brief(check, p);
  check_calendar(check, p);
  check_staffing(check, p);
  check_scope(check, p);
  check_services(check, p);
  check_traffic(check, p);
  check_harm(check, p);
  check_change(check, p);
  check_signals(check, p);
  check_people(check, p);
  check_approvals(check, p);
  check_noticing(check, p);
  check_fleet(check, p);
  if (p.strategies.size() > 50) check.say("/strategies", "more than 50 strategies", "at most 50");
  for (std::size_t i = 0; i < p.strategies.size(); ++i) {
    const auto end = p.strategies.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::count(p.strategies.begin(), end, p.strategies[i]) > 0) {
      check.say(at("/strategies", i), quoted(p.strategies[i]) + " is listed twice", "each strategy once");
    }
  }
  for (std::size_t i = 0; i < p.sources.size(); ++i) {
    const std::string& pointer = p.sources[i].parameter;
    if (!find(check.root, pointer)) {
      check.say(at("/sources", i, "/parameter"), "no value stands at " + quoted(pointer),
                "a JSON pointer into this file");
    }
  }
}

}  // namespace breakglass::scenarios
