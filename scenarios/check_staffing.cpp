#include "scenarios/checks.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {
namespace {

void check_time_of_day(const Checker& check, const std::string& where, const std::string& text) {
  if (sim::parse_time_of_day(text)) return;
  check.say(where, "\"" + text + "\" is not a time of day", "\"08:00\"");
}

void check_shift(const Checker& check, const sim::ShiftParams& shift, const std::string& where) {
  if (!sim::parse_weekdays(shift.days)) {
    check.say(where + "/days", "\"" + shift.days + "\" is not a list of days", "\"Mon-Fri\" or \"Mon,Wed\"");
  }
  check_time_of_day(check, where + "/from", shift.from);
  check_time_of_day(check, where + "/to", shift.to);
  if (!shift.timezone.empty() && !sim::parse_rfc3339("2000-01-01T00:00:00" + shift.timezone)) {
    check.say(where + "/timezone", "\"" + shift.timezone + "\" is not an offset from UTC",
              "\"+05:30\" or \"Z\"");
  }
}

}  // namespace

void check_staffing(const Checker& check, const sim::ScenarioParams& p) {
  for (std::size_t i = 0; i < p.gates.holidays.size(); ++i) {
    if (sim::parse_date(p.gates.holidays[i])) continue;
    check.say(at("/gates/holidays", i), "\"" + p.gates.holidays[i] + "\" is not a date that exists",
              "\"2026-12-25\"");
  }
  if (p.rollback.gradual && p.rollback.new_rollout) {
    check.say("/rollback/gradual", "the rollback both walks back and is a new rollout",
              "gradual or new_rollout, not both");
  }
  if (!p.staffing) return;
  if (p.staffing->shifts.empty()) {
    check.say("/staffing/shifts", "nobody is ever at work", "at least one shift, or no staffing at all");
  }
  for (std::size_t i = 0; i < p.staffing->shifts.size(); ++i) {
    check_shift(check, p.staffing->shifts[i], at("/staffing/shifts", i));
  }
}

}  // namespace breakglass::scenarios
