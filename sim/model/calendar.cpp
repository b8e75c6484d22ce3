#include "sim/model/calendar.hpp"

#include <algorithm>

namespace breakglass::sim {
namespace {

bool frozen_day(const Calendar& calendar, std::int64_t day) {
  return std::any_of(calendar.freezes.begin(), calendar.freezes.end(),
                     [day](const Calendar::Freeze& f) { return day >= f.first_day && day <= f.last_day; });
}

int weekday_named(std::string_view name) {
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  for (int day = 0; day < 7; ++day) {
    if (weekday_name(day) == name) return day;
  }
  return -1;
}

}  // namespace

std::optional<std::uint8_t> parse_weekdays(std::string_view text) {
  unsigned bits = 0;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    const std::size_t dash = part.find('-');
    const int first = weekday_named(part.substr(0, dash));
    const int last = dash == std::string_view::npos ? first : weekday_named(part.substr(dash + 1));
    if (first < 0 || last < 0) return std::nullopt;
    for (int day = first;; day = (day + 1) % 7) {
      bits |= 1U << day;
      if (day == last) break;
    }
    if (comma == std::string_view::npos) return static_cast<std::uint8_t>(bits);
    text.remove_prefix(comma + 1);
  }
}

bool in_freeze(const Calendar& calendar, const CivilClock& clock, Time now) {
  return frozen_day(calendar, local_day(clock, now));
}

Time next_start(const Calendar& calendar, const CivilClock& clock, Time now, bool keep_window,
                bool keep_freeze) {
  constexpr int kTenYears = 3660;
  const std::int64_t today = local_day(clock, now);
  const bool window = keep_window && calendar.has_window;
  for (std::int64_t day = today; day < today + kTenYears; ++day) {
    if (keep_freeze && frozen_day(calendar, day)) continue;
    if (!window) return std::max(now, at_local(clock, day, 0));
    if (((calendar.weekdays >> weekday_of_day(day)) & 1) == 0) continue;
    if (std::binary_search(calendar.holidays.begin(), calendar.holidays.end(), day)) continue;
    const Time opens = std::max(now, at_local(clock, day, calendar.from_s));
    if (opens < at_local(clock, day, calendar.to_s)) return opens;
  }
  return kNever;
}

}  // namespace breakglass::sim
