#include "sim/model/calendar.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

bool frozen_day(const Calendar& calendar, std::int64_t day) {
  return std::any_of(calendar.freezes.begin(), calendar.freezes.end(),
                     [day](const Calendar::Freeze& f) { return day >= f.first_day && day <= f.last_day; });
}

}  // namespace

bool in_freeze(const Calendar& calendar, const CivilClock& clock, Time now) {
  return frozen_day(calendar, local_day(clock, now));
}

Time next_start(const Calendar& calendar, const CivilClock& clock, Time now, bool keep_window, bool keep_freeze) {
  constexpr int kTenYears = 3660;
  const std::int64_t today = local_day(clock, now);
  const bool window = keep_window && calendar.has_window;
  for (std::int64_t day = today; day < today + kTenYears; ++day) {
    if (keep_freeze && frozen_day(calendar, day)) continue;
    if (!window) return std::max(now, at_local(clock, day, 0));
    if (((calendar.weekdays >> weekday_of_day(day)) & 1) == 0) continue;
    const Time opens = std::max(now, at_local(clock, day, calendar.from_s));
    if (opens < at_local(clock, day, calendar.to_s)) return opens;
  }
  return kNever;
}

}  // namespace breakglass::sim
