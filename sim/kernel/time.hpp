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

// The nearest nanosecond. Seconds beyond the representable range (about 292 years) saturate.
constexpr Duration from_seconds(double seconds) {
  constexpr double kLimit = 9.2e9;
  if (!(seconds < kLimit)) return Duration{static_cast<std::int64_t>(kLimit * 1e9)};
  if (seconds < -kLimit) return Duration{static_cast<std::int64_t>(-kLimit * 1e9)};
  const double nanos = seconds * 1e9;
  return Duration{static_cast<std::int64_t>(nanos + (nanos < 0 ? -0.5 : 0.5))};
}

}  // namespace breakglass::sim
