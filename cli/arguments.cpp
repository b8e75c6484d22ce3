#include "cli/arguments.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>

#include "cli/numbers.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

struct WholeRange {
  std::string_view option;
  std::string_view meaning;  // "a seed"
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::string_view note;  // what to write instead
};

std::string shown(std::string_view text) { return scenarios::visible(text, 60); }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "10,000", "10_000", "1e4" and "10k" as the number that was meant; 0 if that is anybody's guess.
std::uint64_t guess(std::string_view text) {
  std::string plain;
  std::copy_if(text.begin(), text.end(), std::back_inserter(plain),
               [](char c) { return c != ',' && c != '_'; });
  double factor = 1;
  if (plain.ends_with('k') || plain.ends_with('K')) factor = 1e3;
  if (plain.ends_with('M')) factor = 1e6;
  if (factor > 1) plain.pop_back();
  const auto number = scenarios::parse_number(plain);
  if (!number.ok() || number.value < 1 || number.value * factor > 1e15) return 0;
  const double value = number.value * factor;
  return value == std::floor(value) ? static_cast<std::uint64_t>(value) : 0;
}

Answer<std::uint64_t> read_whole(std::string_view text, const WholeRange& range) {
  const std::string allowed =
      fmt::format("{} is a whole number from {} to {}", range.meaning, range.low, range.high);
  std::uint64_t value = 0;
  const bool is_whole = is_digits(text.starts_with('-') || text.starts_with('+') ? text.substr(1) : text);
  if (!is_whole) {
    const std::uint64_t meant = guess(text);
    const bool fits = meant >= std::max<std::uint64_t>(range.low, 1) && meant <= range.high;
    return {0,
            {fmt::format("{} \"{}\" is not a whole number", range.option, shown(text)),
             {allowed,
              fits ? fmt::format("did you mean {} {}?", range.option, meant) : std::string(range.note)}}};
  }
  const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_read = error == std::errc() && end == digits.data() + digits.size();
  if (is_read && value >= range.low && value <= range.high) return {value, {}};
  return {
      0,
      {fmt::format("{} {} is out of range", range.option, shown(text)), {allowed, std::string(range.note)}}};
}

}  // namespace

Answer<std::uint64_t> read_seed(std::string_view text) {
  return read_whole(text, {"--seed", "a seed", 0, UINT64_MAX, ""});
}

Answer<std::uint64_t> read_replications(std::string_view option, std::string_view text) {
  const bool is_nothing = is_digits(text) && text.find_first_not_of('0') == std::string_view::npos;
  const std::string example = fmt::format("for example {} 10000", option);
  if (is_nothing) {
    return {0,
            {fmt::format("{} 0 would simulate nothing", option),
             {fmt::format("write how many worlds to run, from 1 to {}: {}", grouped(kMaxReplications),
                          example)}}};
  }
  return read_whole(text, {option, "a number of replications", 1, kMaxReplications, example});
}

Answer<std::uint32_t> read_replication(std::string_view text) {
  const auto whole = read_whole(
      text, {"--replication", "a replication", 0, kMaxReplications - 1, "the first is --replication 0"});
  return {static_cast<std::uint32_t>(whole.value), whole.complaint};
}

Answer<unsigned> read_threads(std::string_view text) {
  const auto whole = read_whole(text, {"--threads", "a number of threads", 1, 1024,
                                       "leave it out to use every processor; results do not depend on it"});
  return {static_cast<unsigned>(whole.value), whole.complaint};
}

Answer<double> read_precision(std::string_view text) {
  constexpr std::string_view kExample = "write a percentage such as --precision 1% (or 0.01)";
  const bool is_percent = text.ends_with('%');
  const auto number = scenarios::parse_number(is_percent ? text.substr(0, text.size() - 1) : text);
  if (!number.ok()) {
    return {0, {fmt::format("--precision \"{}\" is not a number", shown(text)), {std::string(kExample)}}};
  }
  const double value = is_percent ? number.value / 100 : number.value;
  if (value >= 0.00001 && value <= 0.5) return {value, {}};
  const bool forgot_sign = !is_percent && number.value >= 0.5 && number.value <= 50;
  return {
      0,
      {fmt::format("--precision {} is out of range", shown(text)),
       {"a precision is a share of the mean, from 0.001% to 50%",
        forgot_sign ? fmt::format("did you mean --precision {}%?", shown(text)) : std::string(kExample)}}};
}

Answer<double> read_share(std::string_view option, std::string_view text) {
  const bool is_percent = text.ends_with('%');
  const auto number = scenarios::parse_number(is_percent ? text.substr(0, text.size() - 1) : text);
  const double value = is_percent ? number.value / 100 : number.value;
  if (number.ok() && value >= 0 && value <= 1) return {value, {}};
  return {0,
          {fmt::format("{} \"{}\" is no share", option, shown(text)),
           {fmt::format("write a percentage such as {} 5% (or 0.05)", option)}}};
}

Answer<std::uint64_t> read_count(std::string_view option, std::string_view text, std::uint64_t most) {
  return read_whole(text, {option, "a number", 1, most, fmt::format("for example {} 1", option)});
}

Answer<std::string> read_since(std::string_view text) {
  const auto utc = [](std::int64_t unix_s) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(unix_s));
  };
  const bool is_date = text.size() == 10 && text[4] == '-';
  const auto instant = scenarios::parse_date_time(std::string(text) + (is_date ? "T00:00:00Z" : ""));
  if (instant.ok()) return {utc(instant.value.unix_ns / 1'000'000'000), {}};
  const auto ago = scenarios::parse_duration(text);
  if (ago.ok() && ago.value.count() >= 0)
    return {utc(std::time(nullptr) - ago.value.count() / 1'000'000'000), {}};
  return {"",
          {fmt::format("--since \"{}\" is neither a date nor a length of time", shown(text)),
           {"write a date such as --since 2026-11-25 (in UTC), or how long ago: --since 7d"}}};
}

scenarios::TrafficOverride read_traffic(std::string_view text, bool exact) {
  const auto is_id = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  const std::size_t equals = text.find('=');
  const std::string_view entry = text.substr(0, equals == std::string_view::npos ? 0 : equals);
  if (entry.empty() || !std::all_of(entry.begin(), entry.end(), is_id)) return {{}, std::string(text), exact};
  return {std::string(entry), std::string(text.substr(equals + 1)), exact};
}

}  // namespace breakglass::cli
