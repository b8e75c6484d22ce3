// Recovery: rolling back, and containing the harm until a fix is out.
#pragma once

#include <optional>
#include <string>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::sim {

struct RollbackWayParams {
  Distribution time;  // seconds, of one try
  double fails = 0;   // probability that a try fails and must be repeated
};

// Verified before the canary: fast and nearly sure. Unverified: slower, and it fails with a real probability.
// A rollback that does not switch but walks: the weight falls in equal steps, once the try has succeeded.
struct GradualParams {
  std::int64_t steps = 4;
  Duration time{};  // from the first step down to no traffic on the change
};

// A rollback that is a new rollout of the old version goes the strategy's own steps in reverse, after a
// deploy; `gradual` and `new_rollout` exclude each other. What a regression has damaged may stay damaged: its
// severity says which share of its harm goes on (`stays`), until a repair.
struct RollbackParams {
  Duration verify{};  // what verifying costs before the rollout
  RollbackWayParams verified;
  RollbackWayParams unverified;
  std::optional<GradualParams> gradual;
  bool new_rollout = false;
  Distribution repair{.kind = Distribution::Kind::fixed, .a = 14400, .b = 0, .atoms = {}};  // seconds
};

// A mitigation: it stops a share of the ongoing harm and costs something else while it is on.
struct ContainmentParams {
  std::string id;
  double stops = 1;             // share of ongoing (and residual) harm
  double cost_per_request = 0;  // in the scenario's unit, per request at the released service
  double cost_per_second = 0;   // in the scenario's unit
  Distribution time;            // seconds from triage to its taking effect
};

template <class V>
void fields(V& visit, RollbackWayParams& p) {
  visit(field("time", "time that one try takes").as(Unit::duration).required(), p.time);
  visit(
      field("fails", "probability that a try fails and must be repeated").as(Unit::probability).at_most(0.99),
      p.fails);
}
template <class V>
void fields(V& visit, GradualParams& p) {
  visit(field("steps", "equal steps down to no traffic").at_least(1).at_most(100), p.steps);
  visit(field("time", "time that they take together").as(Unit::duration).above(0).required(), p.time);
}
template <class V>
void fields(V& visit, RollbackParams& p) {
  visit(field("verify", "time that verifying the rollback takes, before the rollout").as(Unit::duration),
        p.verify);
  visit(field("verified", "rolling back by a verified path").required(), p.verified);
  visit(field("unverified", "rolling back by an unverified path").required(), p.unverified);
  visit(field("gradual", "the weight walks back in steps instead of falling at once"), p.gradual);
  visit(field("new_rollout",
              "rolling back is a new rollout of the old version: a deploy, and the strategy's "
              "steps in reverse"),
        p.new_rollout);
  visit(field("repair", "time to repair what a regression has damaged, after it is rolled back")
            .as(Unit::duration),
        p.repair);
}
template <class V>
void fields(V& visit, ContainmentParams& p) {
  visit(field("id", "the mitigation's name").required(), p.id);
  visit(field("stops", "share of the ongoing harm that it stops").as(Unit::share), p.stops);
  visit(field("cost_per_request", "what it costs per request while it is on").as(Unit::harm).at_least(0),
        p.cost_per_request);
  visit(field("cost_per_time", "what it costs per unit of time while it is on").as(Unit::per_second),
        p.cost_per_second);
  visit(field("time", "from triage to its taking effect").as(Unit::duration), p.time);
}

}  // namespace breakglass::sim
