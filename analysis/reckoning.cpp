#include "analysis/reckoning.hpp"

namespace breakglass::analysis {
namespace {

struct Standing {
  double share = 0;         // of traffic on the change
  int mitigation = -1;      // that is on, by index
  bool fix_works = true;    // for all that is known
  bool is_overdue = false;  // the deadline has passed without the share that it asks for
};

void add_between(const sim::Scenario& scenario, sim::Time from, sim::Time until, const Standing& s,
                 double lump, Reckoning& sum) {
  const sim::HarmParams& harm = scenario.params.harm;
  const sim::OngoingParams& ongoing = harm.ongoing;
  const double seconds = sim::to_seconds(until - from);
  const double early = sim::growth_integral(scenario.growth, from);
  const double late = sim::growth_integral(scenario.growth, until);
  const sim::Weighed usual = sim::weigh_requests(scenario.flows, {}, from, until, early, late);
  const double unit = ongoing.exchange ? ongoing.exchange->rate : 1;
  double left = s.fix_works ? 1 - s.share : 1;
  double containment = 0;
  if (s.mitigation >= 0) {
    const auto& mitigation = scenario.params.containment[static_cast<std::size_t>(s.mitigation)];
    left *= 1 - mitigation.stops;
    containment = mitigation.cost_per_request * usual.requests + mitigation.cost_per_second * seconds;
  }
  const double overdue = s.is_overdue ? harm.deadline->per_second * seconds : 0;
  const double going_on =
      left * (usual.weighted * ongoing.per_request * sim::mean_weight(ongoing.severity, ongoing.exchange) +
              (late - early) * ongoing.per_second * unit);
  sum.containment += containment;
  sum.deadline += overdue + lump;
  sum.ongoing += going_on;
  sum.total += containment + overdue + going_on + lump;
}

}  // namespace

Reckoning reckon(const sim::Scenario& scenario, const sim::Reasons& reasons, sim::Time now) {
  Standing standing;
  sim::Time from{};
  Reckoning sum;
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
    add_between(scenario, from, r.at, standing, lump, sum);
    standing = next;
    from = r.at;
  }
  add_between(scenario, from, now, standing, 0, sum);
  return sum;
}

double reckoned_harm(const sim::Scenario& scenario, const sim::Reasons& reasons, sim::Time now) {
  return reckon(scenario, reasons, now).total;
}

}  // namespace breakglass::analysis
