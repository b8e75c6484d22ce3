// What people notice: watchers need something to watch and the time to do it, reports have to reach somebody,
// and pacing needs steps that last and evidence to pace by.
#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

// What hardly ever comes (one time in a thousand) by the horizon counts as never.
bool comes_too_late(const sim::Distribution& seconds, sim::Duration horizon) {
  return sim::quantile(seconds, 0.001) > sim::to_seconds(horizon);
}

void check_reports(const Checker& check, const sim::ScenarioParams& p) {
  const sim::ReportsParams& reports = *p.reports;
  const bool any_false = reports.false_rate > 0 && reports.blamed > 0;
  if (reports.probability <= 0 && !any_false) {
    check.say("/reports", "no report ever counts: nothing is reported, and nothing blamed on the change",
              "a probability above 0, or no reports at all");
  }
  const double false_reports = reports.false_rate * sim::to_seconds(p.horizon);
  if (!check.whole("/horizon")) return;
  if (false_reports > kMostChanges) {
    check.say("/reports/false_rate", about(false_reports) + " false reports by the horizon",
              "at most " + plain(kMostChanges), "a lower rate or a nearer horizon");
  }
  if (comes_too_late(reports.delay, p.horizon)) {
    check.say("/reports/delay", "no report comes before the horizon",
              "a delay below " + print_duration(p.horizon));
  }
  if (comes_too_late(reports.triage.staffed, p.horizon) &&
      comes_too_late(reports.triage.unstaffed, p.horizon)) {
    check.say("/reports/triage", "no report is ever triaged: support takes longer than the horizon",
              "times below " + print_duration(p.horizon));
  }
}

void check_watchers(const Checker& check, const sim::StrategyParams& p, const sim::ScenarioParams& scenario,
                    const std::string& where) {
  if (p.monitoring.watchers <= 0) return;
  if (scenario.signals.empty()) {
    check.say("/monitoring/watchers", "there is nothing to watch: no signals" + where,
              "0, or signals in the scenario");
  }
  const double glances =
      sim::to_seconds(scenario.horizon) / sim::to_seconds(sim::glance_every(p, scenario.watch));
  if (glances > kMostChanges) {
    check.say("/monitoring/watchers", "they would glance " + about(glances) + " times by the horizon" + where,
              "at most " + plain(kMostChanges),
              "a longer \"glance_every\", or \"every\" of the scenario's watch");
  }
}

}  // namespace

void check_noticing(const Checker& check, const sim::ScenarioParams& p) {
  if (p.reports) check_reports(check, p);
}

void check_pacing(const Checker& check, const sim::StrategyParams& p) {
  if (!p.pacing) return;
  if (!p.ships) return check.say("/pacing", "a strategy that does not ship has nothing to pace", "no pacing");
  if (p.steps.size() == 1) {
    check.say("/pacing", "one step leaves nothing to pace", "at least two steps, or no pacing");
  }
  for (std::size_t i = 0; i + 1 < p.steps.size(); ++i) {
    if (p.steps[i].duration.count() > 0) continue;
    check.say(at("/steps", i), "this step has no length: it is over before anything is published to pace by",
              "a \"for\" above 0, or no pacing");
  }
}

void check_noticing_fit(const Checker& check, const sim::StrategyParams& p,
                        const sim::ScenarioParams& scenario) {
  const std::string where = " in scenario \"" + visible(scenario.id, 40) + "\"";
  check_watchers(check, p, scenario, where);
  if (!p.pacing || scenario.change.regression.probability <= 0) return;
  const auto& severities = scenario.change.regression.severities;
  const bool shows = std::any_of(severities.begin(), severities.end(),
                                 [](const sim::SeverityParams& s) { return !s.moves.empty(); });
  if (scenario.signals.empty() || !shows) {
    check.say("/pacing", "there is no evidence to pace by: no regression moves a signal" + where,
              "no pacing, or a signal that a severity moves");
  }
}

}  // namespace breakglass::scenarios
