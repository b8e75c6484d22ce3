// Quantities as people write them: "25m", "40/s", "+05:30", "10:00", "Mon-Thu". Each has one parser, which
// says in words what is wrong, and one printer, whose text reads back to the same value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/kernel/time.hpp"

namespace breakglass::scenarios {

// A parser's answer. `error` is empty on success; otherwise a clause such as `"5 parsecs" has no known unit`,
// and `hint`, where there is one, says what to write instead.
template <class T>
struct Parsed {
  T value{};
  std::string error;
  std::string hint;

  bool ok() const { return error.empty(); }
};

// A decimal number as JSON spells it (also without a digit before or after the point), whole text. Not locale
// dependent. Overflow, underflow to zero, "nan", "inf" and hexadecimal are errors.
Parsed<double> parse_number(std::string_view text);
// The shortest text that parse_number reads back to the same double. `value` must be finite.
std::string print_number(double value);

// A whole number: digits with an optional sign, nothing else ("1.0" and "1e3" are not whole numbers).
Parsed<std::int64_t> parse_integer(std::string_view text);

// A length of time: numbers with units d, h, m, s, ms, us, ns, largest first, each at most once: "90s",
// "1h30m", "7d", "0m", "1.5h". Exact: a text finer than a nanosecond is an error, never rounded. A leading
// '-' is read (ranges are checked elsewhere). A bare number is an error, because nobody can say whether 25 is
// seconds or minutes.
Parsed<sim::Duration> parse_duration(std::string_view text);
// The shortest exact form, of equally short ones the one with the larger units: "90s", "25m", "1h", "36h",
// "1500ms".
std::string print_duration(sim::Duration value);

// The nearest double of a duration's seconds: 7 for 7s, where a product with 1e-9 would be a hair off and
// fail a range.
constexpr double exact_seconds(sim::Duration value) { return static_cast<double>(value.count()) / 1e9; }

// A rate, per second: a number, '/', and one of s, min, h, d: "40/s", "3/min", "12/h", "5/d". Not negative.
Parsed<double> parse_rate(std::string_view text);
std::string print_rate(double per_second);

// A UTC offset in minutes, -18:00 to +18:00: "+05:30", "-08:00", "Z".
Parsed<int> parse_utc_offset(std::string_view text);
std::string print_utc_offset(int minutes);

// A time of day in minutes after midnight: "00:00" to "24:00" (the end of a day).
Parsed<int> parse_time_of_day(std::string_view text);
std::string print_time_of_day(int minutes);

// A set of weekdays, bit 0 for Monday to bit 6 for Sunday: "Mon-Thu", "Mon,Wed", "Fri-Mon" (over the
// weekend), "daily".
Parsed<unsigned> parse_weekdays(std::string_view text);
std::string print_weekdays(unsigned days);

// A civil instant. `unix_ns` counts nanoseconds since 1970-01-01T00:00:00Z in the proleptic Gregorian
// calendar, without leap seconds; years 1678 to 2261 (the range of 64-bit nanoseconds).
struct DateTime {
  std::int64_t unix_ns = 0;
  int offset_min = 0;       // of the text; 0 if it names none
  bool has_offset = false;  // the text names an offset or Z
};

// RFC 3339, and what its section 5.6 lets applications do: a space for the T, no offset (taken as UTC, see
// has_offset), fractions to nine digits (further digits are dropped), seconds left out:
// "2026-03-04T22:00:00+05:30", "2023-11-16 18:17:03.9799600", "2026-03-04 22:00". A leap second (":60") is
// refused.
Parsed<DateTime> parse_date_time(std::string_view text);
// Always with an offset: "2026-03-04T22:00:00+05:30", fractions only where needed.
std::string print_date_time(const DateTime& value);

}  // namespace breakglass::scenarios
