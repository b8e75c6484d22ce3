#include "sim/kernel/civil.hpp"

#include <array>
#include <chrono>

#include "sim/kernel/check.hpp"

namespace breakglass::sim {
namespace {

namespace chrono = std::chrono;

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

void append_padded(std::string& text, std::int64_t value, int width) {
  const std::string digits = std::to_string(value);
  for (auto n = static_cast<int>(digits.size()); n < width; ++n) text += '0';
  text += digits;
}

void append_hour_minute(std::string& text, std::int64_t second_of_day) {
  append_padded(text, second_of_day / 3600, 2);
  text += ':';
  append_padded(text, second_of_day / 60 % 60, 2);
}

// Reads a text from the left; once something does not fit, everything after it fails too.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::int32_t digits(std::size_t count) {
    if (rest_.size() < count) ok_ = false;
    std::int32_t value = 0;
    for (std::size_t i = 0; ok_ && i < count; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') ok_ = false;
      value = value * 10 + (c - '0');
    }
    if (ok_) rest_.remove_prefix(count);
    return value;
  }
  char one_of(std::string_view choices) {
    const char c = rest_.empty() ? '\0' : rest_.front();
    if (rest_.empty() || choices.find(c) == std::string_view::npos) {
      ok_ = false;
    } else {
      rest_.remove_prefix(1);
    }
    return c;
  }
  void skip_fraction() {
    if (rest_.empty() || rest_.front() != '.') return;
    rest_.remove_prefix(1);
    digits(1);
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') rest_.remove_prefix(1);
  }
  void require(bool condition) { ok_ = ok_ && condition; }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

chrono::year_month_day calendar(const Date& d) {
  return chrono::year{d.year} / static_cast<int>(d.month) / static_cast<int>(d.day);
}

Date read_date(Reader& in) {
  Date date;
  date.year = in.digits(4);
  in.one_of("-");
  date.month = in.digits(2);
  in.one_of("-");
  date.day = in.digits(2);
  in.require(date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31);
  in.require(in.ok() && calendar(date).ok());
  return date;
}

std::int32_t read_offset(Reader& in) {
  const char sign = in.one_of("Zz+-");
  if (sign == 'Z' || sign == 'z') return 0;
  const std::int32_t hours = in.digits(2);
  in.one_of(":");
  const std::int32_t minutes = in.digits(2);
  in.require(hours <= 23 && minutes <= 59);
  return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

std::int64_t local_seconds(const CivilClock& clock, Time at) {
  return clock.start_unix_s + clock.offset_s + floor_divide(at.count(), kNanosPerSecond);
}

std::int64_t local_day(const CivilClock& clock, Time at) {
  return floor_divide(local_seconds(clock, at), kSecondsPerDay);
}

int local_weekday(const CivilClock& clock, Time at) { return weekday_of_day(local_day(clock, at)); }

std::int32_t local_second_of_day(const CivilClock& clock, Time at) {
  return static_cast<std::int32_t>(local_seconds(clock, at) - local_day(clock, at) * kSecondsPerDay);
}

int local_hour(const CivilClock& clock, Time at) { return local_second_of_day(clock, at) / 3600; }

Date local_date(const CivilClock& clock, Time at) { return date_from_day(local_day(clock, at)); }

Time at_local(const CivilClock& clock, std::int64_t day, std::int32_t second_of_day) {
  const std::int64_t seconds = day * kSecondsPerDay + second_of_day - clock.offset_s - clock.start_unix_s;
  BG_CHECK(seconds < 9'200'000'000 && seconds > -9'200'000'000, "at_local: further than time can count");
  return Time{seconds * kNanosPerSecond};
}

std::int64_t day_from_date(const Date& date) {
  const auto ymd = calendar(date);
  BG_CHECK(ymd.ok(), "day_from_date: no such date");
  return chrono::sys_days{ymd}.time_since_epoch().count();
}

Date date_from_day(std::int64_t day) {
  const chrono::year_month_day ymd{chrono::sys_days{chrono::days{day}}};
  return {static_cast<int>(ymd.year()), static_cast<std::int32_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::int32_t>(static_cast<unsigned>(ymd.day()))};
}

int weekday_of_day(std::int64_t day) {
  return static_cast<int>(day + 3 - 7 * floor_divide(day + 3, 7));  // 1970-01-01 was a Thursday
}

std::string_view weekday_name(int weekday) {
  constexpr std::array<std::string_view, 7> kNames = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  BG_CHECK(weekday >= 0 && weekday < 7, "weekday_name: no such weekday");
  return kNames[static_cast<std::size_t>(weekday)];
}

std::string format_weekday_time(const CivilClock& clock, Time at) {
  std::string text(weekday_name(local_weekday(clock, at)));
  text += ' ';
  append_hour_minute(text, local_second_of_day(clock, at));
  return text;
}

std::string format_time(const CivilClock& clock, Time at) {
  const std::int32_t second = local_second_of_day(clock, at);
  std::string text;
  append_hour_minute(text, second);
  text += ':';
  append_padded(text, second % 60, 2);
  return text;
}

std::string format_date(const Date& date) {
  std::string text;
  append_padded(text, date.year, 4);
  text += '-';
  append_padded(text, date.month, 2);
  text += '-';
  append_padded(text, date.day, 2);
  return text;
}

std::string format_rfc3339(const CivilClock& clock, Time at) {
  std::string text = format_date(local_date(clock, at)) + 'T' + format_time(clock, at);
  if (clock.offset_s == 0) return text + 'Z';
  text += clock.offset_s < 0 ? '-' : '+';
  append_hour_minute(text, clock.offset_s < 0 ? -clock.offset_s : clock.offset_s);
  return text;
}

std::optional<CivilClock> parse_rfc3339(std::string_view text) {
  Reader in(text);
  const Date date = read_date(in);
  in.one_of("Tt ");
  const std::int32_t hour = in.digits(2);
  in.one_of(":");
  const std::int32_t minute = in.digits(2);
  in.one_of(":");
  const std::int32_t second = in.digits(2);
  in.skip_fraction();
  in.require(hour <= 23 && minute <= 59 && second <= 59);
  const std::int32_t offset = read_offset(in);
  if (!in.done()) return std::nullopt;
  return CivilClock{day_from_date(date) * kSecondsPerDay + hour * 3600 + minute * 60 + second - offset,
                    offset};
}

std::optional<Date> parse_date(std::string_view text) {
  Reader in(text);
  const Date date = read_date(in);
  if (!in.done()) return std::nullopt;
  return date;
}

std::optional<std::int32_t> parse_time_of_day(std::string_view text) {
  Reader in(text);
  const std::int32_t hour = in.digits(2);
  in.one_of(":");
  const std::int32_t minute = in.digits(2);
  std::int32_t second = 0;
  if (in.ok() && !in.done()) {
    in.one_of(":");
    second = in.digits(2);
  }
  const std::int32_t total = hour * 3600 + minute * 60 + second;
  if (!in.done() || minute > 59 || second > 59 || total > kSecondsPerDay) return std::nullopt;
  return total;
}

}  // namespace breakglass::sim
