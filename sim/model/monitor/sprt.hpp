// Wald's sequential probability ratio test (A. Wald, "Sequential tests of statistical hypotheses", Ann. Math.
// Statist. 16, 1945), A = (1 - beta) / alpha, B = beta / (1 - alpha): the signal's baseline against a bad
// level. Without data there is nothing to add, and it waits; with `fail` it fails. (The scenario reader
// refuses to be told `error` or `pass` here, which would mean neither.)
#pragma once

#include "sim/kernel/field.hpp"
#include "sim/model/monitor/verdict.hpp"

namespace breakglass::sim {

struct SprtParams {
  double ratio = 1;  // the bad level is baseline * ratio + difference
  double difference = 0;
  double alpha = 0.05;  // P(fail | level = baseline), nominal
  double beta = 0.10;   // P(pass | bad level), nominal
};

template <class V>
void fields(V& visit, SprtParams& p) {
  visit(field("ratio", "the bad level as a multiple of the baseline").at_least(0), p.ratio);
  visit(field("difference", "the bad level as a difference from the baseline"), p.difference);
  visit(field("alpha", "nominal probability of failing a clean change")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.alpha);
  visit(field("beta", "nominal probability of passing a bad change")
            .as(Unit::probability)
            .above(0)
            .at_most(0.5),
        p.beta);
}

// Wald's boundaries and one observation: adds the log likelihood ratio of `sum` over `items`.
struct SprtBounds {
  double upper = 0;  // log A: reject the baseline at or above
  double lower = 0;  // log B: accept it at or below
};
SprtBounds sprt_bounds(const SprtParams& params);
double sprt_increment(const SprtParams& params, const Baseline& baseline, double items, double sum);

// One look: uses the evidence up, and begins again when it accepts the baseline.
void look_sprt(const SprtParams& params, NoData no_data, const Baseline& baseline, Duration interval,
               Time now, VerdictState& state);

}  // namespace breakglass::sim
