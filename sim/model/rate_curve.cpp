#include "sim/model/rate_curve.hpp"

#include <algorithm>

namespace breakglass::sim {

void append_step(RateCurve& curve, Time until, double rate_per_s) {
  if (curve.knots.empty()) curve.knots.push_back(Time{0});
  if (until <= curve.knots.back()) return;
  if (!curve.rate_per_s.empty() && curve.rate_per_s.back() == rate_per_s) {
    curve.knots.back() = until;  // a longer step of the same height
    return;
  }
  curve.knots.push_back(until);
  curve.rate_per_s.push_back(rate_per_s);
}

void detail::begin_integrals(RateCurve& curve) {
  const std::size_t knots = curve.knots.size();
  curve.cumulative.assign(knots, 0);
  curve.growth.assign(knots, 0);
  curve.weighted.assign(knots, 0);
  curve.guide.assign(curve.rate_per_s.size(), 0);
  const auto parts = static_cast<std::int64_t>(curve.guide.size());
  std::size_t step = 0;
  for (std::int64_t part = 0; part < parts; ++part) {
    const Time start{curve.knots.back().count() / parts * part};
    while (step + 1 < curve.rate_per_s.size() && curve.knots[step + 1] <= start) ++step;
    curve.guide[static_cast<std::size_t>(part)] = static_cast<std::uint32_t>(step);
  }
}

std::size_t step_at(const RateCurve& curve, Time t) {
  const auto parts = static_cast<std::int64_t>(curve.guide.size());
  const std::int64_t width = std::max<std::int64_t>(curve.knots.back().count() / parts, 1);
  const std::int64_t part = std::clamp<std::int64_t>(t.count() / width, 0, parts - 1);
  std::size_t step = curve.guide[static_cast<std::size_t>(part)];
  while (step + 1 < curve.rate_per_s.size() && curve.knots[step + 1] <= t) ++step;
  return step;
}

double requests_until(const RateCurve& curve, Time t) {
  t = std::min(t, curve.knots.back());
  const std::size_t i = step_at(curve, t);
  return curve.cumulative[i] + curve.rate_per_s[i] * to_seconds(t - curve.knots[i]);
}

double weighted_until(const RateCurve& curve, Time t, double growth_t) {
  const std::size_t i = step_at(curve, std::min(t, curve.knots.back()));
  return curve.weighted[i] + curve.rate_per_s[i] * (growth_t - curve.growth[i]);
}

}  // namespace breakglass::sim
