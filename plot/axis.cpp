#include "plot/axis.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace breakglass::plot {
namespace {

// Digits without the locale's opinion. Values of at most 1e15.
std::string fixed(double value, int decimals) {
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  return {buffer.data(), end.ptr};
}

// Inserts the commas before the decimal point; "-0" loses its sign.
std::string grouped(std::string text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.erase(0, 1);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = point; i > 3; i -= 3) text.insert(i - 3, ",");
  const bool zero = text.find_first_not_of("0.,") == std::string::npos;
  return negative && !zero ? "-" + text : text;
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

constexpr double kEdge = 1e-9;  // of a step: ticks at the very ends count as inside

double round_step(double span, int most) {
  const double raw = span / std::max(1, most - 1);
  double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (;; power *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * power >= raw * (1 - kEdge)) return factor * power;
    }
  }
}

std::string local_text(std::int64_t local_s, bool days_only) {
  using namespace std::chrono;
  static constexpr std::array kNames{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto day = floor<days>(sys_seconds{seconds{local_s}});
  const auto in_day = local_s - day.time_since_epoch() / seconds{1};
  if (in_day == 0 || days_only) {
    const auto month_day = static_cast<unsigned>(year_month_day{day}.day());
    return std::string(kNames[weekday{day}.c_encoding()]) + " " + std::to_string(month_day);
  }
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(in_day / 3600) + ":" + two(in_day / 60 % 60) + (in_day % 60 != 0 ? ":" + two(in_day % 60) : "");
}

}  // namespace

std::string short_number(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (size >= 1e12 || size < 1e-5) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    return {buffer.data(), end.ptr};
  }
  const int exponent = static_cast<int>(std::floor(std::log10(size)));
  const int decimals = digits - 1 - exponent;  // negative: so many zeros before the point
  if (decimals >= 0) return grouped(without_trailing_zeros(fixed(value, decimals)));
  const double unit = std::pow(10.0, -decimals);
  return grouped(fixed(std::round(value / unit) * unit, 0));
}

std::string short_percent(double share) { return short_number(100 * share) + "%"; }

std::vector<Tick> value_ticks(double from, double to, int most, NumberStyle style) {
  std::vector<Tick> ticks;
  if (!(from < to) || !std::isfinite(to - from)) return ticks;
  const double step = round_step(to - from, std::max(2, most));
  const double shown = style == NumberStyle::percent ? 100 * step : step;
  const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(shown) + kEdge)), 0, 12);
  const auto first = static_cast<std::int64_t>(std::ceil(from / step - kEdge));
  const auto last = static_cast<std::int64_t>(std::floor(to / step + kEdge));
  for (std::int64_t i = first; i <= last; ++i) {
    const double value = static_cast<double>(i) * step;
    const bool percent = style == NumberStyle::percent;
    ticks.push_back({value, grouped(fixed(percent ? 100 * value : value, decimals)) + (percent ? "%" : "")});
  }
  return ticks;
}

double round_up(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  double power = std::pow(10.0, std::floor(std::log10(value)));
  for (;; power *= 10) {
    for (const double factor : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
      if (factor * power >= value * (1 - kEdge)) return factor * power;
    }
  }
}

std::vector<Tick> local_time_ticks(double from_s, double to_s, std::int64_t local_zero_s, int most) {
  constexpr std::int64_t kDay = 86400;
  static constexpr std::array<std::int64_t, 21> kSteps{
      1,    5,     15,    30,    60,   120,      300,      600,       900,       1800,      3600,
      7200, 10800, 21600, 43200, kDay, 2 * kDay, 7 * kDay, 28 * kDay, 91 * kDay, 364 * kDay};
  std::vector<Tick> ticks;
  if (!(from_s < to_s)) return ticks;
  most = std::max(1, most);
  for (const std::int64_t step : kSteps) {
    const auto first = static_cast<std::int64_t>(
        std::ceil((from_s + static_cast<double>(local_zero_s)) / static_cast<double>(step)));
    const auto last = static_cast<std::int64_t>(
        std::floor((to_s + static_cast<double>(local_zero_s)) / static_cast<double>(step)));
    if (last - first + 1 > most && step != kSteps.back()) continue;
    for (std::int64_t i = first; i <= last; ++i) {
      ticks.push_back({static_cast<double>(i * step - local_zero_s), local_text(i * step, step >= kDay)});
    }
    break;
  }
  return ticks;
}

}  // namespace breakglass::plot
