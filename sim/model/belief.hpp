// Belief: the probability of each regression hypothesis that an ideal observer would hold, by Bayes' rule
// from the prior and every measurement published so far. Computed from observations only, never from the
// truth.
//
//     log b_k += log p(reading of the change | H = k)
//
// Without drift the stable arm's readings are equally likely under every hypothesis, so they cancel exactly
// and are left out. With drift a signal's level is latent and common to both arms; it is filtered on a grid
// of kDriftGrid points over +-4 standard deviations, jointly with the hypothesis. Between readings the grid's
// mass moves by one implicit step of a birth-death chain with the Ornstein-Uhlenbeck process's mean reversion
// and diffusion (finite differences of its Fokker-Planck equation), so the belief is approximate there, and
// exact elsewhere.
//
// Facts to hold the code against: E[belief at t] = prior (a martingale), and calibration.
#pragma once

#include <array>
#include <span>

#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

inline constexpr int kDriftGrid = 17;

struct BeliefState {
  std::int32_t hypotheses = 0;                    // 0: nobody keeps a belief
  std::array<double, kMaxHypotheses> log_odds{};  // log probability up to a common term
  // Per drifting signal: log weight of each grid point, given the hypothesis.
  std::array<std::array<std::array<double, kDriftGrid>, kMaxHypotheses>, kMaxSignals> drift{};
  std::array<Time, kMaxSignals> drift_at{};  // of the last update; kNever: at the stationary law
};

template <class V>
void state_fields(V& visit, BeliefState& s) {
  visit("hypotheses", s.hypotheses);
  visit("log_odds", s.log_odds);
  visit("drift", s.drift);
  visit("drift_at", s.drift_at);
}

// Starts from P(regression) = probability, split over the severities by `shares` (which sum to 1).
void begin_belief(BeliefState& belief, double probability, std::span<const double> shares);

// What a gate's result adds: its likelihood under a clean change and under any regression.
void observe_gate(BeliefState& belief, double if_clean, double if_regression);

// A reading without drift: its log likelihood under each hypothesis.
void observe(BeliefState& belief, std::span<const double> log_likelihoods);

// A reading of a drifting signal. `log_likelihood(hypothesis, drift)` is that of both arms together; `kept`
// is the correlation of the drift since the last reading (exp(-dt / time)), 0 for the first.
template <class LogLikelihood>
void observe_drifting(BeliefState& belief, int signal, double sd, double kept, Time now,
                      LogLikelihood log_likelihood);

// P(hypothesis k); index 0 is clean. They sum to 1.
std::array<double, kMaxHypotheses> probabilities(const BeliefState& belief);
// P(the change carries a regression).
double regression_probability(const BeliefState& belief);

// Grid point i of a drift with standard deviation sd.
double drift_point(int i, double sd);

namespace detail {
// log of the sum of exponentials, and the step of the grid filter.
double log_sum(std::span<const double> logs);
void step_drift(std::array<double, kDriftGrid>& log_weights, double kept);
}  // namespace detail

template <class LogLikelihood>
void observe_drifting(BeliefState& belief, int signal, double sd, double kept, Time now,
                      LogLikelihood log_likelihood) {
  const auto s = static_cast<std::size_t>(signal);
  for (int k = 0; k < belief.hypotheses; ++k) {
    auto& weights = belief.drift[s][static_cast<std::size_t>(k)];
    detail::step_drift(weights, kept);
    for (int i = 0; i < kDriftGrid; ++i) {
      weights[static_cast<std::size_t>(i)] += log_likelihood(k, drift_point(i, sd));
    }
    const double evidence = detail::log_sum(weights);
    belief.log_odds[static_cast<std::size_t>(k)] += evidence;
    for (double& w : weights) w -= evidence;
  }
  belief.drift_at[s] = now;
}

}  // namespace breakglass::sim
