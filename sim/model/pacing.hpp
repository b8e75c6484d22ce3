// Pacing by the risk of ruin: the next step of a rollout is as large as the risk allows.
//
// A rollout may cost so much harm by a regression (the budget), and the probability of costing more must stay
// below a bound (the risk), given what is believed now. At the end of each step the largest of the remaining
// steps is taken for which
//
//     P(cost of this rollout, through that step > budget | what has been published) <= risk
//
// the same step again where only that qualifies, and back where not even that does. The posterior decides how
// fast to go, and a ramp is as quick as its evidence: Y. Li, J. Mao and I. Bojinov, "Balancing risk and
// reward: an automated phased release strategy", NeurIPS 2023 (a budget that must not be depleted, per-stage
// sizes from the posterior); the trade-off of speed, quality and risk as Y. Xu, W. Duan and S. Huang, "SQR:
// balancing speed, quality and risk in online experiments", KDD 2018, state it. What differs here: their
// outcomes are measured effects with a normal posterior; ours are counts of harm under a handful of
// hypotheses.
//
// What the rollout has cost so far is not seen by whoever decides, only the requests that the change served.
// So cost so far and cost to come are one sum: given hypothesis k, harmful exposures are Poisson with a mean
// of (requests while severity k showed or would show) * (harm probability), and independent of what the
// dashboards showed. Each exposure costs a severity with mean m and variance v, so the cost is a compound
// Poisson sum. It is replaced by s * Poisson(n) with the same mean and variance:
//
//     s = (m^2 + v) / m,   n = mean exposures * m / s
//
// exact where every exposure costs the same; a whole Poisson tail, not a normal one, so that a small budget
// is not taken for an impossible one. P(cost > budget) is the mixture of these tails under the belief.
//
// The decisions keep P(a rollout costs more than the budget) at or below the risk where the belief is
// calibrated and traffic comes as forecast, up to two things that no pacing sees: what the first step costs
// if it breaks the bound by itself, and what a regression costs while a rollback takes place.
#pragma once

#include <array>
#include <span>

#include "sim/kernel/field.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

struct PacingParams {
  double budget = 0;   // harm by a regression that one rollout may cost, in the scenario's unit
  double risk = 0.01;  // bound on P(cost > budget)
};

template <class V>
void fields(V& visit, PacingParams& p) {
  visit(field("budget", "harm by a regression that one rollout may cost").as(Unit::harm).above(0).required(),
        p.budget);
  visit(field("risk", "bound on the probability that a rollout costs more")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.risk);
}

// By hypothesis (0: clean): the change's requests, in this rollout, that were served while that severity
// would show. Known to whoever decides, whatever the truth.
struct PacingState {
  std::array<double, kMaxHypotheses> met{};
};

template <class V>
void state_fields(V& visit, PacingState& s) {
  visit("met", s.met);
}

// What one exposure costs: mean and variance, in the scenario's unit.
struct ExposureCost {
  double mean = 0;
  double variance = 0;
};

// P(a compound Poisson sum of `exposures` (their mean number) costs > budget), as above.
double cost_tail(double exposures, const ExposureCost& cost, double budget);

// The mixture: probabilities of the hypotheses and the mean number of exposures under each.
double ruin_probability(std::span<const double> belief, std::span<const double> exposures,
                        const ExposureCost& cost, double budget);

}  // namespace breakglass::sim
