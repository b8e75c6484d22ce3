#include "sim/model/harm.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/kernel/variance.hpp"

namespace breakglass::sim {
namespace {

constexpr double kLn2 = 0.69314718055994530942;

// The time at which exponential growth meets its cap; never when there is no cap.
double cap_time_s(const GrowthParams& growth) {
  if (growth.cap_factor < 1) return to_seconds(kNever);
  return to_seconds(growth.doubling) * log(growth.cap_factor) / kLn2;
}

}  // namespace

double growth_factor(const GrowthParams& growth, Time t) {
  const double s = to_seconds(t);
  if (growth.doubling.count() > 0) {
    const double cap = cap_time_s(growth);
    return s >= cap ? growth.cap_factor : exp(kLn2 * s / to_seconds(growth.doubling));
  }
  if (growth.ramp.count() > 0) {
    const double ramp = to_seconds(growth.ramp);
    return 1 + (growth.cap_factor - 1) * std::min(s / ramp, 1.0);
  }
  return 1;
}

double growth_integral(const GrowthParams& growth, Time t) {
  const double s = to_seconds(t);
  if (growth.doubling.count() > 0) {
    const double k = kLn2 / to_seconds(growth.doubling);
    const double rising = std::min(s, cap_time_s(growth));
    return expm1(k * rising) / k + growth.cap_factor * (s - rising);
  }
  if (growth.ramp.count() > 0) {
    const double ramp = to_seconds(growth.ramp);
    const double rising = std::min(s, ramp);
    const double extra = growth.cap_factor - 1;
    return s + extra * (rising * rising / (2 * ramp) + (s - rising));
  }
  return s;
}

double mean_weight(const Distribution& severity, const std::optional<ExchangeParams>& exchange) {
  return mean(severity) * (exchange ? exchange->rate : 1);
}

double severity_sum(const Distribution& severity, double exposures, const Address& at) {
  if (exposures <= 0) return 0;
  if (severity.kind == Distribution::Kind::fixed && severity.atoms.empty()) return severity.a * exposures;
  if (exposures <= kSumOneByOne) {
    double sum = 0;
    for (int i = 0; i < static_cast<int>(exposures); ++i) {
      sum += std::max(0.0, quantile(severity, uniform(at, static_cast<std::uint8_t>(i))));
    }
    return sum;
  }
  const double sum_mean = mean(severity) * exposures;
  const double sum_variance = variance(severity) * exposures;
  if (sum_mean <= 0) return 0;
  const double log_variance = log1p(sum_variance / (sum_mean * sum_mean));
  const double z = normal_quantile(uniform(at));
  return sum_mean * exp(std::sqrt(log_variance) * z - log_variance / 2);
}

double total(const LedgerState& ledger) {
  double sum = 0;
  for (const double h : ledger.harm) sum += h;
  return sum;
}

}  // namespace breakglass::sim
