#include "sim/model/signal.hpp"

#include <algorithm>
#include <cmath>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

constexpr double kHair = 1e-12;

Address question(Address at, Question q) {
  at.question = static_cast<std::uint8_t>(q);
  return at;
}

// Concentration a + b of the beta distribution whose binomial mixture has `overdispersion` times the binomial
// variance: 1 + (n - 1) rho with rho = 1 / (concentration + 1). The correlation of two items of a window is
// kept at one half or below, which binds only in windows of a few items.
double concentration(double items, double overdispersion) {
  return std::max((items - overdispersion) / (overdispersion - 1), 1.0);
}

bool spread(const SignalParams& params, double items) { return params.overdispersion > 1 && items > 1; }

double draw_ratio(const SignalParams& params, double items, double level, const Address& at) {
  double p = level;
  if (spread(params, items) && p > 0 && p < 1) {
    const double m = concentration(items, params.overdispersion);
    Stream stream(question(at, Question::signal_spread));
    p = std::clamp(beta_draw(stream, p * m, (1 - p) * m), 0.0, 1.0);
  }
  return binomial_quantile(uniform(question(at, Question::signal_value)), items, p);
}

double draw_count(const SignalParams& params, double items, double level, const Address& at) {
  double expected = items * level;
  if (params.overdispersion > 1 && expected > 0) {
    const double scale = params.overdispersion - 1;
    Stream stream(question(at, Question::signal_spread));
    expected = gamma_draw(stream, expected / scale) * scale;
  }
  // Beyond this a drift has run away, and a double no longer counts every event.
  constexpr double kCountable = 1e15;
  return poisson_quantile(uniform(question(at, Question::signal_value)), std::min(expected, kCountable));
}

double log_beta_binomial(double n, double x, double p, double m) {
  const double a = p * m;
  const double b = (1 - p) * m;
  return log_gamma(x + a) - log_gamma(a) + log_gamma(n - x + b) - log_gamma(b);
}

}  // namespace

double drifted_level(const SignalParams& params, double drift) {
  if (drift == 0) return params.baseline;
  switch (params.kind) {
    case SignalKind::ratio: {
      const double odds = params.baseline * exp(drift);
      return odds / (odds + 1 - params.baseline);
    }
    case SignalKind::count: return params.baseline * exp(drift);
    case SignalKind::mean: return params.baseline + drift;
  }
  return params.baseline;
}

double moved_level(const SignalParams& params, double level, const Move& move, double shown) {
  const double moved = level * move.ratio + move.difference;
  const double share = shown * move.segment;
  const double mixed = level * (1 - share) + moved * share;
  if (params.kind == SignalKind::ratio) return std::clamp(mixed, 0.0, 1.0);
  return params.kind == SignalKind::count ? std::max(mixed, 0.0) : mixed;
}

Reading draw_reading(const SignalParams& params, double requests, double level, bool expected, Address at) {
  if (expected) return {requests * params.sample, requests * params.sample * level};
  Reading reading;
  reading.items = params.sample < 1 ? binomial_quantile(uniform(question(at, Question::signal_sample)),
                                                        requests, params.sample)
                                    : requests;
  if (reading.items <= 0) return reading;
  switch (params.kind) {
    case SignalKind::ratio: reading.sum = draw_ratio(params, reading.items, level, at); break;
    case SignalKind::count: reading.sum = draw_count(params, reading.items, level, at); break;
    case SignalKind::mean: {
      const double sd = params.sd * std::sqrt(reading.items * params.overdispersion);
      reading.sum = normal_quantile(uniform(question(at, Question::signal_value)), reading.items * level, sd);
      break;
    }
  }
  return reading;
}

void advance_drift(const DriftParams& drift, SignalState& state, Time now, Address at) {
  at.index = static_cast<std::uint64_t>(now.count());
  const double z = normal_quantile(uniform(question(at, Question::signal_drift)));
  if (state.drift_at == kNever) {
    state.drift = drift.sd * z;
  } else {
    const double kept = exp(-to_seconds(now - state.drift_at) / to_seconds(drift.time));
    state.drift = state.drift * kept + drift.sd * std::sqrt(1 - kept * kept) * z;
  }
  state.drift_at = now;
}

double log_likelihood(const SignalParams& params, const Reading& reading, double level) {
  const double n = reading.items;
  const double x = reading.sum;
  if (n <= 0) return 0;
  switch (params.kind) {
    case SignalKind::ratio: {
      const double p = std::clamp(level, kHair, 1 - kHair);
      if (spread(params, n)) return log_beta_binomial(n, x, p, concentration(n, params.overdispersion));
      return x * log(p) + (n - x) * log1p(-p);
    }
    case SignalKind::count: {
      const double expected = std::max(n * level, kHair);
      if (params.overdispersion <= 1) return x * log(expected) - expected;
      const double scale = params.overdispersion - 1;
      const double shape = expected / scale;
      // Negative binomial: the gamma mixture of Poissons; x log(scale / (1 + scale)) is the same for all
      // levels.
      return log_gamma(x + shape) - log_gamma(shape) - shape * log1p(scale);
    }
    case SignalKind::mean: {
      const double deviation = x - n * level;
      return -deviation * deviation / (2 * n * params.overdispersion * params.sd * params.sd);
    }
  }
  return 0;
}

}  // namespace breakglass::sim
