#include "analysis/reckoning.hpp"

namespace breakglass::analysis {
namespace {

struct Standing {
  double share = 0;         // of traffic on the change
  int mitigation = -1;      // that is on, by index
  bool fix_works = true;    // for all that is known
  bool is_overdue = false;  // the deadline has passed without the share that it asks for
};

double between(const sim::Scenario& scenario, sim::Time from, sim::Time until, const Standing& s) {
  const sim::HarmParams& harm = scenario.params.harm;
  const sim::OngoingParams& ongoing = harm.ongoing;
  const double seconds = sim::to_seconds(until - from);
  const double early = sim::growth_integral(scenario.growth, from);
  const double late = sim::growth_integral(scenario.growth, until);
  const sim::Weighed usual = sim::weigh_requests(scenario.flows, {}, from, until, early, late);
  const double unit = ongoing.exchange ? ongoing.exchange->rate : 1;
  double left = s.fix_works ? 1 - s.share : 1;
  double sum = 0;
  if (s.mitigation >= 0) {
    const auto& mitigation = scenario.params.containment[static_cast<std::size_t>(s.mitigation)];
    left *= 1 - mitigation.stops;
    sum += mitigation.cost_per_request * usual.requests + mitigation.cost_per_second * seconds;
  }
  if (s.is_overdue) sum += harm.deadline->per_second * seconds;
  return sum +
         left * (usual.weighted * ongoing.per_request * sim::mean_weight(ongoing.severity, ongoing.exchange) +
                 (late - early) * ongoing.per_second * unit);
}

}  // namespace

double reckoned_harm(const sim::Scenario& scenario, const sim::Reasons& reasons, sim::Time now) {
  Standing standing;
  sim::Time from{};
  double sum = 0;
  for (const sim::Reason& r : reasons) {
    if (r.at > now) break;
    Standing next = standing;
    double lump = 0;
    switch (r.kind) {
      case sim::ReasonKind::step:
      case sim::ReasonKind::walking_back: next.share = r.value2; break;
      case sim::ReasonKind::rolled_back: next.share = 0; break;
      case sim::ReasonKind::not_resolved:
      case sim::ReasonKind::reports_of_old_harm: next.fix_works = false; break;
      case sim::ReasonKind::resolution_verified:
      case sim::ReasonKind::refined: next.fix_works = true; break;
      case sim::ReasonKind::containment_on: next.mitigation = r.who; break;
      case sim::ReasonKind::containment_off: next.mitigation = -1; break;
      case sim::ReasonKind::deadline_missed:
        next.is_overdue = true;
        lump = scenario.params.harm.deadline->lump;
        break;
      case sim::ReasonKind::deadline_met: next.is_overdue = false; break;
      default: continue;
    }
    sum += between(scenario, from, r.at, standing) + lump;
    standing = next;
    from = r.at;
  }
  return sum + between(scenario, from, now, standing);
}

}  // namespace breakglass::analysis
