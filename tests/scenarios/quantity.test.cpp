#include "scenarios/quantity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace breakglass::tests {

using namespace scenarios;
using namespace std::chrono_literals;

namespace {

// A small generator of bit patterns; quality does not matter here, repeatability does.
std::uint64_t next(std::uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

}  // namespace

TEST_CASE("durations are read exactly") {
  const std::pair<const char*, sim::Duration> good[] = {
      {"90s", 90s},
      {"25m", 25min},
      {"1h30m", 90min},
      {"7d", 168h},
      {"500ms", 500ms},
      {"0m", 0s},
      {"1d2h3m4s5ms6us7ns", 26h + 3min + 4s + 5ms + 6us + 7ns},
      {"1.5h", 90min},
      {"-5m", -5min},
      {"0.1s", 100ms},
      {"1.000000001s", 1s + 1ns},
      {"0.25d", 6h},
      {"36h", 36h},
      {"9223372036854775807ns", sim::Duration::max()},
      {"0.50m10s", 40s},
      {"007m", 7min},
  };
  for (const auto& [text, expected] : good) {
    CAPTURE(text);
    const auto parsed = parse_duration(text);
    CHECK(parsed.error == "");
    CHECK(parsed.value == expected);
  }
}

TEST_CASE("what is not a duration is refused, with the reason") {
  const std::pair<const char*, const char*> bad[] = {
      {"", "it is empty"},
      {"25", "it has no unit"},
      {"2.5", "it has no unit"},
      {"1h30", "a unit is missing"},
      {"m", "it is not a duration"},
      {"-", "it is not a duration"},
      {"5x", "unknown unit \"x\""},
      {"5 m", "unknown unit \"m\""},
      {"5M", "unknown unit \"M\""},
      {"1e3s", "unknown unit \"e\""},
      {"+5m", "a number is missing before \"+5m\""},
      {"1m1h", "units go from large to small, each once"},
      {"1m2m", "units go from large to small, each once"},
      {"1.s", "a digit is missing after the point"},
      {".5s", "a number is missing before \"s\""},
      {"1.5.5s", "a unit is missing"},
      {"0.0000000001s", "finer than a nanosecond"},
      {"1.5ns", "finer than a nanosecond"},
      {"9223372036854775808ns", "longer than 292 years"},
      {"106752d", "longer than 292 years"},
      {"99999999999999999999d", "longer than 292 years"},
      {"106751d24h", "longer than 292 years"},
      {"1m\n", "unknown unit \"m\\n\""},
  };
  for (const auto& [text, error] : bad) {
    CAPTURE(text);
    CHECK(parse_duration(text).error == error);
  }
  CHECK(parse_duration("25").hint == "write \"25s\" or \"25m\"");
  CHECK(parse_duration("5 m").hint == "write it without spaces");
}

TEST_CASE("durations print in their shortest exact form") {
  const std::pair<sim::Duration, const char*> forms[] = {
      {90s, "90s"},      {25min, "25m"},       {90min, "90m"},        {168h, "7d"},
      {500ms, "500ms"},  {0s, "0s"},           {60min, "1h"},         {36h, "36h"},
      {24h, "1d"},       {1500ms, "1500ms"},   {26h + 3min, "1563m"}, {-5min, "-5m"},
      {1h + 1s, "1h1s"}, {24h + 1ns, "1d1ns"},
  };
  for (const auto& [value, text] : forms) CHECK(print_duration(value) == text);
}

TEST_CASE("any duration reads back from its print") {
  std::uint64_t state = 42;
  for (int i = 0; i < 20'000; ++i) {
    const auto shift = next(state) % 63 + 1;
    auto ns = static_cast<std::int64_t>(next(state) >> shift);
    if (i % 3 == 0) ns -= ns % 1'000'000'000;
    if (i % 5 == 0) ns = -ns;
    const sim::Duration value{ns};
    REQUIRE(parse_duration(print_duration(value)).value == value);
  }
  CHECK(parse_duration(print_duration(sim::Duration::max())).value == sim::Duration::max());
}

TEST_CASE("rates are per second whatever their unit, and print as they were written") {
  CHECK(parse_rate("40/s").value == 40);
  CHECK(parse_rate("3/min").value == 3.0 / 60);
  CHECK(parse_rate("12/h").value == 12.0 / 3600);
  CHECK(parse_rate("5/d").value == 5.0 / 86400);
  CHECK(parse_rate("0/s").value == 0);
  CHECK(parse_rate("1.5e3/s").value == 1500);
  for (const char* text :
       {"40/s", "3/min", "12/h", "5/d", "0/s", "0.1/s", "7/min", "11/h", "13/d", "0.3/d", "1e+20/s"}) {
    CHECK(print_rate(parse_rate(text).value) == text);
  }
  std::uint64_t state = 7;
  for (int i = 0; i < 20'000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(next(state) >> 11), static_cast<int>(next(state) % 80) - 70);
    REQUIRE(parse_rate(print_rate(value)).value == value);
  }
}

TEST_CASE("what is not a rate is refused, with the reason") {
  CHECK(parse_rate("40").error == "it has no unit");
  CHECK(parse_rate("40").hint == "write \"40/s\" or \"40/min\"");
  CHECK(parse_rate("").error == "it is not a rate");
  CHECK(parse_rate("/s").error == "\"\" is not a number");
  CHECK(parse_rate("40/").error == "a unit is missing");
  CHECK(parse_rate("40/m").error == "unknown unit \"m\"");
  CHECK(parse_rate("-1/s").error == "a rate cannot be negative");
  CHECK(parse_rate("nan/s").error == "\"nan\" is not a number");
  CHECK(parse_rate("1e999/s").error == "\"1e999\" is too large");
  CHECK(parse_rate("40/s/s").error == "unknown unit \"s/s\"");
}

TEST_CASE("numbers print in the shortest form that reads back to the same bits") {
  CHECK(print_number(0.1) == "0.1");
  CHECK(print_number(100000) == "100000");
  CHECK(print_number(1e15) == "1e+15");
  CHECK(print_number(2.5e-7) == "2.5e-07");
  CHECK(print_number(-0.0) == "-0");
  CHECK(print_number(std::numeric_limits<double>::infinity()) == "null");
  std::uint64_t state = 99;
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::bit_cast<double>(next(state));
    if (!std::isfinite(value)) continue;
    REQUIRE(parse_number(print_number(value)).value == value);
  }
  CHECK(parse_number("1e-400").error == "is too close to zero");
  CHECK(parse_number("0e999").value == 0);
  for (const char* text : {"", "-", "nan", "inf", "0x10", "1e", "1e+", " 1", "1 ", "1,5", "--1", "."}) {
    CAPTURE(text);
    CHECK(parse_number(text).error == "is not a number");
  }
}

TEST_CASE("whole numbers are digits") {
  CHECK(parse_integer("-9223372036854775808").value == std::numeric_limits<std::int64_t>::min());
  CHECK(parse_integer("9223372036854775808").error == "is too large");
  for (const char* text : {"", "-", "1.0", "1e3", "+1", " 1", "0x1", "1_000"}) {
    CAPTURE(text);
    CHECK(parse_integer(text).error == "is not a whole number");
  }
}

TEST_CASE("offsets, times of day and weekdays round-trip and refuse nonsense") {
  for (const char* text : {"+05:30", "-08:00", "+00:00", "+14:00", "-03:30"}) {
    CHECK(print_utc_offset(parse_utc_offset(text).value) == text);
  }
  CHECK(parse_utc_offset("Z").value == 0);
  for (const char* text : {"5:30", "+5:30", "+0530", "+05:60", "+19:00", "", "UTC", "+05:30x"})
    CHECK_FALSE(parse_utc_offset(text).ok());
  for (const char* text : {"00:00", "10:00", "23:59", "24:00"})
    CHECK(print_time_of_day(parse_time_of_day(text).value) == text);
  for (const char* text : {"24:01", "9:30", "10:60", "10", "", "10:00:00"})
    CHECK_FALSE(parse_time_of_day(text).ok());
  CHECK(parse_weekdays("Mon-Thu").value == 0b0001111U);
  CHECK(parse_weekdays("Mon,Wed").value == 0b0000101U);
  CHECK(parse_weekdays("Fri-Mon").value == 0b1110001U);
  CHECK(parse_weekdays("Mon, Wed-Thu").value == 0b0001101U);
  CHECK(parse_weekdays("daily").value == 0b1111111U);
  CHECK(parse_weekdays("Monday").hint == "did you mean \"Mon\"?");
  for (const char* text : {"", "Mon-", "Mon,,Tue", "mon", "Mo"}) CHECK_FALSE(parse_weekdays(text).ok());
  for (unsigned days = 1; days < 128; ++days) REQUIRE(parse_weekdays(print_weekdays(days)).value == days);
}

TEST_CASE("instants are read as RFC 3339 says, and a little beyond") {
  const std::int64_t evening = 1'772'641'800'000'000'000;  // 2026-03-04T16:30:00Z, by date(1)
  CHECK(parse_date_time("2026-03-04T22:00:00+05:30").value.unix_ns == evening);
  CHECK(parse_date_time("2026-03-04T16:30:00Z").value.unix_ns == evening);
  CHECK(parse_date_time("2026-03-04 16:30").value.unix_ns == evening);
  CHECK_FALSE(parse_date_time("2026-03-04 16:30").value.has_offset);
  CHECK(parse_date_time("2023-11-16 18:17:03.9799600").value.unix_ns == 1'700'158'623'979'960'000);
  CHECK(parse_date_time("1969-12-31T23:59:59.5Z").value.unix_ns == -500'000'000);
  CHECK(parse_date_time("2000-02-29T00:00:00Z").value.unix_ns == 951'782'400'000'000'000);
  CHECK(parse_date_time("2026-03-04T16:30:00.1234567899Z").value.unix_ns == evening + 123'456'789);
  for (const char* text :
       {"2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-03-04", "2026-03-04T", "2026-03-04T24:00:00Z", "2026-03-04T23:59:60Z",
        "2026-03-04T10:61:00Z", "26-03-04T10:00:00Z", "2026-03-04T10:00:00+5", "2026-03-04T10:00:00.Z",
        "1600-01-01T00:00:00Z", "2300-01-01T00:00:00Z", "", "now"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date_time(text).ok());
  }
  for (const char* text :
       {"2026-03-04T22:00:00+05:30", "1969-12-31T23:59:59.5Z", "2023-11-16T18:17:03.97996Z"}) {
    CHECK(print_date_time(parse_date_time(text).value) == text);
  }
}

TEST_CASE("a duration's seconds are the nearest double, so that limits hold exactly") {
  for (int s = 0; s < 100'000; ++s) REQUIRE(exact_seconds(std::chrono::seconds(s)) == static_cast<double>(s));
}

}  // namespace breakglass::tests
