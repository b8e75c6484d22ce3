// Gates and the times of the process: what a release passes before it meets traffic, and how long each part
// takes. What a strategy bypasses takes no time and gives no protection.
#pragma once

#include <optional>
#include <vector>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

// An evaluation that flags a regression with probability `sensitivity` and a clean change with probability
// 1 - `specificity`. Before promotion a flag sends the change back to its author; after promotion it starts
// an investigation.
struct EvalGateParams {
  Distribution time;  // seconds
  double sensitivity = 0.7;
  double specificity = 0.95;
};

// Other changes that are released together in a planned order, and must go first.
struct CoordinationParams {
  std::int64_t other_changes = 0;
  Distribution time_each;    // seconds
  double conflict_odds = 1;  // multiplies the odds of a regression in a change that goes out of sequence
};

// After the rollout somebody verifies that the harm has stopped, and looks again from time to time (audits,
// users who write in). Harm that goes on (its expected rate is 5% or more of what it was at the page, whether
// the fix is incomplete or the change does harm of its own) is noticed at each look with probability
// `sensitivity`.
struct VerifyParams {
  Distribution time{.kind = Distribution::Kind::fixed, .a = 3600, .b = 0, .atoms = {}};  // seconds
  double sensitivity = 0.9;
  Duration again = std::chrono::hours{24};
};

// Times of the process, in seconds. Each may be a distribution.
//
// A rollback waits for somebody to decide it: `decide` where a decision-maker was named beforehand, and
// `find_decider` where nobody was. It is then begun by whoever stands ready, or, where nobody was told to,
// once somebody is at the controls: `muster`.
struct ResponseParams {
  Distribution triage{.kind = Distribution::Kind::fixed, .a = 600, .b = 0, .atoms = {}};
  Distribution deploy{.kind = Distribution::Kind::fixed, .a = 300, .b = 0, .atoms = {}};
  Distribution investigate{.kind = Distribution::Kind::fixed, .a = 1800, .b = 0, .atoms = {}};
  Distribution decide{.kind = Distribution::Kind::fixed, .a = 0, .b = 0, .atoms = {}};
  Distribution find_decider{.kind = Distribution::Kind::fixed, .a = 0, .b = 0, .atoms = {}};
  Distribution muster{.kind = Distribution::Kind::fixed, .a = 0, .b = 0, .atoms = {}};
  VerifyParams verify;
  Distribution postmortem{.kind = Distribution::Kind::fixed, .a = 172800, .b = 0, .atoms = {}};
};

template <class V>
void fields(V& visit, EvalGateParams& p) {
  visit(field("time", "time that the evaluation takes").as(Unit::duration).required(), p.time);
  visit(field("sensitivity", "probability that it flags a regression").as(Unit::probability), p.sensitivity);
  visit(field("specificity", "probability that it passes a clean change").as(Unit::probability),
        p.specificity);
}
template <class V>
void fields(V& visit, CoordinationParams& p) {
  visit(field("other_changes", "changes that must go first").at_least(0).at_most(1000), p.other_changes);
  visit(field("time_each", "time that each of them takes").as(Unit::duration), p.time_each);
  visit(
      field(
          "conflict_odds",
          "multiplies the odds of a regression in a change that goes out of sequence (coordination bypassed "
          "without the standard sequence)")
          .at_least(1),
      p.conflict_odds);
}
template <class V>
void fields(V& visit, VerifyParams& p) {
  visit(
      field("time", "from the end of the rollout to knowing whether the harm has stopped").as(Unit::duration),
      p.time);
  visit(field("sensitivity", "probability that a look notices harm which goes on").as(Unit::probability),
        p.sensitivity);
  visit(field("again", "time from one look to the next").as(Unit::duration).at_least(600), p.again);
}
template <class V>
void fields(V& visit, ResponseParams& p) {
  visit(field("triage", "from the page to somebody knowing what to fix").as(Unit::duration), p.triage);
  visit(field("deploy", "from the start of a rollout to the first traffic on the change").as(Unit::duration),
        p.deploy);
  visit(field("investigate", "after a rollback or a flag: finding what went wrong").as(Unit::duration),
        p.investigate);
  visit(field("decide", "a named decision-maker's time to decide a rollback").as(Unit::duration), p.decide);
  visit(field("find_decider", "time until somebody decides a rollback, where nobody was named")
            .as(Unit::duration),
        p.find_decider);
  visit(field("muster", "time until somebody is at the controls, where the rollback is not staffed")
            .as(Unit::duration),
        p.muster);
  visit(field("verify", "verifying that the harm has stopped"), p.verify);
  visit(field("postmortem", "from the last duty done to the postmortem").as(Unit::duration), p.postmortem);
}

}  // namespace breakglass::sim
