#include "sim/model/watchers.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

constexpr double kLn2 = 0.6931471805599453;

// Variance of one item's value where the level is `level`, overdispersion included.
double variance_at(const Noise& noise, double level) {
  switch (noise.law) {
    case Noise::Law::bernoulli: return level * (1 - level) * noise.overdispersion;
    case Noise::Law::poisson: return level * noise.overdispersion;
    case Noise::Law::normal: return noise.sd * noise.sd * noise.overdispersion;
  }
  return 0;
}

double none_of(double probability, int watchers) {
  double none = 1;
  for (int i = 0; i < watchers; ++i) none *= 1 - probability;
  return none;
}

}  // namespace

double worse_by(const Noise& noise, const Sight& sight) {
  if (sight.change_items <= 0) return 0;
  const double mine = sight.change_sum / sight.change_items;
  const bool compares = sight.stable_items > 0;
  const double other = compares ? sight.stable_sum / sight.stable_items : noise.level;
  const double pooled =
      compares ? (sight.change_sum + sight.stable_sum) / (sight.change_items + sight.stable_items)
               : noise.level;
  const double items = 1 / sight.change_items + (compares ? 1 / sight.stable_items : 0);
  const double variance = variance_at(noise, pooled) * items;
  if (!(variance > 0)) return 0;
  const double z = (mine - other) / std::sqrt(variance);
  return noise.rises ? z : -z;
}

double vigilance(const WatchParams& params, Duration on_watch) {
  const double halves = to_seconds(on_watch) / to_seconds(params.vigilance_half_life);
  return params.vigilance_floor + (1 - params.vigilance_floor) * exp(-kLn2 * halves);
}

double stands_out(const WatchParams& params, double z) {
  return normal_cdf((z - params.half_at) / params.spread);
}

double notice_probability(double stands_out, double vigilance, int watchers) {
  return 1 - none_of(vigilance * stands_out, watchers);
}

double false_alarm_probability(const WatchParams& params, Duration every, int watchers) {
  return -expm1(-params.false_alarms * to_seconds(every) * watchers);
}

Time glance_after(Duration every, Time start, Time t) {
  const std::int64_t done = t < start ? 0 : (t - start) / every;
  return start + (done + 1) * every;
}

}  // namespace breakglass::sim
