// Civil time: the scenario's start instant with a fixed offset from UTC, plus elapsed simulated time.
// Change windows, on-call shifts and daily traffic live in civil time; nothing else does. The offset is
// fixed for a run: a change of summer time during an emergency is not modelled. Gregorian calendar, no leap
// seconds (as in Unix time), years 1 to 9999.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct CivilClock {
  std::int64_t start_unix_s = 0;  // the start instant, in Unix seconds
  std::int32_t offset_s = 0;      // local time minus UTC, in seconds, within +-24 h

  friend constexpr bool operator==(const CivilClock&, const CivilClock&) = default;
};

struct Date {
  std::int32_t year = 1970;
  std::int32_t month = 1;  // 1 to 12
  std::int32_t day = 1;    // 1 to 31

  friend constexpr bool operator==(const Date&, const Date&) = default;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

inline constexpr std::int64_t kSecondsPerDay = 86400;

// Whole local seconds since 1970-01-01T00:00:00 local; parts of a second are cut off (towards the past).
std::int64_t local_seconds(const CivilClock& clock, Time at);

// Local days since 1970-01-01, negative before.
std::int64_t local_day(const CivilClock& clock, Time at);

// 0 = Monday ... 6 = Sunday.
int local_weekday(const CivilClock& clock, Time at);

// 0 to 86399.
std::int32_t local_second_of_day(const CivilClock& clock, Time at);

// 0 to 23.
int local_hour(const CivilClock& clock, Time at);

Date local_date(const CivilClock& clock, Time at);

// Elapsed time at which local day `day` (days since 1970-01-01) reaches `second_of_day`. May be negative.
// Day 0 to 3,000,000 and results within 292 years of the start.
Time at_local(const CivilClock& clock, std::int64_t day, std::int32_t second_of_day);

// Days since 1970-01-01 and back. The date must exist.
std::int64_t day_from_date(const Date& date);
Date date_from_day(std::int64_t day);
int weekday_of_day(std::int64_t day);  // 0 = Monday

// "Mon" ... "Sun"; weekday 0 to 6.
std::string_view weekday_name(int weekday);

std::string format_weekday_time(const CivilClock& clock, Time at);  // "Wed 22:07"
std::string format_time(const CivilClock& clock, Time at);          // "22:07:31"
std::string format_rfc3339(const CivilClock& clock, Time at);  // "2026-03-04T22:00:00+05:30", "Z" at offset 0
std::string format_date(const Date& date);                     // "2026-03-04"

// RFC 3339: "2026-03-04T22:00:00+05:30", "...Z"; a small t or z, or a space for the T, will do; a fraction of
// a second is cut off. Nothing for anything else: a date that does not exist, a missing offset, second 60.
std::optional<CivilClock> parse_rfc3339(std::string_view text);

// "2026-03-04"; nothing if it is not a date that exists.
std::optional<Date> parse_date(std::string_view text);

// "22:00" or "22:00:30" as seconds of a day; "24:00" is 86400, the end of a day.
std::optional<std::int32_t> parse_time_of_day(std::string_view text);

}  // namespace breakglass::sim
