// Numbers as a person reads them: few digits, thousands separated, never more precise than they are. Nothing
// here depends on the locale. Machines read --json and --csv instead, where every digit is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analysis/estimate/interval.hpp"
#include "analysis/estimate/summary.hpp"

namespace breakglass::cli {

// "1,234,567".
std::string grouped(std::uint64_t count);

// A value to `digits` significant digits: "29,310", "34.12", "0.0341", "-3". A whole number below 10^digits
// has no decimals; 0 is "0"; from 1e15 on, and below 1e-4, with an exponent. `value` must be finite.
std::string amount(double value, int digits = 4);

// The same with a plus sign for what is above 0.
std::string signed_amount(double value, int digits = 4);

// "3,380 to 3,440"; "none" where there is no interval (a single replication).
std::string range(const std::optional<analysis::Interval>& interval, double divisor = 1);
std::string signed_range(const std::optional<analysis::Interval>& interval, double divisor = 1);

// In what a comparison's harm is printed, so that no column of it is a row of zeros.
struct Scale {
  double divisor = 1;
  std::string_view word;  // "", "million", "billion"

  std::string heading(const std::string& unit) const;   // "millions of failed requests"
  std::string sentence(const std::string& unit) const;  // "million failed requests"
};

// By the largest mean harm: millions from ten million on, billions from ten billion on.
Scale harm_scale(const analysis::Comparison& comparison);

// A probability as percent: "19.8%", "0.04%", "<0.01%". "0%" and "100%" only for what is exactly that.
std::string percent(double probability);

// With Wilson's interval: "19.8% (19.0-20.6)".
std::string percent_with_interval(const analysis::ProbabilitySummary& p);

// Seconds as hours and minutes, rounded to the nearest minute: "1:43", "152:10".
std::string hours_minutes(double seconds);

// Seconds as hours, minutes and seconds, cut off: "0:07:31".
std::string clock_text(double seconds);

// A length of time in words, two units at most: "12 s", "48 min", "1 h 43 min", "7 d". Negative lengths count
// as 0.
std::string in_words(double seconds);

}  // namespace breakglass::cli
