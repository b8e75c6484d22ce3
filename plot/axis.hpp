// Axes: from values to positions, round ticks, and numbers as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace breakglass::plot {

// A straight-line map of [from, to] onto [begin, end]. `begin` may be above `end` (y grows downwards).
struct Scale {
  double from = 0;
  double to = 1;
  double begin = 0;
  double end = 1;

  double operator()(double value) const { return begin + (value - from) / (to - from) * (end - begin); }
  double inverse(double position) const { return from + (position - begin) / (end - begin) * (to - from); }
};

struct Tick {
  double value = 0;
  std::string text;

  friend bool operator==(const Tick&, const Tick&) = default;
};

// How numbers are written: as they are, or as percentages of 1.
enum class NumberStyle { plain, percent };

// At most `digits` significant digits, thousands separated by commas: "12,300", "0.0341", "-3", "1.5e+12".
// Not locale dependent. Not finite: "-".
std::string short_number(double value, int digits = 3);
// A share as percent to three significant digits: "12.5%".
std::string short_percent(double share);

// Round ticks (1, 2 or 5 times a power of ten apart) inside [from, to], at most `most` (at least 2) of them,
// all with the same number of decimals. from < to.
std::vector<Tick> value_ticks(double from, double to, int most, NumberStyle style = NumberStyle::plain);

// The smallest round value at or above `value` (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten); 1
// for what is not above 0. For the upper end of an axis that begins at 0.
double round_up(double value);

// Ticks at round local times inside [from_s, to_s] (seconds since the chart's zero), at most `most`.
// `local_zero_s`: local seconds since 1970-01-01T00:00:00 at the chart's zero. "22:30", and the weekday and
// day of the month where a day begins: "Thu 5".
std::vector<Tick> local_time_ticks(double from_s, double to_s, std::int64_t local_zero_s, int most);

}  // namespace breakglass::plot
