#include "cli/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace breakglass::cli {
namespace {

// Puts commas into the whole part of a plain decimal text.
std::string with_commas(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t end = text.find('.');
  if (end == std::string::npos) end = text.size();
  while (end > first + 3) {
    end -= 3;
    text.insert(end, 1, ',');
  }
  return text;
}

// The power of ten of the leading digit, after rounding to `digits` digits.
int exponent_after_rounding(double value, int digits) {
  const std::string text = fmt::format("{:.{}e}", value, digits - 1);
  return std::stoi(text.substr(text.find('e') + 1));
}

// How many decimals a percentage deserves: two where it is within 1% of 0 or 100.
int percent_decimals(double p) { return 100 * std::min(p, 1 - p) < 0.995 ? 2 : 1; }

// Percent without its sign; 0 and 100 only where that is exact.
std::string percent_number(double p, int decimals) {
  if (p <= 0 || p >= 1) return p <= 0 ? "0" : "100";
  const double smallest = decimals == 2 ? 0.01 : 0.1;
  if (100 * p < smallest / 2) return fmt::format("<{}", smallest);
  if (100 * (1 - p) < smallest / 2) return fmt::format(">{}", 100 - smallest);
  return fmt::format("{:.{}f}", 100 * p, decimals);
}

std::string two_units(std::uint64_t large, const char* large_unit, std::uint64_t small,
                      const char* small_unit) {
  if (small == 0) return fmt::format("{} {}", large, large_unit);
  return fmt::format("{} {} {} {}", large, large_unit, small, small_unit);
}

}  // namespace

std::string grouped(std::uint64_t count) { return with_commas(std::to_string(count)); }

std::string amount(double value, int digits) {
  if (value == 0) return "0";
  const int exponent = exponent_after_rounding(value, digits);
  if (exponent >= 15 || exponent < -4) return fmt::format("{:.{}e}", value, digits - 1);
  if (value == std::trunc(value) && exponent < digits) return with_commas(fmt::format("{:.0f}", value));
  const int decimals = digits - 1 - exponent;
  if (decimals >= 0) return with_commas(fmt::format("{:.{}f}", value, decimals));
  const double unit = std::pow(10.0, -decimals);
  return with_commas(fmt::format("{:.0f}", std::round(value / unit) * unit));
}

std::string signed_amount(double value, int digits) {
  return value > 0 ? "+" + amount(value, digits) : amount(value, digits);
}

std::string range(const std::optional<analysis::Interval>& interval, double divisor) {
  if (!interval) return "none";
  return amount(interval->low / divisor) + " to " + amount(interval->high / divisor);
}

std::string signed_range(const std::optional<analysis::Interval>& interval, double divisor) {
  if (!interval) return "none";
  return signed_amount(interval->low / divisor) + " to " + signed_amount(interval->high / divisor);
}

std::string Scale::heading(const std::string& unit) const {
  return word.empty() ? unit : std::string(word) + "s of " + unit;
}

std::string Scale::sentence(const std::string& unit) const {
  return word.empty() ? unit : std::string(word) + " " + unit;
}

Scale harm_scale(const analysis::Comparison& comparison) {
  double largest = 0;
  for (const auto& strategy : comparison.strategies) {
    largest = std::max(largest, strategy.metrics[analysis::index_of(analysis::Metric::harm_total)].mean);
  }
  if (largest >= 1e10) return {1e9, "billion"};
  return largest >= 1e7 ? Scale{1e6, "million"} : Scale{};
}

std::string percent(double probability) {
  return percent_number(probability, percent_decimals(probability)) + "%";
}

std::string percent_with_interval(const analysis::ProbabilitySummary& p) {
  const int decimals = percent_decimals(p.mean);
  return fmt::format("{} ({}-{})", percent(p.mean), percent_number(p.ci95.low, decimals),
                     percent_number(p.ci95.high, decimals));
}

std::string hours_minutes(double seconds) {
  const auto minutes = static_cast<std::uint64_t>(std::max(0.0, seconds) / 60 + 0.5);
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::max(0.0, seconds));
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string in_words(double seconds) {
  const auto s = static_cast<std::uint64_t>(std::max(0.0, seconds) + 0.5);
  if (s < 60) return fmt::format("{} s", s);
  const std::uint64_t minutes = (s + 30) / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  const std::uint64_t hours = (minutes + 30) / 60;
  if (minutes < 48 * 60) return two_units(minutes / 60, "h", minutes % 60, "min");
  return two_units(hours / 24, "d", hours % 24, "h");
}

}  // namespace breakglass::cli
