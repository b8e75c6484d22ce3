#include "scenarios/checks.hpp"

#include <cmath>

#include "scenarios/visible.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {

void Checker::say(std::string pointer, std::string what, std::string expected, std::string hint) const {
  const Place place = find_or_around(root, pointer).at;
  problems.add(place, std::move(pointer), std::move(what), std::move(expected), std::move(hint));
}

void Checker::unknown(std::string pointer, std::string_view thing, const std::string& name,
                      const std::vector<std::string>& known) const {
  const std::vector<std::string_view> views(known.begin(), known.end());
  say(std::move(pointer), "unknown " + std::string(thing) + " \"" + name + "\"",
      known.empty() ? "there is none to name" : "one of: " + list_names(views), did_you_mean(name, views));
}

std::string at(std::string_view list, std::size_t index, std::string_view rest) {
  return std::string(list) + '/' + std::to_string(index) + std::string(rest);
}

bool sums_to_one(double sum) { return std::abs(sum - 1) <= 1e-9; }

void check_calendar(const Checker& check, const sim::ScenarioParams& p) {
  if (!sim::parse_rfc3339(p.start)) {
    check.say("/start", "\"" + p.start + "\" is not an instant",
              "a date and time with its offset from UTC, such as \"2026-03-04T22:00:00+05:30\"");
  }
  if (p.gates.change_window) {
    const auto& window = *p.gates.change_window;
    if (!sim::parse_weekdays(window.days)) {
      check.say("/gates/change-window/days", "\"" + window.days + "\" does not name days",
                "\"Mon-Thu\" or \"Mon,Wed\"");
    }
    const auto from = sim::parse_time_of_day(window.from);
    const auto to = sim::parse_time_of_day(window.to);
    if (!from)
      check.say("/gates/change-window/from", "\"" + window.from + "\" is not a time of day", "\"10:00\"");
    if (!to) check.say("/gates/change-window/to", "\"" + window.to + "\" is not a time of day", "\"15:00\"");
    if (from && to && *from >= *to) {
      check.say("/gates/change-window/to", "the window closes before it opens",
                "a time after " + window.from);
    }
  }
  for (std::size_t i = 0; i < p.gates.freeze.size(); ++i) {
    const auto& freeze = p.gates.freeze[i];
    const auto from = sim::parse_date(freeze.from);
    const auto to = sim::parse_date(freeze.to);
    if (!from)
      check.say(at("/gates/freeze", i, "/from"), "\"" + freeze.from + "\" is not a date", "\"2026-12-18\"");
    if (!to)
      check.say(at("/gates/freeze", i, "/to"), "\"" + freeze.to + "\" is not a date", "\"2027-01-04\"");
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

void check_scenario(const Checker& check, const sim::ScenarioParams& p) {
  check_calendar(check, p);
  check_services(check, p);
  check_traffic(check, p);
  check_harm(check, p);
  check_change(check, p);
  check_signals(check, p);
  check_people(check, p);
  for (std::size_t i = 0; i < p.sources.size(); ++i) {
    const std::string& pointer = p.sources[i].parameter;
    if (!find(check.root, pointer)) {
      check.say(at("/sources", i, "/parameter"), "no value stands at \"" + pointer + "\"",
                "a JSON pointer into this file");
    }
  }
}

}  // namespace breakglass::scenarios
