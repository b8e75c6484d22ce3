#include "scenarios/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <system_error>

#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ns;
};
constexpr std::array<Unit, 7> kUnits = {{{"d", 86'400'000'000'000},
                                         {"h", 3'600'000'000'000},
                                         {"m", 60'000'000'000},
                                         {"s", 1'000'000'000},
                                         {"ms", 1'000'000},
                                         {"us", 1'000},
                                         {"ns", 1}}};

struct RateUnit {
  std::string_view name;
  double seconds;
};
constexpr std::array<RateUnit, 4> kRateUnits = {{{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string shown(std::string_view text) { return "\"" + visible(text, 40) + "\""; }

template <class T>
Parsed<T> failed(std::string error, std::string hint = {}) {
  Parsed<T> parsed;
  parsed.error = std::move(error);
  parsed.hint = std::move(hint);
  return parsed;
}

// Whether the text is a decimal number in form: digits, at most one point, an optional exponent.
bool has_number_form(std::string_view text) {
  std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
  std::size_t digits = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) ++digits;
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && is_digit(text[i]); ++i) ++digits;
  }
  if (digits == 0) return false;
  if (i == text.size()) return true;
  if (text[i] != 'e' && text[i] != 'E') return false;
  ++i;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  if (i == text.size()) return false;
  for (; i < text.size(); ++i) {
    if (!is_digit(text[i])) return false;
  }
  return true;
}

bool has_nonzero_digit(std::string_view text) {
  for (const char c : text) {
    if (c == 'e' || c == 'E') return false;
    if (c >= '1' && c <= '9') return true;
  }
  return false;
}

double to_double(std::string_view text) {
#if defined(__cpp_lib_to_chars) && __cpp_lib_to_chars >= 201611L
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    // Tell too large from too small by the text: from_chars does not.
    const std::size_t e = text.find_first_of("eE");
    const bool tiny = e == std::string_view::npos ? !has_nonzero_digit(text.substr(0, text.find('.')))
                                                  : e + 1 < text.size() && text[e + 1] == '-';
    return tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  return value;
#else
  // Only for libraries without the above (WebAssembly's), whose one locale is "C".
  return std::strtod(std::string(text).c_str(), nullptr);
#endif
}

// One "12.5h" of a duration, as exact nanoseconds.
struct Part {
  std::int64_t ns = 0;
  std::size_t unit = 0;
  std::size_t end = 0;
  std::string error;
  std::string hint;
};

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Adds count * unit to sum unless that overflows.
bool add_times(std::int64_t& sum, std::int64_t count, std::int64_t unit) {
  if (count > (kMost - sum) / unit) return false;
  sum += count * unit;
  return true;
}

std::string unit_hint(std::string_view unit) {
  if (unit == "min" || unit == "mins" || unit == "minutes" || unit == "minute")
    return "the unit of minutes is m";
  if (unit == "sec" || unit == "secs" || unit == "seconds" || unit == "second")
    return "the unit of seconds is s";
  if (unit == "hr" || unit == "hrs" || unit == "hours" || unit == "hour") return "the unit of hours is h";
  if (unit == "days" || unit == "day" || unit == "D") return "the unit of days is d";
  for (const Unit& known : kUnits) {
    if (unit == known.name) return "write it without spaces";
  }
  if (unit == "w" || unit == "weeks" || unit == "week") return "a week is 7d";
  return "units are d, h, m, s, ms, us, ns";
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Part parse_part(std::string_view text, std::size_t i) {
  Part part;
  const std::size_t digits_begin = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  const std::string_view whole_digits = text.substr(digits_begin, i - digits_begin);
  std::string_view fraction;
  if (i < text.size() && text[i] == '.') {
    const std::size_t begin = ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
    fraction = text.substr(begin, i - begin);
    if (fraction.empty()) part.error = "a digit is missing after the point";
  }
  if (whole_digits.empty()) part.error = "a number is missing before " + shown(text.substr(i));
  const std::size_t unit_begin = i;
  while (i < text.size() && !is_digit(text[i]) && text[i] != '.') ++i;
  const std::string_view unit = text.substr(unit_begin, i - unit_begin);
  part.end = i;
  if (!part.error.empty()) return part;
  while (part.unit < kUnits.size() && kUnits[part.unit].name != unit) ++part.unit;
  if (part.unit == kUnits.size()) {
    part.error = unit.empty() ? "a unit is missing" : "unknown unit " + shown(trimmed(unit));
    part.hint = unit_hint(trimmed(unit));
    return part;
  }
  std::int64_t whole_part = 0;
  const auto read =
      std::from_chars(whole_digits.data(), whole_digits.data() + whole_digits.size(), whole_part);
  bool fits = read.ec == std::errc() && add_times(part.ns, whole_part, kUnits[part.unit].ns);
  std::int64_t place = kUnits[part.unit].ns;
  for (const char c : fraction) {
    if (c != '0' && place % 10 != 0) {
      part.error = "finer than a nanosecond";
      return part;
    }
    place /= 10;
    fits = fits && add_times(part.ns, c - '0', place == 0 ? 1 : place);
  }
  if (!fits) part.error = "longer than 292 years";
  return part;
}

// The shortest text of `value` that still reads as that double, or with fewer digits as another one.
std::string shortest(double value) {
  std::array<char, 400> buffer{};
  const double size = std::fabs(value);
  const auto format =
      size == 0 || (size >= 1e-6 && size < 1e15) ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
  return {buffer.data(), end.ptr};
}

}  // namespace

Parsed<double> parse_number(std::string_view text) {
  if (!has_number_form(text)) return failed<double>("is not a number");
  const double value = to_double(text);
  if (std::isinf(value)) return failed<double>("is too large");
  if (value == 0 && has_nonzero_digit(text)) return failed<double>("is too close to zero");
  Parsed<double> parsed;
  parsed.value = value;
  return parsed;
}

std::string print_number(double value) { return std::isfinite(value) ? shortest(value) : "null"; }

Parsed<std::int64_t> parse_integer(std::string_view text) {
  Parsed<std::int64_t> parsed;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), parsed.value);
  if (result.ec == std::errc() && result.ptr == text.data() + text.size()) return parsed;
  const std::size_t rest = text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0);
  const bool digits_only = rest == std::string_view::npos && text.find_first_of("0123456789") != rest;
  return failed<std::int64_t>(digits_only ? "is too large" : "is not a whole number");
}

Parsed<sim::Duration> parse_duration(std::string_view text) {
  if (text.empty()) return failed<sim::Duration>("it is empty");
  if (has_number_form(text) && text.find_first_of("eE") == std::string_view::npos) {
    return failed<sim::Duration>("it has no unit",
                                 "write \"" + std::string(text) + "s\" or \"" + std::string(text) + "m\"");
  }
  if (text.find_first_of("0123456789") == std::string_view::npos) {
    return failed<sim::Duration>("it is not a duration");
  }
  const bool negative = text[0] == '-';
  std::int64_t ns = 0;
  std::size_t last_unit = kUnits.size();
  for (std::size_t i = negative ? 1 : 0; i < text.size();) {
    const Part part = parse_part(text, i);
    if (!part.error.empty()) return failed<sim::Duration>(part.error, part.hint);
    if (last_unit != kUnits.size() && part.unit <= last_unit) {
      return failed<sim::Duration>("units go from large to small, each once");
    }
    if (!add_times(ns, part.ns, 1)) return failed<sim::Duration>("longer than 292 years");
    last_unit = part.unit;
    i = part.end;
  }
  if (last_unit == kUnits.size()) return failed<sim::Duration>("it has no number");
  Parsed<sim::Duration> parsed;
  parsed.value = sim::Duration{negative ? -ns : ns};
  return parsed;
}

std::string print_duration(sim::Duration value) {
  if (value.count() == 0) return "0s";
  const bool negative = value.count() < 0;
  // Unsigned, because the most negative count has no positive twin.
  const auto ns =
      negative ? 0 - static_cast<std::uint64_t>(value.count()) : static_cast<std::uint64_t>(value.count());
  std::string best;
  std::uint64_t rest = ns;
  for (const Unit& unit : kUnits) {
    const auto size = static_cast<std::uint64_t>(unit.ns);
    if (rest >= size) best += std::to_string(rest / size) + std::string(unit.name);
    rest %= size;
  }
  for (const Unit& unit : kUnits) {
    const auto size = static_cast<std::uint64_t>(unit.ns);
    if (ns % size != 0) continue;
    const std::string text = std::to_string(ns / size) + std::string(unit.name);
    if (text.size() < best.size()) best = text;
  }
  return (negative ? "-" : "") + best;
}

Parsed<double> parse_rate(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view number = text.substr(0, slash);
  if (slash == std::string_view::npos) {
    const bool plain = has_number_form(text);
    return failed<double>(
        plain ? "it has no unit" : "it is not a rate",
        plain ? "write \"" + std::string(text) + "/s\" or \"" + std::string(text) + "/min\"" : "");
  }
  const Parsed<double> count = parse_number(number);
  if (!count.ok()) return failed<double>(shown(number) + " " + count.error);
  if (number.starts_with('-')) return failed<double>("a rate cannot be negative");
  const std::string_view unit = text.substr(slash + 1);
  for (const RateUnit& known : kRateUnits) {
    if (known.name != unit) continue;
    Parsed<double> parsed;
    parsed.value = count.value / known.seconds;
    return parsed;
  }
  std::string hint = "units are /s, /min, /h, /d";
  if (unit == "m" || unit == "minute") hint = "write /min for minutes";
  return failed<double>(unit.empty() ? "a unit is missing" : "unknown unit " + shown(unit), hint);
}

std::string print_rate(double per_second) {
  std::string best = print_number(per_second) + "/s";
  for (const RateUnit& unit : kRateUnits) {
    const double scaled = per_second * unit.seconds;
    // The product may be a hair off the number that was written; so look at its neighbours too.
    for (const double count : {std::nextafter(scaled, 0), scaled, std::nextafter(scaled, scaled * 2)}) {
      const std::string text = print_number(count) + "/" + std::string(unit.name);
      if (text.size() >= best.size()) continue;
      const Parsed<double> back = parse_rate(text);
      if (back.ok() && back.value == per_second) best = text;
    }
  }
  return best;
}

}  // namespace breakglass::scenarios
