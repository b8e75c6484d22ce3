#include "sim/model/belief.hpp"

#include <algorithm>
#include <limits>

#include "sim/kernel/fmath.hpp"

namespace breakglass::sim {
namespace {

constexpr double kReach = 4;  // the grid spans this many standard deviations on each side
constexpr double kSpacing = 2 * kReach / (kDriftGrid - 1);

double safe_log(double p) { return p > 0 ? log(p) : -std::numeric_limits<double>::infinity(); }

// The standard normal law on the grid.
std::array<double, kDriftGrid> stationary() {
  std::array<double, kDriftGrid> weights;
  double sum = 0;
  for (int i = 0; i < kDriftGrid; ++i) {
    const double z = -kReach + kSpacing * i;
    weights[static_cast<std::size_t>(i)] = exp(-z * z / 2);
    sum += weights[static_cast<std::size_t>(i)];
  }
  for (double& w : weights) w /= sum;
  return weights;
}

// Rates of the chain at grid point i per unit of time / correlation time: mean -z, variance 2. Both ends
// reflect, because the rate outwards vanishes there for this reach and spacing.
double rate_up(int i) { return 1 / (kSpacing * kSpacing) - (-kReach + kSpacing * i) / (2 * kSpacing); }
double rate_down(int i) { return 1 / (kSpacing * kSpacing) + (-kReach + kSpacing * i) / (2 * kSpacing); }

// Solves (I - a Q^T) next = weights by the Thomas algorithm: positive, keeps the mass, and shrinks the mean
// by 1 / (1 + a).
void implicit_step(std::array<double, kDriftGrid>& weights, double a) {
  std::array<double, kDriftGrid> upper{};
  for (int i = 0; i < kDriftGrid; ++i) {
    const auto j = static_cast<std::size_t>(i);
    const double below = i > 0 ? -a * rate_up(i - 1) : 0;
    const double above = i + 1 < kDriftGrid ? -a * rate_down(i + 1) : 0;
    double pivot = 1 + a * (rate_up(i) + rate_down(i));
    if (i > 0) pivot -= below * upper[j - 1];
    upper[j] = above / pivot;
    weights[j] = (weights[j] - (i > 0 ? below * weights[j - 1] : 0)) / pivot;
  }
  for (std::size_t j = kDriftGrid - 1; j-- > 0;) weights[j] -= upper[j] * weights[j + 1];
}

}  // namespace

double drift_point(int i, double sd) { return sd * (-kReach + kSpacing * i); }

double detail::log_sum(std::span<const double> logs) {
  double top = -std::numeric_limits<double>::infinity();
  for (const double l : logs) top = std::max(top, l);
  if (!(top > -std::numeric_limits<double>::infinity())) return top;
  double sum = 0;
  for (const double l : logs) sum += exp(l - top);
  return top + log(sum);
}

void detail::step_drift(std::array<double, kDriftGrid>& log_weights, double kept) {
  std::array<double, kDriftGrid> weights;
  if (kept <= 0) {
    weights = stationary();
  } else {
    for (std::size_t j = 0; j < weights.size(); ++j) weights[j] = exp(log_weights[j]);
    implicit_step(weights, 1 / kept - 1);
  }
  for (std::size_t j = 0; j < weights.size(); ++j) log_weights[j] = safe_log(weights[j]);
}

void begin_belief(BeliefState& belief, double probability, std::span<const double> shares) {
  belief = {};
  belief.hypotheses = 1 + static_cast<std::int32_t>(shares.size());
  belief.log_odds[0] = safe_log(1 - probability);
  for (std::size_t k = 0; k < shares.size(); ++k) belief.log_odds[k + 1] = safe_log(probability * shares[k]);
  belief.drift_at.fill(kNever);
}

void observe_gate(BeliefState& belief, double if_clean, double if_regression) {
  for (int k = 0; k < belief.hypotheses; ++k) {
    belief.log_odds[static_cast<std::size_t>(k)] += safe_log(k == 0 ? if_clean : if_regression);
  }
}

void observe(BeliefState& belief, std::span<const double> log_likelihoods) {
  for (std::size_t k = 0; k < log_likelihoods.size(); ++k) belief.log_odds[k] += log_likelihoods[k];
}

std::array<double, kMaxHypotheses> probabilities(const BeliefState& belief) {
  std::array<double, kMaxHypotheses> result{};
  const auto count = static_cast<std::size_t>(belief.hypotheses);
  const double all = detail::log_sum({belief.log_odds.data(), count});
  for (std::size_t k = 0; k < count; ++k) result[k] = exp(belief.log_odds[k] - all);
  return result;
}

double regression_probability(const BeliefState& belief) {
  double sum = 0;
  const auto p = probabilities(belief);
  for (std::size_t k = 1; k < p.size(); ++k) sum += p[k];
  return sum;
}

}  // namespace breakglass::sim
