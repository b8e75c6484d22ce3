// One number of a scenario that is varied: which, over what, and how its values are written.
//
//     /change/regression/probability=0.05:0.6:12     twelve values, evenly spaced
//     /harm/ongoing/per_request=0.0002:0.02:9:log     nine values, each the same multiple of the one before
//     /rollback/verify=2m:20m:7                       lengths of time and rates keep their units
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problems.hpp"

namespace breakglass::analysis {

// How the number is written in the scenario's file.
enum class NumberKind : std::uint8_t { plain, duration, rate };

struct Parameter {
  std::string pointer;  // RFC 6901, into the scenario
  NumberKind kind = NumberKind::plain;
  double low = 0;  // seconds for a duration, per second for a rate
  double high = 0;
  int points = 2;  // of the grid, ends included; 0 where only the range was given
  bool is_log = false;
};

inline constexpr int kMostPoints = 1000;  // along one parameter

// Reads "POINTER=LO:HI:N[:log]", or with `needs_points` false "POINTER=LO:HI[:log]". Nothing, and a problem
// with its place, if it is not that: LO below HI, both of one kind, above 0 with log, N from 2 to
// kMostPoints.
std::optional<Parameter> read_parameter(std::string_view option, std::string_view text, bool needs_points,
                                        scenarios::Problems& problems);

// The value at `share` of the way from low to high, 0 to 1; the ends are exact.
double value_at(const Parameter& parameter, double share);
// Of the grid's i-th point.
double grid_value(const Parameter& parameter, int i);

// As the scenario's file would write it: 0.25, "90s", "40/s". Reads back to the same double, but that a
// duration is rounded to the nanosecond.
std::string value_text(const Parameter& parameter, double value);

// "POINTER=VALUE", for an override.
std::string override_text(const Parameter& parameter, double value);

// What the scenario itself says, where it says a number. `text` is its file. Adds a problem, and gives
// nothing, where the pointer names something that is no number (a list, a text); a field that is absent has
// no value and no problem.
std::optional<double> own_value(const Parameter& parameter, std::string_view option, const std::string& text,
                                const std::vector<std::string>& overrides, scenarios::Problems& problems);

}  // namespace breakglass::analysis
