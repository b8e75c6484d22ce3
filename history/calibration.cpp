#include "history/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace breakglass::history {
namespace {

constexpr std::size_t kGroups = 10;

struct Sums {
  double n = 0;
  double s = 0;
  double o = 0;
  double ss = 0;
  double so = 0;

  void add(const Forecast& f, double sign) {
    const double so_far = f.was_so ? 1 : 0;
    n += sign;
    s += sign * f.stated;
    o += sign * so_far;
    ss += sign * f.stated * f.stated;
    so += sign * f.stated * so_far;
  }
};

enum Which : std::size_t { brier, reliability, resolution, uncertainty, within, kParts };
using Parts = std::array<double, kParts>;
using Table = std::array<Sums, kGroups>;

std::size_t group_of(double stated) {
  return std::min(static_cast<std::size_t>(std::max(stated, 0.0) * kGroups), kGroups - 1);
}

Parts parts_of(const Table& table) {
  double n = 0;
  double o = 0;
  for (const Sums& g : table) {
    n += g.n;
    o += g.o;
  }
  Parts p{};
  if (n <= 0) return p;
  const double overall = o / n;
  for (const Sums& g : table) {
    if (g.n <= 0) continue;
    const double stated = g.s / g.n;
    const double was_so = g.o / g.n;
    p[brier] += (g.ss - 2 * g.so + g.o) / n;
    p[reliability] += g.n / n * (stated - was_so) * (stated - was_so);
    p[resolution] += g.n / n * (was_so - overall) * (was_so - overall);
  }
  p[uncertainty] = overall * (1 - overall);
  p[within] = p[brier] - (p[reliability] - p[resolution] + p[uncertainty]);
  if (std::abs(p[within]) < 1e-12) p[within] = 0;  // rounding
  return p;
}

// A part cannot lie outside of its range, and neither need its interval.
std::optional<analysis::Interval> within_range(std::optional<analysis::Interval> i, std::size_t part) {
  constexpr double kLargest[kParts] = {1, 1, 0.25, 0.25, 1};
  if (!i || part == within) return i;
  return analysis::Interval{std::clamp(i->low, 0.0, kLargest[part]),
                            std::clamp(i->high, 0.0, kLargest[part])};
}

}  // namespace

Calibration calibrate(std::span<const Forecast> forecasts) {
  Table table{};
  for (const Forecast& f : forecasts) table[group_of(f.stated)].add(f, 1);
  const Parts whole = parts_of(table);
  const double n = static_cast<double>(forecasts.size());

  std::array<analysis::Moments, kParts> pseudo{};
  for (const Forecast& f : forecasts) {
    Table without = table;
    without[group_of(f.stated)].add(f, -1);
    const Parts rest = parts_of(without);
    for (std::size_t k = 0; k < kParts; ++k) analysis::add(pseudo[k], n * whole[k] - (n - 1) * rest[k]);
  }

  Calibration out;
  out.count = static_cast<int>(forecasts.size());
  Part* const parts[] = {&out.brier, &out.reliability, &out.resolution, &out.uncertainty, &out.within};
  for (std::size_t k = 0; k < kParts; ++k) {
    *parts[k] = {whole[k], out.count > 1 ? pseudo[k].mean : whole[k],
                 within_range(analysis::student_interval(pseudo[k]), k)};
  }
  for (const Sums& g : table) {
    if (g.n <= 0) continue;
    out.groups.push_back(
        {static_cast<int>(g.n), g.s / g.n, g.o / g.n,
         analysis::wilson_interval(static_cast<std::uint64_t>(g.o), static_cast<std::uint64_t>(g.n))});
  }
  return out;
}

}  // namespace breakglass::history
