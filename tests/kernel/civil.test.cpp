#include "sim/kernel/civil.hpp"

#include <catch2/catch.hpp>

using namespace breakglass::sim;
using namespace std::chrono_literals;

namespace {

CivilClock clock_at(std::string_view text) {
  const auto clock = parse_rfc3339(text);
  REQUIRE(clock.has_value());
  return *clock;
}

}  // namespace

TEST_CASE("Local time is the start with its offset plus what has passed") {
  const CivilClock clock = clock_at("2026-03-04T22:00:00+05:30");
  CHECK(clock.offset_s == 19'800);
  CHECK(clock.start_unix_s == 1'772'641'800);
  CHECK(local_weekday(clock, 0s) == 2);
  CHECK(local_hour(clock, 0s) == 22);
  CHECK(local_second_of_day(clock, 7min + 3s) == 22 * 3600 + 7 * 60 + 3);
  CHECK(local_weekday(clock, 2h) == 3);
  CHECK(local_second_of_day(clock, 2h - 1ns) == 86'399);
  CHECK(local_second_of_day(clock, 2h) == 0);
  CHECK(local_date(clock, 2h) == Date{2026, 3, 5});
  CHECK(format_weekday_time(clock, 7min) == "Wed 22:07");
  CHECK(format_time(clock, 7min + 31s) == "22:07:31");
  CHECK(format_rfc3339(clock, 0s) == "2026-03-04T22:00:00+05:30");
  CHECK(format_rfc3339(clock, 27h) == "2026-03-06T01:00:00+05:30");
}

TEST_CASE("Local days and seconds lead back to elapsed time") {
  const CivilClock clock = clock_at("2026-03-04T22:00:00-08:00");
  for (const Time at : {Time{0s}, Time{1h}, Time{-30h}, Time{400 * 24h + 17s}}) {
    CHECK(at_local(clock, local_day(clock, at), local_second_of_day(clock, at)) == at);
  }
}

TEST_CASE("Dates are right for four hundred years, leap years included") {
  std::int64_t day = day_from_date({1900, 1, 1});
  CHECK(day == -25'567);
  CHECK(weekday_of_day(day) == 0);
  for (int year = 1900; year < 2300; ++year) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      for (int d = 1; d <= lengths[month - 1]; ++d, ++day) {
        REQUIRE(date_from_day(day) == Date{year, month, d});
        REQUIRE(day_from_date({year, month, d}) == day);
      }
    }
  }
  CHECK(weekday_of_day(0) == 3);
  CHECK(weekday_of_day(-1) == 2);
  CHECK(weekday_name(6) == "Sun");
}

TEST_CASE("RFC 3339 texts are read in all their forms") {
  CHECK(clock_at("1970-01-01T00:00:00Z") == CivilClock{0, 0});
  CHECK(clock_at("1970-01-01t00:00:00z") == CivilClock{0, 0});
  CHECK(clock_at("1970-01-01 01:00:00+01:00") == CivilClock{0, 3600});
  CHECK(clock_at("1969-12-31T23:30:00-00:30") == CivilClock{0, -1800});
  CHECK(clock_at("2026-03-04T22:00:00.987654+05:30") == clock_at("2026-03-04T22:00:00+05:30"));
  CHECK(format_rfc3339(clock_at("2024-02-29T23:59:59Z"), 1s) == "2024-03-01T00:00:00Z");
  CHECK(format_rfc3339(clock_at("0001-01-01T00:00:00Z"), 0s) == "0001-01-01T00:00:00Z");
}

TEST_CASE("What is not an RFC 3339 text gives nothing") {
  for (const char* text : {"",
                           "2026-03-04",
                           "2026-03-04T22:00:00",
                           "2026-03-04T22:00+05:30",
                           "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-01-32T00:00:00Z",
                           "2026-03-04T24:00:00Z",
                           "2026-03-04T22:60:00Z",
                           "2026-03-04T22:00:60Z",
                           "2026-03-04T22:00:00+5:30",
                           "2026-03-04T22:00:00+24:00",
                           "2026-03-04T22:00:00+05:60",
                           "2026-03-04T22:00:00Z ",
                           " 2026-03-04T22:00:00Z",
                           "2026-03-04T22:00:00.Z",
                           "0000-01-01T00:00:00Z",
                           "+026-03-04T22:00:00Z",
                           "2026-3-04T22:00:00Z",
                           "2026/03/04T22:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text).has_value());
  }
}

TEST_CASE("Dates and times of day are read strictly") {
  CHECK(parse_date("2026-03-04") == Date{2026, 3, 4});
  CHECK(format_date({2026, 3, 4}) == "2026-03-04");
  CHECK_FALSE(parse_date("2026-02-30").has_value());
  CHECK_FALSE(parse_date("2026-03-04T").has_value());
  CHECK_FALSE(parse_date("26-03-04").has_value());
  CHECK(parse_time_of_day("22:00") == 79'200);
  CHECK(parse_time_of_day("00:00:30") == 30);
  CHECK(parse_time_of_day("24:00") == 86'400);
  for (const char* text : {"24:01", "9:00", "22", "22:60", "22:00:60", "22:00:", "ab:cd", "-1:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time_of_day(text).has_value());
  }
}
