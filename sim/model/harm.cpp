#include "sim/model/harm.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/kernel/variance.hpp"

namespace breakglass::sim {
namespace {

constexpr double kLn2 = 0.69314718055994530942;

}  // namespace

Growth prepare_growth(const GrowthParams& params) {
  Growth growth;
  if (params.doubling.count() > 0) {
    growth.per_s = kLn2 / to_seconds(params.doubling);
    growth.cap_factor = params.cap_factor;
    // Without a cap it is never met.
    growth.cap_at_s = params.cap_factor < 1 ? to_seconds(kNever)
                                            : to_seconds(params.doubling) * log(params.cap_factor) / kLn2;
    if (params.cap_factor >= 1) growth.until_cap_s = expm1(growth.per_s * growth.cap_at_s) / growth.per_s;
  } else if (params.ramp.count() > 0) {
    growth.ramp_s = to_seconds(params.ramp);
    growth.cap_factor = params.cap_factor;
  }
  return growth;
}

double growth_factor(const Growth& growth, Time t) {
  const double s = to_seconds(t);
  if (growth.per_s > 0) return s >= growth.cap_at_s ? growth.cap_factor : exp(growth.per_s * s);
  if (growth.ramp_s > 0) return 1 + (growth.cap_factor - 1) * std::min(s / growth.ramp_s, 1.0);
  return 1;
}

double growth_integral(const Growth& growth, Time t) {
  const double s = to_seconds(t);
  if (growth.per_s > 0) {
    if (s < growth.cap_at_s) return expm1(growth.per_s * s) / growth.per_s;
    return growth.until_cap_s + growth.cap_factor * (s - growth.cap_at_s);
  }
  if (growth.ramp_s > 0) {
    const double rising = std::min(s, growth.ramp_s);
    const double extra = growth.cap_factor - 1;
    return s + extra * (rising * rising / (2 * growth.ramp_s) + (s - rising));
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
