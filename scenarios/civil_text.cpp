// Offsets, times of day, weekdays and instants as text.
#include <array>
#include <cstdlib>

#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::int64_t kSecond = 1'000'000'000;

template <class T>
Parsed<T> failed(std::string error, std::string hint = {}) {
  Parsed<T> parsed;
  parsed.error = std::move(error);
  parsed.hint = std::move(hint);
  return parsed;
}

template <class T>
Parsed<T> good(T value) {
  Parsed<T> parsed;
  parsed.value = value;
  return parsed;
}

std::string shown(std::string_view text) { return "\"" + visible(text, 40) + "\""; }

// Eats exactly `count` digits; -1 if they are not there.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::string two_digits(int value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

// "10:00" or "+10:00"'s digits; -1 if the text does not begin with them.
int take_hours_minutes(std::string_view& text) {
  const int hours = take_digits(text, 2);
  if (hours < 0 || !take(text, ':')) return -1;
  const int minutes = take_digits(text, 2);
  return minutes < 0 || minutes > 59 ? -1 : hours * 60 + minutes;
}

int day_index(std::string_view name) {
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == name) return static_cast<int>(i);
  }
  return -1;
}

// "Mon" or "Mon-Thu" as a set.
Parsed<unsigned> parse_day_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view first_name = text.substr(0, dash);
  const std::string_view last_name = dash == std::string_view::npos ? first_name : text.substr(dash + 1);
  for (const std::string_view name : {first_name, last_name}) {
    if (day_index(name) >= 0) continue;
    const std::string hint = did_you_mean(name.substr(0, 3), kDays);
    return failed<unsigned>(shown(name) + " is not a weekday",
                            hint.empty() ? "weekdays are Mon, Tue, Wed, Thu, Fri, Sat, Sun" : hint);
  }
  unsigned days = 0;
  for (int day = day_index(first_name);; day = (day + 1) % 7) {
    days |= 1U << day;
    if (day == day_index(last_name)) return good(days);
  }
}

// "2026-03-04" as days since 1970; an error text if it is not a date.
Parsed<std::int64_t> take_date(std::string_view& text) {
  const std::string_view written = text.substr(0, 10);
  sim::Date date;
  date.year = take_digits(text, 4);
  if (date.year < 0 || !take(text, '-'))
    return failed<std::int64_t>("it does not begin with a date such as 2026-03-04");
  date.month = take_digits(text, 2);
  if (date.month < 0 || !take(text, '-'))
    return failed<std::int64_t>("it does not begin with a date such as 2026-03-04");
  date.day = take_digits(text, 2);
  if (date.day < 0) return failed<std::int64_t>("it does not begin with a date such as 2026-03-04");
  const std::optional<sim::Date> real = sim::parse_date(written);
  if (!real) return failed<std::int64_t>("there is no " + visible(written, 10));
  if (date.year < 1678 || date.year > 2261)
    return failed<std::int64_t>("the year is not between 1678 and 2261");
  return good(sim::day_from_date(*real));
}

// "22:00[:00[.000]]" as nanoseconds of the day.
Parsed<std::int64_t> take_clock(std::string_view& text) {
  const int minutes = take_hours_minutes(text);
  if (minutes < 0) return failed<std::int64_t>("a time of day such as 22:00:00 is missing after the date");
  if (minutes >= 24 * 60) return failed<std::int64_t>("the hour is not between 00 and 23");
  std::int64_t ns = std::int64_t{minutes} * 60 * kSecond;
  if (!take(text, ':')) return good(ns);
  const int seconds = take_digits(text, 2);
  if (seconds < 0) return failed<std::int64_t>("two digits of seconds are missing");
  if (seconds == 60) return failed<std::int64_t>("leap seconds are not supported");
  if (seconds > 59) return failed<std::int64_t>("the seconds are not between 00 and 59");
  ns += seconds * kSecond;
  if (!take(text, '.')) return good(ns);
  std::int64_t place = kSecond;
  std::size_t digits = 0;
  for (int digit = take_digits(text, 1); digit >= 0; digit = take_digits(text, 1)) {
    place /= 10;
    ns += digit * place;
    ++digits;
  }
  return digits > 0 ? good(ns) : failed<std::int64_t>("a digit is missing after the point");
}

}  // namespace

Parsed<int> parse_utc_offset(std::string_view text) {
  if (text == "Z" || text == "z") return good(0);
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (!negative && !rest.starts_with('+')) return failed<int>("it is not an offset", "write \"+05:30\"");
  rest.remove_prefix(1);
  const int minutes = take_hours_minutes(rest);
  if (minutes < 0 || !rest.empty()) return failed<int>("it is not an offset", "write \"+05:30\"");
  if (minutes > 18 * 60) return failed<int>("no place on Earth is " + visible(text, 10) + " from UTC");
  return good(negative ? -minutes : minutes);
}

std::string print_utc_offset(int minutes) {
  const int size = std::abs(minutes);
  return (minutes < 0 ? "-" : "+") + two_digits(size / 60 % 100) + ":" + two_digits(size % 60);
}

Parsed<int> parse_time_of_day(std::string_view text) {
  std::string_view rest = text;
  const int minutes = take_hours_minutes(rest);
  if (minutes < 0 || !rest.empty()) return failed<int>("it is not a time of day", "write \"09:30\"");
  if (minutes > 24 * 60) return failed<int>("a day ends at 24:00");
  return good(minutes);
}

std::string print_time_of_day(int minutes) {
  return two_digits(minutes / 60 % 100) + ":" + two_digits(minutes % 60);
}

Parsed<unsigned> parse_weekdays(std::string_view text) {
  if (text == "daily") return good(127U);
  unsigned days = 0;
  for (;;) {
    const std::size_t comma = text.find(',');
    const Parsed<unsigned> part = parse_day_range(text.substr(0, comma));
    if (!part.ok()) return part;
    days |= part.value;
    if (comma == std::string_view::npos) return good(days);
    text.remove_prefix(comma + 1);
    while (take(text, ' ')) {
    }
  }
}

std::string print_weekdays(unsigned days) {
  days &= 127U;
  if (days == 127U) return "daily";
  const auto has = [days](int day) { return ((days >> ((day + 7) % 7)) & 1U) != 0; };
  std::string text;
  for (int first = 0; first < 7; ++first) {
    if (!has(first) || has(first - 1)) continue;
    int last = first;
    while (has(last + 1)) ++last;
    if (!text.empty()) text += ",";
    text += kDays[static_cast<std::size_t>(first)];
    if (last == first) continue;
    text += last == first + 1 ? "," : "-";
    text += kDays[static_cast<std::size_t>(last % 7)];
  }
  return text;
}

Parsed<DateTime> parse_date_time(std::string_view text) {
  std::string_view rest = text;
  const Parsed<std::int64_t> day = take_date(rest);
  if (!day.ok()) return failed<DateTime>(day.error);
  if (!take(rest, 'T') && !take(rest, 't') && !take(rest, ' ')) {
    return failed<DateTime>("a time of day such as 22:00:00 is missing after the date");
  }
  const Parsed<std::int64_t> clock = take_clock(rest);
  if (!clock.ok()) return failed<DateTime>(clock.error);
  DateTime value;
  if (!rest.empty()) {
    const Parsed<int> offset = parse_utc_offset(rest);
    if (!offset.ok())
      return failed<DateTime>("after the time stands " + shown(rest), "offsets are written +05:30 or Z");
    value.offset_min = offset.value;
    value.has_offset = true;
  }
  value.unix_ns =
      (day.value * sim::kSecondsPerDay - std::int64_t{value.offset_min} * 60) * kSecond + clock.value;
  return good(value);
}

std::string print_date_time(const DateTime& value) {
  std::int64_t ns = value.unix_ns % kSecond;
  if (ns < 0) ns += kSecond;
  sim::CivilClock clock;
  clock.start_unix_s = (value.unix_ns - ns) / kSecond;
  clock.offset_s = value.offset_min * 60;
  std::string text = sim::format_rfc3339(clock, sim::Time{0});
  if (ns == 0) return text;
  std::string fraction = std::to_string(ns + kSecond);
  fraction[0] = '.';
  while (fraction.back() == '0') fraction.pop_back();
  return text.insert(19, fraction);
}

}  // namespace breakglass::scenarios
