// Recovery: rolling back, and containing the harm until a fix is out.
#pragma once

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
struct RollbackParams {
  Duration verify{};  // what verifying costs before the rollout
  RollbackWayParams verified;
  RollbackWayParams unverified;
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
void fields(V& visit, RollbackParams& p) {
  visit(field("verify", "time that verifying the rollback takes, before the rollout").as(Unit::duration),
        p.verify);
  visit(field("verified", "rolling back by a verified path").required(), p.verified);
  visit(field("unverified", "rolling back by an unverified path").required(), p.unverified);
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
