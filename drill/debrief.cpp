#include "drill/debrief.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analysis/timeline_text.hpp"
#include "drill/arrange.hpp"
#include "drill/estimate.hpp"
#include "drill/grade_text.hpp"
#include "drill/moments.hpp"
#include "sim/simulator.hpp"

namespace breakglass::drill {
namespace {

void add_hindsight(const Drill& drill, Debrief& out) {
  out.was_real = drill.world.record.real;
  out.hindsight.push_back(out.was_real ? "the emergency was what it seemed to be"
                                       : "the emergency was a false alarm: nothing did harm");
  for (const sim::Reason& r : drill.reasons) {
    if (r.kind != sim::ReasonKind::authored) continue;
    const Drill at = as_of(drill, r.at);
    const sim::ChangeState& draft = at.world.draft;
    if (draft.attempt == 0 && draft.rework == 0) out.carried = draft.hypothesis > 0;
    out.hindsight.push_back(fmt::format("{} the change that was ready: {}",
                                        sim::format_weekday_time(drill.scenario().clock, r.at),
                                        analysis::describe_truth(drill.scenario(), draft)));
  }
  for (const sim::FactParams& fact : drill.scenario().params.brief.facts) {
    if (sim::is_wrong(fact, out.was_real)) out.hindsight.push_back("told, and not true: " + fact.text);
  }
}

std::string brier(double stated, bool truth) {
  const double error = stated - (truth ? 1 : 0);
  return fmt::format("stated {}; it was {}; Brier score {:.3f} (0 is best, 0.25 is what 50% earns)",
                     analysis::percent(stated), truth ? "so" : "not so", error * error);
}

}  // namespace

Debrief debrief_of(const Drill& drill, const GradeOptions* how) {
  const sim::Scenario& scenario = drill.scenario();
  Debrief out;
  out.scenario = scenario.params.id;
  out.title = scenario.params.title;
  out.mode = kModes[static_cast<std::size_t>(drill.setup.mode)];
  out.seed = drill.setup.seed;
  out.replication = drill.setup.replication;
  out.harm_unit = scenario.params.harm_unit;
  for (const Entry& e : drill.entries) {
    out.decisions.emplace_back(sim::format_weekday_time(scenario.clock, e.at), print_action(e.action));
  }
  out.tasks = critical_tasks(drill);
  out.mistakes = find_mistakes(drill);
  for (const Finding& f : out.mistakes)
    out.mistake_times.push_back(sim::format_weekday_time(scenario.clock, f.at));
  out.harm = sim::total_harm(sim::outcome_of(scenario, drill.seat, run_out(drill)));
  out.estimate = estimated_harm(drill);
  for (const sim::Strategy& strategy : drill.loaded->strategies) {
    out.others.push_back(
        {strategy.params.id,
         sim::total_harm(sim::simulate(scenario, strategy, drill.setup.seed, drill.setup.replication))});
  }
  out.stated_regression = drill.notes.regression;
  out.stated_real = drill.notes.real;
  add_hindsight(drill, out);
  out.record = record_of(drill);
  if (how && is_over(drill)) out.grade = grade(drill, *how);
  return out;
}

std::string debrief_markdown(const Debrief& d) {
  std::string out = fmt::format("# Debrief: {}\n\nA {} of {}, seed {}, replication {}.\n", d.title, d.mode,
                                d.scenario, d.seed, d.replication);
  out += "\n## What you decided\n\n";
  for (const auto& [at, line] : d.decisions) out += fmt::format("* {}: `{}`\n", at, line);
  out += "\n## Critical tasks\n\n";
  for (const CriticalTask& t : d.tasks) {
    out += fmt::format("* {} **{}**: {}\n", t.passed ? "passed:" : "FAILED:", t.name, t.evidence);
  }
  out += "\n## Mistakes\n\n";
  if (d.mistakes.empty()) out += "None of the common ones.\n";
  for (std::size_t i = 0; i < d.mistakes.size(); ++i) {
    out += fmt::format("* {}: **{}**: {}\n", d.mistake_times[i], name_of(d.mistakes[i].mistake),
                       d.mistakes[i].evidence);
  }
  out += grade_markdown(d.grade);
  out += fmt::format("\n## The same world under other strategies\n\n* you: {:.4g} {}\n", d.harm, d.harm_unit);
  for (const OtherStrategy& other : d.others) out += fmt::format("* {}: {:.4g}\n", other.name, other.harm);
  out += "\nOne world is luck as much as skill: `compare` shows what each does over many.\n";
  out += "\n## What you stated\n\n";
  if (d.stated_regression < 0 && d.stated_real < 0) out += "No probabilities.\n";
  if (d.stated_real >= 0) out += "* the emergency is real: " + brier(d.stated_real, d.was_real) + "\n";
  if (d.stated_regression >= 0)
    out += "* the change carries a regression: " + brier(d.stated_regression, d.carried) + "\n";
  out += "\n## Hindsight: what nobody could have known\n\n";
  for (const std::string& line : d.hindsight) out += "* " + line + "\n";
  out +=
      "\n## In your own words\n\n1. What surprised you?\n2. Which decision would you take again, and which "
      "not?\n"
      "3. What would you change in your own process tomorrow?\n\n";
  return out + "---\n\n" + record_markdown(d.record);
}

std::string debrief_json(const Debrief& d) {
  nlohmann::ordered_json out;
  out["scenario"] = d.scenario;
  out["mode"] = d.mode;
  out["seed"] = std::to_string(d.seed);
  out["replication"] = d.replication;
  out["decisions"] = nlohmann::ordered_json::array();
  for (const auto& [at, line] : d.decisions) out["decisions"].push_back({{"at", at}, {"do", line}});
  out["critical_tasks"] = nlohmann::ordered_json::array();
  for (const CriticalTask& t : d.tasks) {
    out["critical_tasks"].push_back({{"name", t.name}, {"passed", t.passed}, {"evidence", t.evidence}});
  }
  out["mistakes"] = nlohmann::ordered_json::array();
  for (const Finding& f : d.mistakes) {
    out["mistakes"].push_back(
        {{"name", name_of(f.mistake)}, {"at_s", sim::to_seconds(f.at)}, {"evidence", f.evidence}});
  }
  out["harm"] = {{"unit", d.harm_unit}, {"total", d.harm}, {"estimated_at_end", d.estimate}};
  for (const OtherStrategy& other : d.others) out["same_world"][other.name] = other.harm;
  if (d.stated_regression >= 0) out["stated"]["regression"] = d.stated_regression;
  if (d.stated_real >= 0) out["stated"]["real"] = d.stated_real;
  if (!d.grade.decisions.empty()) out["grade"] = grade_json(d.grade);
  out["hindsight"] = d.hindsight;
  out["record"] = nlohmann::ordered_json::parse(record_json(d.record));
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace breakglass::drill
