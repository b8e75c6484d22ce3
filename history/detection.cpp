#include "history/detection.hpp"

#include <cmath>

#include "sim/kernel/fmath.hpp"

namespace breakglass::history {
namespace {

constexpr double kNormal95 = 1.959963984540054;
constexpr double kTwoPi = 6.283185307179586;

struct Rate {
  double z = 0;
  double variance = 0;  // of z
};

Rate rate_of(int yes, int all) {
  const double p = (yes + 0.5) / (all + 1.0);
  const double z = sim::normal_quantile(p);
  const double density_squared = sim::exp(-z * z) / kTwoPi;
  return {z, p * (1 - p) / (all * density_squared)};
}

analysis::Interval around(double value, double variance) {
  const double half = kNormal95 * std::sqrt(variance);
  return {value - half, value + half};
}

}  // namespace

std::optional<Detection> detect(const Answers& answers) {
  if (answers.emergencies < 1 || answers.decoys < 1) return std::nullopt;
  const Rate hit = rate_of(answers.hits, answers.emergencies);
  const Rate alarm = rate_of(answers.false_alarms, answers.decoys);
  const double variance = hit.variance + alarm.variance;
  Detection out;
  out.d = hit.z - alarm.z;
  out.d_ci95 = around(out.d, variance);
  out.c = -(hit.z + alarm.z) / 2;
  out.c_ci95 = around(out.c, variance / 4);
  return out;
}

}  // namespace breakglass::history
