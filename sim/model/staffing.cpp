#include "sim/model/staffing.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

// Whether the shift begins on that local day of its team.
bool begins_on(const Staffing& staffing, const Staffing::Shift& shift, std::int64_t day) {
  if (((shift.weekdays >> weekday_of_day(day)) & 1) == 0) return false;
  return !std::binary_search(staffing.holidays.begin(), staffing.holidays.end(), day);
}

// The first instant at or after `now` within a turn of the shift that begins yesterday or on the next `days`
// days.
Time next_of_shift(const Staffing& staffing, const Staffing::Shift& shift, const CivilClock& clock, Time now,
                   int days) {
  const CivilClock local{clock.start_unix_s, shift.offset_s};
  const std::int64_t today = local_day(local, now);
  for (std::int64_t day = today - 1; day < today + days; ++day) {
    if (!begins_on(staffing, shift, day)) continue;
    const Time from = at_local(local, day, shift.from_s);
    const Time until = from + std::chrono::seconds{shift.length_s};
    if (now < until) return std::max(now, from);
  }
  return kNever;
}

}  // namespace

bool staffed(const Staffing& staffing, const CivilClock& clock, Time now) {
  if (staffing.shifts.empty()) return true;
  return std::any_of(staffing.shifts.begin(), staffing.shifts.end(), [&](const Staffing::Shift& shift) {
    return next_of_shift(staffing, shift, clock, now, 1) == now;
  });
}

Time next_staffed(const Staffing& staffing, const CivilClock& clock, Time now) {
  constexpr int kTwoMonths = 62;
  if (staffing.shifts.empty()) return now;
  Time next = kNever;
  for (const Staffing::Shift& shift : staffing.shifts) {
    next = std::min(next, next_of_shift(staffing, shift, clock, now, kTwoMonths));
  }
  return next;
}

}  // namespace breakglass::sim
