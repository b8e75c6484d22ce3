#include "drill/estimate.hpp"

namespace breakglass::drill {
namespace {

struct Standing {
  double share = 0;  // of traffic on the change
  double left = 1;   // of the harm that a mitigation lets through
};

double between(const sim::Scenario& scenario, sim::Time from, sim::Time until, const Standing& s) {
  const sim::OngoingParams& ongoing = scenario.params.harm.ongoing;
  const double early = sim::growth_integral(scenario.growth, from);
  const double late = sim::growth_integral(scenario.growth, until);
  const sim::Weighed usual = sim::weigh_requests(scenario.flows, {}, from, until, early, late);
  const double unit = ongoing.exchange ? ongoing.exchange->rate : 1;
  const double harm =
      usual.weighted * ongoing.per_request * sim::mean_weight(ongoing.severity, ongoing.exchange) +
      (late - early) * ongoing.per_second * unit;
  return harm * s.left * (1 - s.share);
}

}  // namespace

double estimated_harm(const Drill& drill) {
  const sim::Scenario& scenario = drill.scenario();
  Standing standing;
  sim::Time from{};
  double sum = 0;
  for (const sim::Reason& r : drill.reasons) {
    Standing next = standing;
    switch (r.kind) {
      case sim::ReasonKind::step:
      case sim::ReasonKind::walking_back: next.share = r.value2; break;
      case sim::ReasonKind::rolled_back: next.share = 0; break;
      case sim::ReasonKind::containment_on:
        next.left = 1 - scenario.params.containment[static_cast<std::size_t>(r.who)].stops;
        break;
      case sim::ReasonKind::containment_off: next.left = 1; break;
      default: continue;
    }
    sum += between(scenario, from, r.at, standing);
    standing = next;
    from = r.at;
  }
  return sum + between(scenario, from, drill.world.now, standing);
}

}  // namespace breakglass::drill
