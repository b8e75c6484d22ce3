#include "drill/debrief.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/timeline_text.hpp"
#include "drill/arrange.hpp"
#include "drill/estimate.hpp"
#include "drill/moments.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

bool has_new_luck(const Drill& drill) { return drill.setup.branch && drill.setup.branch->luck > 0; }

void add_hindsight(const Drill& drill, Debrief& out) {
  out.was_real = drill.world.record.real;
  out.hindsight.push_back(out.was_real ? "the emergency was what it seemed to be"
                                       : "the emergency was a false alarm: nothing did harm");
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind != sim::ReasonKind::authored) continue;
    // New luck is another truth from where it was drawn.
    const Drill at = as_of(drill, std::max(r.at, has_new_luck(drill) ? drill.setup.branch->at : r.at));
    const bool serves = has_new_luck(drill) && at.world.rollout.weight > 0;
    const sim::ChangeState& draft = serves ? at.world.change : at.world.draft;
    if (draft.attempt == 0 && draft.rework == 0) out.carried = draft.hypothesis > 0;
    out.hindsight.push_back(fmt::format("{} the change that was ready: {}",
                                        sim::format_weekday_time(drill.scenario().clock, r.at),
                                        analysis::describe_truth(drill.scenario(), draft)));
  }
  for (const sim::FactParams& fact : drill.scenario().params.brief.facts) {
    if (sim::is_wrong(fact, out.was_real)) out.hindsight.push_back("told, and not true: " + fact.text);
  }
}

// How far apart the options lie.
double spread(const GradedDecision& d) {
  const auto [least, most] = std::minmax_element(
      d.options.begin(), d.options.end(), [](const auto& a, const auto& b) { return a.mean < b.mean; });
  return d.options.empty() ? 0 : most->mean - least->mean;
}

// Those with a label; then those that had most to lose.
void choose_again(Debrief& out) {
  const auto graded = [&](const NumberedDecision& n) -> const GradedDecision& {
    return out.grade.decisions[n.index];
  };
  std::vector<NumberedDecision*> rest;
  std::size_t marked = 0;
  for (NumberedDecision& n : out.numbered) {
    n.again = graded(n).label != Label::fine;
    if (n.again)
      ++marked;
    else if (graded(n).options.size() > 1)
      rest.push_back(&n);
  }
  std::stable_sort(rest.begin(), rest.end(), [&](const NumberedDecision* a, const NumberedDecision* b) {
    return spread(graded(*a)) > spread(graded(*b));
  });
  for (std::size_t i = 0; i < rest.size() && marked < kLeastAgain; ++i, ++marked) rest[i]->again = true;
}

void number_decisions(const Drill& drill, Debrief& out) {
  for (std::size_t i = 0; i < out.grade.decisions.size(); ++i) {
    const GradedDecision& d = out.grade.decisions[i];
    if (!d.counts) continue;
    const Drill before =
        d.entry >= 0 ? before_entry(drill, static_cast<std::size_t>(d.entry)) : as_of(drill, d.at);
    out.numbered.push_back({i, situation_of(look(before)), false});
  }
  choose_again(out);
}

// After new luck, or an inject, it is no strategy's world any more.
void add_others(const Drill& drill, Debrief& out) {
  if (has_new_luck(drill) || had_injects(drill)) return;
  for (const sim::Strategy& strategy : drill.loaded->strategies) {
    out.others.push_back(
        {strategy.params.id, sim::total_harm(sim::simulate(drill.loaded->scenario, strategy, drill.setup.seed,
                                                           drill.setup.replication))});
  }
}

void add_injects(const Drill& drill, Debrief& out) {
  std::vector<PlannedInject> came;
  for (const PlannedInject& planned : drill.setup.injects) {
    if (planned.at <= drill.world.now) came.push_back(planned);
  }
  for (const Entry& e : drill.entries) {
    if (e.action.verb == Verb::inject) came.push_back({e.at, e.action});
  }
  std::stable_sort(came.begin(), came.end(),
                   [](const PlannedInject& a, const PlannedInject& b) { return a.at < b.at; });
  for (const PlannedInject& inject : came) {
    out.hindsight.push_back(fmt::format("{} the instructor: {}",
                                        sim::format_weekday_time(drill.scenario().clock, inject.at),
                                        print_action(inject.action)));
  }
}

}  // namespace

double brier(double stated, bool truth) {
  const double error = stated - (truth ? 1 : 0);
  return error * error;
}

Debrief debrief_of(const Drill& drill, const GradeOptions* how) {
  const sim::Scenario& scenario = drill.scenario();
  Debrief out;
  out.scenario = scenario.params.id;
  out.hash = scenario.hash;
  out.title = scenario.params.title.empty() ? scenario.params.id : scenario.params.title;
  out.mode = kModes[static_cast<std::size_t>(drill.setup.mode)];
  out.seed = drill.setup.seed;
  out.replication = drill.setup.replication;
  out.branch = drill.setup.branch;
  out.harm_unit = scenario.params.harm_unit;
  for (const Entry& e : drill.entries) {
    if (e.action.verb == Verb::inject) continue;
    out.actions.push_back({e.at, sim::format_weekday_time(scenario.clock, e.at), print_action(e.action)});
  }
  out.tasks = critical_tasks(drill);
  out.mistakes = find_mistakes(drill);
  for (const Finding& f : out.mistakes)
    out.mistake_times.push_back(sim::format_weekday_time(scenario.clock, f.at));
  out.harm = sim::total_harm(sim::outcome_of(scenario, drill.seat, run_out(drill)));
  out.estimate = estimated_harm(drill);
  add_others(drill, out);
  out.course = course_of(drill);
  out.stated_regression = drill.notes.regression;
  out.stated_real = drill.notes.real;
  add_hindsight(drill, out);
  add_injects(drill, out);
  out.record = record_of(drill);
  if (how && is_over(drill)) out.grade = grade(drill, *how);
  number_decisions(drill, out);
  return out;
}

}  // namespace breakglass::drill
