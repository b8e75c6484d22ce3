#include "viz/signal_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace breakglass::viz {
namespace {

constexpr double kTwoSided95 = 1.959963984540054;

// The 95% interval of a level from one window's items, as wide as chance alone makes it: Wilson's score
// interval for a ratio (JASA 22, 1927), the normal one for a mean, the square root of the count for events.
void set_interval(Reading& r, const sim::SignalParams& params) {
  const double n = r.items;
  const double z = kTwoSided95;
  double middle = r.change;
  double half = 0;
  switch (params.kind) {
    case sim::SignalKind::ratio: {
      const double p = std::clamp(r.change, 0.0, 1.0);
      middle = (p + z * z / (2 * n)) / (1 + z * z / n);
      half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
      break;
    }
    case sim::SignalKind::count: half = z * std::sqrt(std::max(r.change, 1 / n) / n); break;
    case sim::SignalKind::mean: half = z * params.sd / std::sqrt(n); break;
  }
  half *= std::sqrt(params.overdispersion);
  r.low = params.kind == sim::SignalKind::mean ? middle - half : std::max(0.0, middle - half);
  r.high = middle + half;
}

}  // namespace

SignalView signal_view(const sim::SignalParams& params) {
  SignalView view;
  view.id = params.id;
  view.delay = params.delay;
  view.from_zero = params.kind != sim::SignalKind::mean;
  if (params.kind == sim::SignalKind::ratio) view.style = plot::NumberStyle::percent;
  return view;
}

void add_reading(SignalView& view, const sim::SignalParams& params, const Published& published) {
  if (published.items <= 0) return;
  Reading r;
  r.at = published.at;
  r.until = published.at - params.delay;
  r.change = published.change;
  r.has_stable = published.has_stable;
  r.stable = r.has_stable ? published.stable : 0;
  r.items = published.items;
  set_interval(r, params);
  view.readings.push_back(r);
}

std::string level_text(const SignalView& signal, double level) {
  return signal.style == plot::NumberStyle::percent ? plot::short_percent(level) : plot::short_number(level);
}

const Reading* newest(const SignalView& signal, sim::Time instant) {
  const auto after = std::upper_bound(signal.readings.begin(), signal.readings.end(), instant,
                                      [](sim::Time t, const Reading& r) { return t < r.at; });
  return after == signal.readings.begin() ? nullptr : &*(after - 1);
}

std::string elapsed_text(sim::Duration elapsed) {
  const std::int64_t s = std::abs(elapsed / std::chrono::seconds{1});
  return fmt::format("{}{}:{:02}:{:02}", elapsed < sim::Duration{} ? '-' : '+', s / 3600, s / 60 % 60,
                     s % 60);
}

std::string age_text(sim::Duration age) {
  const std::int64_t s = std::max<std::int64_t>(0, age / std::chrono::seconds{1});
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min", s / 60);
  if (s < 86400) return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
  if (s / 3600 % 24 == 0) return fmt::format("{} d", s / 86400);
  return fmt::format("{} d {} h", s / 86400, s / 3600 % 24);
}

}  // namespace breakglass::viz
