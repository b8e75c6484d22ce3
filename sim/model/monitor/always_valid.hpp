// A test that may look at any time, for as long as the rollout lasts, and still fails a clean change with
// probability alpha at most: the mixture sequential probability ratio test (H. Robbins, Ann. Math. Statist.
// 41, 1970; R. Johari, P. Koomen, L. Pekelis and D. Walsh, "Always valid inference", Operations Research 70,
// 2022), in the form of S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon (Ann. Statist. 49, 2021): with S
// and V as information.hpp defines them, the difference being what exceeds the `tolerance`, it fails when the
// likelihood ratio of a mixture of differences against none reaches 1 / alpha,
//
//   two-sided (normal mixture, sd `effect`):     log M = log(rho / (V + rho)) / 2 + S^2 / (2 (V + rho))
//   one-sided (its worse half):                  log M + log 2 + log Phi(S / sqrt(V + rho)),   rho = 1 /
//   effect^2
//
// and S lies in the worse direction. By Ville's inequality M reaches 1 / alpha with probability at most
// alpha, however often one looks. `effect` is the difference that it finds soonest; others are found too,
// later.
//
// It never passes: it goes on until it fails or the rollout is over. Without data there is nothing to add,
// and it waits; with `fail` it fails. (The scenario reader refuses to be told `error` or `pass` here, which
// would mean neither.)
#pragma once

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct AlwaysValidParams {
  double effect = 0;     // the difference that one wants to see best, in the signal's unit
  double tolerance = 0;  // a difference up to which the change counts as clean
  double alpha = 0.05;   // probability of ever failing a clean change, at most
  bool two_sided = false;
  Direction direction = Direction::increase;
  Measure measure = Measure::level;  // level: against the baseline; else: against the stable arm
};

template <class V>
void fields(V& visit, AlwaysValidParams& p) {
  visit(field("effect", "the difference that it finds soonest, in the signal's unit").above(0).required(),
        p.effect);
  visit(field("tolerance", "a difference up to which the change counts as clean").at_least(0), p.tolerance);
  visit(field("alpha", "probability of ever failing a clean change, at most")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.alpha);
  visit(field("two_sided", "the mixture covers both directions; only the worse one fails"), p.two_sided);
  visit(field("direction", "which way is worse"), p.direction);
  visit(field("measure", "level: against the baseline; otherwise against the stable arm"), p.measure);
}

// log M for the score s with information v > 0 and rho > 0.
double log_mixture(double s, double v, double rho, bool two_sided);

// The differences that the two-sided mixture has not ruled out: s / v plus or minus
// sqrt((v + rho) log((v + rho) / (rho alpha^2))) / v. It covers the true difference at all times at once with
// probability 1 - alpha at least. v > 0.
struct ConfidenceSequence {
  double lower = 0;
  double upper = 0;
};
ConfidenceSequence confidence_sequence(double s, double v, double rho, double alpha);

// One look. Uses the evidence up; `state.log_ratio` holds S, `state.information` V.
void look_always_valid(const AlwaysValidParams& params, NoData no_data, const Baseline& baseline,
                       Duration interval, Time now, VerdictState& state);

}  // namespace breakglass::sim
