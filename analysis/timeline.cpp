#include "analysis/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/reckoning.hpp"
#include "analysis/timeline_text.hpp"
#include "sim/simulator.hpp"

namespace breakglass::analysis {
namespace {

bool is_decision(sim::ReasonKind kind) {
  switch (kind) {
    case sim::ReasonKind::step:
    case sim::ReasonKind::verdict_failed:
    case sim::ReasonKind::verdict_passed:
    case sim::ReasonKind::verdict_inconclusive:
    case sim::ReasonKind::verdict_error:
    case sim::ReasonKind::judged:
    case sim::ReasonKind::extended:
    case sim::ReasonKind::complete:
    case sim::ReasonKind::rollback_asked:
    case sim::ReasonKind::rollback_began: return true;
    default: return false;
  }
}

// A watcher's concern, too, is about what was on the dashboard.
bool looks_at_readings(sim::ReasonKind kind) { return is_decision(kind) || kind == sim::ReasonKind::noticed; }

// Which readings to show: all, or of each signal the last one before a decision, so that one sees what was on
// the dashboard when it was taken.
std::vector<bool> readings_to_show(const sim::Reasons& reasons, bool all) {
  std::vector<bool> show(reasons.size(), all);
  if (all) return show;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (!looks_at_readings(reasons[i].kind)) continue;
    std::uint32_t seen = 0;
    for (std::size_t j = i; j-- > 0 && !looks_at_readings(reasons[j].kind);) {
      if (reasons[j].kind != sim::ReasonKind::published) continue;
      const std::uint32_t bit = 1U << reasons[j].who;
      if ((seen & bit) == 0) show[j] = true;
      seen |= bit;
    }
  }
  return show;
}

LineKind kind_of(const sim::Reason& reason) {
  switch (reason.kind) {
    case sim::ReasonKind::published:
    case sim::ReasonKind::graded:
    case sim::ReasonKind::graded_critical: return LineKind::dashboard;
    default: break;
  }
  return is_decision(reason.kind) ? LineKind::decision : LineKind::event;
}

// The world is run once more beside its reasons, stopping at each, for the harm so far.
class HarmSoFar {
 public:
  HarmSoFar(const sim::Scenario& scenario, const sim::Strategy& strategy, const TimelineOptions& options)
      : scenario_(scenario),
        strategy_(strategy),
        world_(sim::begin(scenario, strategy, {.seed = options.seed, .replication = options.replication})) {}

  double at(sim::Time t) {
    sim::advance(scenario_, strategy_, world_, t);
    return sim::total_harm(sim::outcome_of(scenario_, strategy_, world_));
  }

 private:
  const sim::Scenario& scenario_;
  const sim::Strategy& strategy_;
  sim::World world_;
};

Known known_from(const sim::Scenario& scenario, const sim::Reasons& reasons) {
  Known known;
  known.harm = reckoned_harm(scenario, reasons, sim::horizon(scenario));
  for (const sim::Reason& r : reasons) {
    switch (r.kind) {
      case sim::ReasonKind::resolution_verified: known.verified_at = r.at; break;
      case sim::ReasonKind::not_resolved:
      case sim::ReasonKind::reports_of_old_harm:
      case sim::ReasonKind::rolled_back: known.verified_at = sim::kNever; break;
      case sim::ReasonKind::late_real:
      case sim::ReasonKind::concern_real:
      case sim::ReasonKind::reports_real: known.found_at = std::min(known.found_at, r.at); break;
      case sim::ReasonKind::deadline_missed: known.deadline_missed = true; break;
      default: break;
    }
  }
  return known;
}

void add_facts(Timeline& timeline, const sim::Scenario& scenario, bool hindsight) {
  for (const auto& fact : scenario.params.brief.facts) {
    if (fact.at > sim::horizon(scenario)) continue;
    TimelineLine line;
    line.at = fact.at;
    line.kind = LineKind::fact;
    line.text =
        "told: " + fact.text +
        (hindsight && sim::is_wrong(fact, timeline.world.record.real) ? " (wrong, as it turned out)" : "");
    timeline.lines.push_back(std::move(line));
  }
}

void add_hindsight(Timeline& timeline, const sim::Scenario& scenario, const sim::Strategy& strategy,
                   const TimelineOptions& options, const sim::Reasons& reasons) {
  for (const sim::Reason& reason : reasons) {
    if (std::string text = describe_hindsight(scenario, reason); !text.empty()) {
      TimelineLine line;
      line.at = reason.at;
      line.kind = LineKind::hindsight;
      line.text = std::move(text);
      timeline.lines.push_back(std::move(line));
    }
    if (reason.kind != sim::ReasonKind::authored) continue;
    sim::World world =
        sim::begin(scenario, strategy, {.seed = options.seed, .replication = options.replication});
    sim::advance(scenario, strategy, world, reason.at);
    TimelineLine line;
    line.at = reason.at;
    line.kind = LineKind::hindsight;
    line.text = describe_truth(scenario, world.draft);
    timeline.lines.push_back(std::move(line));
  }
}

}  // namespace

Timeline tell(const sim::Scenario& scenario, const sim::Strategy& strategy, const TimelineOptions& options) {
  Timeline timeline;
  sim::Reasons reasons;
  timeline.world = sim::begin(
      scenario, strategy,
      {.seed = options.seed, .replication = options.replication, .belief = true, .reasons = &reasons});
  sim::advance(scenario, strategy, timeline.world, sim::horizon(scenario), &reasons);
  timeline.outcome = sim::outcome_of(scenario, strategy, timeline.world);

  const auto show = readings_to_show(reasons, options.every_reading);
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const sim::Reason& reason = reasons[i];
    if (reason.kind == sim::ReasonKind::published && !show[i]) continue;
    timeline.lines.push_back(
        {reason.at, "", kind_of(reason), describe(scenario, strategy, reason), reason.belief, 0, 0});
  }
  timeline.known = known_from(scenario, reasons);
  add_facts(timeline, scenario, options.hindsight);
  if (options.hindsight) add_hindsight(timeline, scenario, strategy, options, reasons);
  std::stable_sort(timeline.lines.begin(), timeline.lines.end(),
                   [](const TimelineLine& a, const TimelineLine& b) { return a.at < b.at; });
  HarmSoFar harm(scenario, strategy, options);
  for (TimelineLine& line : timeline.lines) {
    line.clock = sim::format_weekday_time(scenario.clock, line.at);
    line.harm = harm.at(line.at);
    line.reckoned = reckoned_harm(scenario, reasons, line.at);
  }
  // What has happened by an instant is drawn for a ledger closed at that instant, and may exceed what the
  // ledger books later for the whole stretch. The later figure is the one that counts.
  double least = sim::total_harm(timeline.outcome);
  for (auto line = timeline.lines.rbegin(); line != timeline.lines.rend(); ++line) {
    line->harm = least = std::min(least, line->harm);
  }
  return timeline;
}

}  // namespace breakglass::analysis
