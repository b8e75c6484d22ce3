#include "analysis/estimate/precision.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/estimate/interval.hpp"

namespace breakglass::analysis {
namespace {

// Half-width as a multiple of what is allowed.
double ratio_of(const Moments& m, double t, double allowed) {
  if (m.count < 2) return kHopeless;
  const double half = t * standard_error(m);
  if (half == 0) return 0;
  return allowed > 0 ? std::min(half / allowed, kHopeless) : kHopeless;
}

}  // namespace

PrecisionCheck check_precision(const Tally& tally, double target) {
  PrecisionCheck worst;
  const auto consider = [&](const PrecisionCheck& candidate) {
    if (candidate.worst_ratio > worst.worst_ratio) worst = candidate;
  };
  const double t = student_factor(tally.replications);
  const std::size_t n = tally.strategies.size();
  const auto harm = [&](std::size_t s) -> const Moments& {
    return tally.strategies[s].counts.moments[index_of(kPairedMetric)];
  };
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      const Moments& moments = tally.strategies[s].counts.moments[m];
      const double ratio = ratio_of(moments, t, target * std::fabs(moments.mean));
      consider({.worst_ratio = ratio,
                .subject = PrecisionSubject::mean,
                .strategy = s,
                .metric = static_cast<Metric>(m)});
    }
    for (std::size_t e = 0; e < kEventCount; ++e) {
      const Interval i = wilson_interval(tally.strategies[s].counts.events[e], tally.replications);
      consider({.worst_ratio = half_width(i) / target,
                .subject = PrecisionSubject::probability,
                .strategy = s,
                .event = static_cast<Event>(e)});
    }
    for (std::size_t b = s + 1; b < n; ++b) {
      const double larger = std::max(std::fabs(harm(s).mean), std::fabs(harm(b).mean));
      const double of_pair = ratio_of(tally.pairs[pair_index(s, b, n)].difference, t, target * larger);
      consider({.worst_ratio = of_pair, .subject = PrecisionSubject::difference, .strategy = s, .other = b});
    }
  }
  worst.is_reached = tally.replications >= 2 && worst.worst_ratio <= 1;
  return worst;
}

std::uint64_t next_look(std::uint64_t done, std::uint64_t max_replications) {
  if (done >= max_replications) return done;
  std::uint64_t look = kFirstLook;
  while (look <= done && look < max_replications) look *= 2;
  return std::min(look, max_replications);
}

std::uint64_t forecast_replications(std::uint64_t done, const PrecisionCheck& check) {
  constexpr double kMost = 1e18;  // fits an integer of 64 bits
  const double needed = static_cast<double>(done) * check.worst_ratio * check.worst_ratio;
  return std::max(done, static_cast<std::uint64_t>(std::min(std::ceil(needed), kMost)));
}

}  // namespace breakglass::analysis
