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
  curve.guide_part = Duration{std::max<std::int64_t>(curve.knots.back().count() / parts, 1)};
  std::size_t step = 0;
  for (std::int64_t part = 0; part < parts; ++part) {
    const Time start{curve.guide_part * part};
    while (step + 1 < curve.rate_per_s.size() && curve.knots[step + 1] <= start) ++step;
    curve.guide[static_cast<std::size_t>(part)] = static_cast<std::uint32_t>(step);
  }
}

std::size_t step_at(const RateCurve& curve, Time t) {
  const auto last = static_cast<std::int64_t>(curve.guide.size()) - 1;
  const std::int64_t part = std::clamp<std::int64_t>(t / curve.guide_part, 0, last);
  std::size_t step = curve.guide[static_cast<std::size_t>(part)];
  while (step + 1 < curve.rate_per_s.size() && curve.knots[step + 1] <= t) ++step;
  return step;
}

double requests_until(const RateCurve& curve, Time t) {
  t = std::min(t, curve.knots.back());
  const std::size_t i = step_at(curve, t);
  return curve.cumulative[i] + curve.rate_per_s[i] * to_seconds(t - curve.knots[i]);
}

double requests_between(const RateCurve& curve, Time from, Time until) {
  const std::size_t i = step_at(curve, from);
  if (until <= curve.knots[i + 1]) return curve.rate_per_s[i] * to_seconds(until - from);
  return requests_until(curve, until) - requests_until(curve, from);
}

double weighted_between(const RateCurve& curve, Time from, Time until, double growth_from,
                        double growth_until) {
  const std::size_t i = step_at(curve, from);
  if (until <= curve.knots[i + 1]) return curve.rate_per_s[i] * (growth_until - growth_from);
  const std::size_t j = step_at(curve, until);
  return curve.weighted[j] - curve.weighted[i] + curve.rate_per_s[j] * (growth_until - curve.growth[j]) -
         curve.rate_per_s[i] * (growth_from - curve.growth[i]);
}

}  // namespace breakglass::sim
