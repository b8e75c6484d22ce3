#include "sim/model/change.hpp"

#include <algorithm>

#include "sim/kernel/samplers.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

double with_odds(double probability, double factor) {
  const double odds = probability * factor;
  return odds / (odds + 1 - probability);
}

}  // namespace

double regression_prior(const RegressionParams& params, bool at_night, bool hasty, double extra_odds) {
  double p = params.probability;
  if (at_night) p = with_odds(p, params.night_odds);
  if (hasty) p = with_odds(p, params.haste_odds);
  if (extra_odds != 1) p = with_odds(p, extra_odds);
  return p;
}

void draw_truth(const ChangeParams& params, ChangeState& state, Address at) {
  at.index = static_cast<std::uint64_t>(state.attempt) * 64 + static_cast<std::uint64_t>(state.rework);
  at.question = static_cast<std::uint8_t>(Question::regression);
  state.hypothesis = 0;
  const auto& severities = params.regression.severities;
  if (!severities.empty() && uniform(at) < state.prior) {
    std::array<double, kMaxHypotheses> shares{};
    const std::size_t count = std::min(severities.size(), shares.size());
    for (std::size_t k = 0; k < count; ++k) shares[k] = severities[k].share;
    at.question = static_cast<std::uint8_t>(Question::regression_kind);
    state.hypothesis = 1 + static_cast<std::int32_t>(categorical(uniform(at), {shares.data(), count}));
  }
  // A rework of the same change keeps what it fixes: only the attempt counts.
  at.question = static_cast<std::uint8_t>(Question::fix);
  at.index = static_cast<std::uint64_t>(state.attempt);
  state.effectiveness = std::clamp(quantile(params.fix_effectiveness, uniform(at)), 0.0, 1.0);
}

bool shows(const OnsetParams& onset, Time now, Time first_traffic_at, double weight) {
  if (first_traffic_at == kNever || weight <= 0) return false;
  return now - first_traffic_at >= onset.delay && weight >= onset.weight;
}

double after_passing(double probability, double sensitivity, double specificity) {
  const double missed = probability * (1 - sensitivity);
  const double passed = missed + (1 - probability) * specificity;
  return passed > 0 ? missed / passed : 0;
}

double after_flagging(double probability, double sensitivity, double specificity) {
  const double caught = probability * sensitivity;
  const double flagged = caught + (1 - probability) * (1 - specificity);
  return flagged > 0 ? caught / flagged : 0;
}

}  // namespace breakglass::sim
