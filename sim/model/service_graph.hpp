// The service graph: who calls whom how often, what a request at an entry point causes behind it, and which
// entry points feel a change (the blast radius).
//
// Source: the traffic equations of an open network, v = e + P^T v (J. R. Jackson, "Networks of waiting
// lines", Operations Research 5(4), 1957). P[a][b] is the mean number of calls to b for one request at a, so
// a row may sum to more than one; a solution exists and is non-negative when the spectral radius of P is
// below one.
#pragma once

#include <string>
#include <vector>

#include "sim/kernel/distribution.hpp"
#include "sim/kernel/field.hpp"

namespace breakglass::sim {

struct CallParams {
  std::string id;          // the service called
  double per_request = 1;  // mean calls per request at the caller
};

struct ServiceParams {
  std::string id;
  std::vector<CallParams> calls;
  // What follows counts at request fidelity only, for the released service and those that lead to it.
  std::int64_t servers = 0;     // requests served at once; 0: as many as come
  Distribution service_time{};  // seconds
  std::int64_t queue = 1000;    // requests that may wait; one more is rejected
  bool scale_stable = false;    // the released service: its stable pool shrinks as the change's grows
};

template <class V>
void fields(V& visit, CallParams& p) {
  visit(field("per_request", "mean number of calls per request at the caller").at_least(0).required(),
        p.per_request);
}
inline bool shorthand(CallParams& p, double number) {
  p.per_request = number;
  return true;
}

template <class V>
void fields(V& visit, ServiceParams& p) {
  visit(field("id", "the service's name").required(), p.id);
  visit(field("calls", "the services that it calls, each with the mean number of calls per request").keyed(),
        p.calls);
  visit(field("servers", "requests that it serves at once (request fidelity); any number when absent")
            .at_least(1)
            .at_most(1e6),
        p.servers);
  visit(field("service_time", "time to serve one request (request fidelity)").as(Unit::duration),
        p.service_time);
  visit(field("queue", "requests that may wait for a server; one more is rejected").at_least(0).at_most(1e6),
        p.queue);
  visit(field("scale_stable", "of the released service: its stable pool shrinks as the change's grows"),
        p.scale_stable);
}

// Mean visits of each service per request that enters at `entry`; index as in `services`. Every called id
// must exist (the reader checks). Exactly 0 where no calls lead. Empty when the spectral radius is not below
// one: the network would never empty.
std::vector<double> visits_per_request(const std::vector<ServiceParams>& services, int entry);

// The spectral radius of the call matrix: below one, the network empties.
double spectral_radius(const std::vector<ServiceParams>& services);

// For each service: can a request that enters there reach `target`? (`target` reaches itself.) The entry
// points among them are the blast radius of a change of `target`.
std::vector<bool> reaches(const std::vector<ServiceParams>& services, int target);

// The index of a service by its id; -1 when there is none.
int find_service(const std::vector<ServiceParams>& services, const std::string& id);

}  // namespace breakglass::sim
