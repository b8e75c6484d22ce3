#include "scenarios/checks.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {
namespace {

void check_person(const Checker& check, const sim::ScenarioParams& p, std::size_t i) {
  const auto& person = p.people[i];
  const std::string where = at("/people", i);
  if (!person.timezone.empty() && !sim::parse_rfc3339("2000-01-01T00:00:00" + person.timezone)) {
    check.say(where + "/timezone", "\"" + person.timezone + "\" is not an offset from UTC",
              "\"+05:30\" or \"Z\"");
  }
  const bool known = person.escalates_to.empty() || has(ids_of(p.people), person.escalates_to);
  if (!known && check.named("/people")) {
    check.unknown(where + "/escalates_to", "person", person.escalates_to, ids_of(p.people));
  }
  if (!person.escalates_to.empty() && person.escalates_to == person.id) {
    check.say(where + "/escalates_to", "\"" + visible(person.id, 40) + "\" escalates to themself",
              "somebody else, or no \"escalates_to\"", "without one the page is repeated");
  }
  if (!sim::parse_time_of_day(person.night_from)) {
    check.say(where + "/night_from", "\"" + person.night_from + "\" is not a time of day", "\"22:00\"");
  }
  if (!sim::parse_time_of_day(person.night_to)) {
    check.say(where + "/night_to", "\"" + person.night_to + "\" is not a time of day", "\"07:00\"");
  }
}

}  // namespace

void check_people(const Checker& check, const sim::ScenarioParams& p) {
  if (p.people.size() > 200) check.say("/people", "more than 200 people", "at most 200");
  for (std::size_t i = 0; i < p.people.size(); ++i) check_person(check, p, i);
}

}  // namespace breakglass::scenarios
