// The calendar of normal releases: the weekly change window and freezes. It holds for the START of a rollout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kernel/civil.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct WindowParams {
  std::string days = "Mon-Thu";
  std::string from = "10:00";
  std::string to = "15:00";
  bool staffed_promotions = false;  // later promotions, too, wait for staffed hours or on-call cover
};

struct FreezeParams {
  std::string from;  // dates, both included: "2026-12-18"
  std::string to;
  std::string reason;
};

template <class V>
void fields(V& visit, WindowParams& p) {
  visit(field("days", "days on which a rollout may start: \"Mon-Thu\" or \"Mon,Wed\"")
            .source("Monday to Thursday is a common change-window policy; an assumption"),
        p.days);
  visit(field("from", "local time at which the window opens"), p.from);
  visit(field("to", "local time at which the window closes"), p.to);
  visit(field("staffed_promotions",
              "later promotions, too, wait for staffed hours, unless on-call cover was "
              "ensured"),
        p.staffed_promotions);
}
template <class V>
void fields(V& visit, FreezeParams& p) {
  visit(field("from", "first day of the freeze").required(), p.from);
  visit(field("to", "last day of the freeze").required(), p.to);
  visit(field("reason", "why"), p.reason);
}

// "Mon-Thu", "Mon,Wed,Fri", "Sat-Mon" as bits, Monday first; nothing for anything else.
std::optional<std::uint8_t> parse_weekdays(std::string_view text);

// The calendar as the simulator asks it.
struct Calendar {
  struct Freeze {
    std::int64_t first_day = 0;  // local days since 1970-01-01, both included
    std::int64_t last_day = 0;
  };
  bool has_window = false;
  std::uint8_t weekdays = 0x7f;  // bit 0: Monday
  std::int32_t from_s = 0;       // seconds of the local day
  std::int32_t to_s = 86400;
  std::vector<Freeze> freezes;
  std::vector<std::int64_t> holidays;  // local days on which the window stays closed, ascending
};

// The earliest instant at or after `now` at which a rollout may start, respecting the window and/or the
// freezes; kNever if there is none within ten years.
Time next_start(const Calendar& calendar, const CivilClock& clock, Time now, bool keep_window,
                bool keep_freeze);

bool in_freeze(const Calendar& calendar, const CivilClock& clock, Time now);

}  // namespace breakglass::sim
