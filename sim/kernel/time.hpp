// Simulated time: an integer count of nanoseconds since the scenario's start, so that order is exact.
#pragma once

#include <chrono>
#include <cstdint>

namespace breakglass::sim {

// An instant: elapsed time since the scenario's start. Never negative in a running world.
using Time = std::chrono::nanoseconds;
// A length of time. The same type as Time, because an instant is a length counted from the start.
using Duration = std::chrono::nanoseconds;

// An instant that never comes. Compares later than every instant of a run.
inline constexpr Time kNever = Time::max();

// The nearest double: a division, because a product with 1e-9 would round twice.
constexpr double to_seconds(Duration d) { return static_cast<double>(d.count()) / 1e9; }

// As far as a drawn time reaches: 95 years, beyond every horizon, and three of them still add up to less than
// the 292 years that can be represented.
inline constexpr Duration kFarthest = std::chrono::seconds{3'000'000'000};

// The nearest nanosecond. Seconds beyond kFarthest saturate.
constexpr Duration from_seconds(double seconds) {
  constexpr double kLimit = 3e9;
  if (!(seconds < kLimit)) return kFarthest;
  if (seconds < -kLimit) return -kFarthest;
  const double nanos = seconds * 1e9;
  return Duration{static_cast<std::int64_t>(nanos + (nanos < 0 ? -0.5 : 0.5))};
}

}  // namespace breakglass::sim
