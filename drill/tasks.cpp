#include "drill/tasks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "drill/moments.hpp"
#include "sim/bypass_scope.hpp"

namespace breakglass::drill {
namespace {

using sim::Element;

CriticalTask classified(const Drill& drill) {
  const sim::ScenarioParams& p = drill.scenario().params;
  const sim::Category truth = p.nature == sim::Nature::decoy ? sim::Category::none : p.category;
  CriticalTask task{"classified on evidence", false, ""};
  if (drill.notes.refused) {
    task.passed = truth == sim::Category::none;
    task.evidence = "refused: " + drill.notes.refusal;
  } else if (!drill.notes.category) {
    task.evidence = "never classified";
  } else {
    const bool in_time = drill.notes.classified_at <= first_traffic(drill);
    task.passed = *drill.notes.category == truth && in_time;
    task.evidence = fmt::format("called {}, and it is {}{}", sim::name_of(*drill.notes.category),
                                sim::name_of(truth), in_time ? "" : "; after the change had met traffic");
  }
  return task;
}

bool exists(const sim::ScenarioParams& p, Element element) {
  switch (element) {
    case Element::eval_gate: return p.gates.eval_gate.has_value();
    case Element::change_window: return p.gates.change_window.has_value();
    case Element::freeze: return !p.gates.freeze.empty();
    case Element::coordination: return p.gates.coordination && p.gates.coordination->other_changes > 0;
    case Element::canary: return true;
  }
  return false;
}

CriticalTask smallest_scope(const Drill& at) {
  CriticalTask task{"smallest sufficient scope", true,
                    "every bypass is within the scope, with its compensation"};
  for (const sim::BypassParams& bypass : at.seat.params.bypasses) {
    for (const sim::EnumName& name : names(Element{})) {
      if (name.text != bypass.id) continue;
      const auto element = static_cast<Element>(name.value);
      std::string why;
      if (!exists(at.scenario().params, element))
        why = "needless: the scenario has none";
      else if (!sim::may_bypass(at.scenario().params, element))
        why = "outside of what the category allows";
      else if (bypass.compensation == sim::Compensation::none)
        why = "nothing makes up for it";
      if (why.empty()) continue;
      task.passed = false;
      task.evidence = fmt::format("{}: {}", bypass.id, why);
    }
  }
  return task;
}

CriticalTask right_authority(const Drill& at) {
  CriticalTask task{"right authority", false, ""};
  if (at.seat.plan.empty() || standing(at.seat.plan, at.world.approvals) != sim::Standing::approved) {
    task.evidence = "not approved when it met traffic";
    return task;
  }
  for (const sim::Authority authority :
       sim::required_authorities(at.scenario().params, !at.seat.params.bypasses.empty())) {
    if (!sim::can_do_without(at.seat.plan, authority)) continue;
    task.evidence =
        fmt::format("rule \"{}\" does without the {}", at.seat.params.approvals, sim::name_of(authority));
    return task;
  }
  task.passed = true;
  task.evidence = fmt::format("approved by rule \"{}\"", at.seat.params.approvals);
  return task;
}

std::string answers_missing(const Notes& notes) {
  std::string out;
  for (const std::string_view question : kQuestions) {
    const bool answered = std::any_of(notes.review.begin(), notes.review.end(), [&](const auto& a) {
      return a.first == question && !a.second.empty();
    });
    if (!answered) out += (out.empty() ? "" : ", ") + std::string(question);
  }
  return out;
}

CriticalTask postmortem(const Drill& drill) {
  CriticalTask task{"postmortem complete", false, ""};
  const std::string missing = answers_missing(drill.notes);
  if (first_order(drill, sim::Order::hold_postmortem) == sim::kNever)
    task.evidence = "not called";
  else if (!missing.empty())
    task.evidence = "unanswered: " + missing;
  else {
    task.passed = true;
    task.evidence = "called, and every question is answered";
  }
  return task;
}

CriticalTask plain(const char* name, bool passed, const char* yes, const char* no) {
  return {name, passed, passed ? yes : no};
}

}  // namespace

bool is_needless(const sim::ScenarioParams& scenario, const std::string& element) {
  for (const sim::EnumName& name : names(Element{})) {
    if (name.text != element) continue;
    const auto e = static_cast<Element>(name.value);
    return !exists(scenario, e) || !sim::may_bypass(scenario, e);
  }
  return false;
}

std::vector<CriticalTask> critical_tasks(const Drill& drill) {
  std::vector<CriticalTask> tasks{classified(drill)};
  const sim::Time shipped = first_traffic(drill);
  if (shipped == sim::kNever) return tasks;
  const Drill at = as_of(drill, shipped);
  tasks.push_back(smallest_scope(at));
  tasks.push_back(right_authority(at));
  tasks.push_back(plain("rollback verified", at.world.rollout.rollback_verified, "before the first request",
                        "not before the first request"));
  tasks.push_back(plain("decision-maker named", at.seat.params.decision_maker, "before the first request",
                        "not before the first request"));
  if (drill.scenario().params.communication) {
    tasks.push_back(plain("communication queued", first_order(drill, sim::Order::communicate) <= shipped,
                          "before the first request", "not before the first request"));
  }
  tasks.push_back(plain("resolution verified", drill.world.record.verified, "somebody has looked",
                        "nobody has seen that the harm has stopped"));
  if (drill.scenario().params.gates.eval_gate &&
      sim::bypasses(drill.seat.params.bypasses, Element::eval_gate)) {
    tasks.push_back(
        plain("bypassed gates run",
              drill.world.record.gates_ran || drill.world.seat.flagged || drill.world.seat.looked_into,
              "after promotion", "the evaluation was not run"));
  }
  tasks.push_back(postmortem(drill));
  return tasks;
}

}  // namespace breakglass::drill
