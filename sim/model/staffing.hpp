// Staffing: when people are at work. Outside staffed hours whoever is called reacts more slowly, and triage
// and investigation take longer, unless on-call cover was ensured beforehand.
#pragma once

#include <string>
#include <vector>

#include "sim/kernel/civil.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

// Working hours of one team. A shift that ends at or before it begins runs past midnight and belongs to the
// day on which it begins.
struct ShiftParams {
  std::string days = "Mon-Fri";
  std::string from = "08:00";
  std::string to = "20:00";
  std::string timezone;  // offset from UTC of the team's clock; the scenario's when empty
};

struct StaffingParams {
  std::vector<ShiftParams> shifts;  // staffed while any of them is on
  double stretch = 2;               // what a time of the process is multiplied by outside of them
};

template <class V>
void fields(V& visit, ShiftParams& p) {
  visit(field("days", "days on which the shift begins: \"Mon-Fri\" or \"Mon,Wed\""), p.days);
  visit(field("from", "local time at which it begins"), p.from);
  visit(field("to", "local time at which it ends; at or before `from`: on the next day"), p.to);
  visit(field("timezone", "offset of the team's local time from UTC; the scenario's when absent"),
        p.timezone);
}
template <class V>
void fields(V& visit, StaffingParams& p) {
  visit(field("shifts", "when people are at work").required(), p.shifts);
  visit(field("stretch",
              "what reaction, triage and investigation times are multiplied by outside of shifts, "
              "unless on-call cover was ensured")
            .at_least(1)
            .at_most(100)
            .source("an assumption"),
        p.stretch);
}

// The shifts as the simulator asks them.
struct Staffing {
  struct Shift {
    std::uint8_t weekdays = 0x7f;  // bit 0: Monday
    std::int32_t from_s = 0;       // seconds of the local day
    std::int32_t length_s = 86400;
    std::int32_t offset_s = 0;  // local time minus UTC
  };
  std::vector<Shift> shifts;           // none: always staffed
  std::vector<std::int64_t> holidays;  // local days since 1970-01-01 on which no shift begins, ascending
  double stretch = 1;
};

// Whether anybody is at work at `now`.
bool staffed(const Staffing& staffing, const CivilClock& clock, Time now);

// The earliest instant at or after `now` at which somebody is at work; kNever if there is none
// within two months.
Time next_staffed(const Staffing& staffing, const CivilClock& clock, Time now);

}  // namespace breakglass::sim
