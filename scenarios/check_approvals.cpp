// Approval rules: that they name somebody, need no rule that needs them, count nobody twice, and can be
// satisfied; and that a strategy's own demands fit them.
#include <algorithm>
#include <set>

#include "scenarios/checks.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

std::string quoted(const std::string& name) { return "\"" + visible(name, 40) + "\""; }

std::string pointer_of(const sim::ApprovalParams& rule) {
  std::string where = "/approvals";
  append_token(where, rule.id);
  return where;
}

const std::vector<std::string>& list_of(const sim::ApprovalParams& rule) {
  return !rule.all.empty() ? rule.all : !rule.any.empty() ? rule.any : rule.of;
}

std::string name_of_list(const sim::ApprovalParams& rule) {
  return !rule.all.empty() ? "all" : !rule.any.empty() ? "any" : "of";
}

const sim::ApprovalParams* find_rule(const sim::ScenarioParams& p, const std::string& name) {
  const auto found = std::find_if(p.approvals.begin(), p.approvals.end(),
                                  [&name](const sim::ApprovalParams& rule) { return rule.id == name; });
  return found == p.approvals.end() ? nullptr : &*found;
}

// People first, then the authorities that they have, then the rules: the order in which a name is looked up.
std::vector<std::string> who_can_approve(const sim::ScenarioParams& p) {
  std::vector<std::string> known = ids_of(p.people);
  for (const auto& person : p.people) {
    const std::string authority(sim::name_of(person.authority));
    if (person.authority != sim::Authority::none && !has(known, authority)) known.push_back(authority);
  }
  return known;
}

bool is_authority(const std::string& name) {
  return name != "none" && std::any_of(sim::kAuthorityNames.begin(), sim::kAuthorityNames.end(),
                                       [&name](const sim::EnumName& known) { return known.text == name; });
}

void check_name(const Checker& check, const sim::ScenarioParams& p, const sim::ApprovalParams& rule,
                const std::string& name, const std::string& where) {
  std::vector<std::string> known = who_can_approve(p);
  const int who = sim::find_approver(p.people, name);
  if (who >= 0) {
    if (p.people[static_cast<std::size_t>(who)].authority != sim::Authority::none) return;
    return check.say(where, quoted(name) + " may approve nothing: this rule could never be satisfied",
                     "somebody with an authority", "a deputy without one belongs in \"escalates_to\"");
  }
  if (find_rule(p, name)) return;
  for (const auto& other : p.approvals) {
    if (other.id != rule.id && !has(known, other.id)) known.push_back(other.id);
  }
  if (!is_authority(name)) return check.unknown(where, "person, authority or rule", name, known);
  check.say(where, "nobody here has the authority " + quoted(name),
            "a person with it, or one of: " +
                list_names(std::vector<std::string_view>(known.begin(), known.end())));
}

void check_once(const Checker& check, const sim::ScenarioParams& p, const std::vector<std::string>& list,
                std::size_t i, const std::string& where) {
  const int who = sim::find_approver(p.people, list[i]);
  for (std::size_t j = 0; j < i; ++j) {
    if (list[j] != list[i] && (who < 0 || sim::find_approver(p.people, list[j]) != who)) continue;
    return check.say(where,
                     list[j] == list[i]
                         ? quoted(list[i]) + " is named twice"
                         : quoted(list[i]) + " and " + quoted(list[j]) + " are the same person",
                     "each approver once");
  }
}

void check_count(const Checker& check, const sim::ApprovalParams& rule) {
  const std::string where = pointer_of(rule) + "/k";
  const auto size = static_cast<std::int64_t>(rule.of.size());
  if (size == 0 && rule.k > 0) {
    check.say(where, "k goes with \"of\"", "no k beside \"" + name_of_list(rule) + "\"");
  }
  if (size == 0 || (rule.k >= 1 && rule.k <= size)) return;
  check.say(where, "k is " + std::to_string(rule.k) + " of " + std::to_string(size),
            "a number from 1 to " + std::to_string(size));
}

void check_rule(const Checker& check, const sim::ScenarioParams& p, const sim::ApprovalParams& rule) {
  const std::string where = pointer_of(rule);
  const int lists = static_cast<int>(!rule.all.empty()) + static_cast<int>(!rule.any.empty()) +
                    static_cast<int>(!rule.of.empty());
  if (lists != 1) {
    return check.say(where, lists == 0 ? "this rule names nobody" : "this rule has more than one list",
                     "exactly one of \"all\", \"any\", and \"of\" with \"k\"");
  }
  const std::vector<std::string>& list = list_of(rule);
  const std::string there = where + "/" + name_of_list(rule);
  if (list.size() > sim::kMaxPeople) {
    check.say(there, std::to_string(list.size()) + " approvers",
              "at most " + std::to_string(sim::kMaxPeople));
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (check.whole("/people") && check.named("/approvals"))
      check_name(check, p, rule, list[i], at(there, i));
    check_once(check, p, list, i, at(there, i));
  }
  check_count(check, rule);
  if (!rule.after.empty() && !find_rule(p, rule.after) && check.named("/approvals")) {
    check.unknown(where + "/after", "approval rule", rule.after, ids_of(p.approvals));
  }
  if (sim::find_approver(p.people, rule.id) >= 0) {
    check.say(where, quoted(rule.id) + " is also the name of a person or an authority",
              "a name of its own: in a rule's list the person would be meant");
  }
}

// Says each cycle once, at its first rule. Whether there was any.
bool check_cycles(const Checker& check, const sim::ScenarioParams& p) {
  std::set<std::vector<std::string>> seen;
  for (const auto& rule : p.approvals) {
    const auto cycle = sim::approval_cycle(p.approvals, p.people, rule.id);
    if (cycle.empty()) continue;
    std::vector<std::string> members(cycle.begin(), cycle.end() - 1);
    std::sort(members.begin(), members.end());
    if (!seen.insert(members).second) continue;
    std::string text;
    for (const std::string& name : cycle) text += (text.empty() ? "" : " -> ") + visible(name, 40);
    check.say(pointer_of(*find_rule(p, cycle.front())), "this rule needs itself: " + text,
              "rules that can be satisfied one before the other");
  }
  return !seen.empty();
}

// The rules that name each person, among those that one rule needs, itself included.
struct Needed {
  std::vector<std::string> rules;
  std::vector<std::vector<std::string>> by_person;
};

void walk(const sim::ScenarioParams& p, const sim::ApprovalParams& rule, Needed& needed) {
  if (has(needed.rules, rule.id)) return;
  needed.rules.push_back(rule.id);
  for (const std::string& name : list_of(rule)) {
    const int who = sim::find_approver(p.people, name);
    if (who >= 0) needed.by_person[static_cast<std::size_t>(who)].push_back(rule.id);
    if (const auto* other = find_rule(p, name); who < 0 && other) walk(p, *other, needed);
  }
  if (const auto* before = find_rule(p, rule.after)) walk(p, *before, needed);
}

// What is wrong with a rule that needs other rules, as a whole.
struct Complaint {
  std::string what;
  std::string expected;
};

Complaint complain(const sim::ScenarioParams& p, const Needed& needed) {
  if (needed.rules.size() < 2) return {};
  std::size_t places = 0;
  for (std::size_t i = 0; i < p.people.size(); ++i) {
    const auto& by = needed.by_person[i];
    places += by.size();
    if (by.size() < 2 || by[0] == by[1]) continue;  // twice in one list: said there
    return {quoted(p.people[i].id) + " would have to approve twice: in " + quoted(by[0]) + " and in " +
                quoted(by[1]),
            "each approver once among all rules that one needs"};
  }
  if (places > sim::kMaxPeople) {
    return {"this rule can page " + std::to_string(places) + " people in all",
            "at most " + std::to_string(sim::kMaxPeople)};
  }
  if (needed.rules.size() <= sim::kMaxRules) return {};
  return {"this rule needs " + std::to_string(needed.rules.size()) + " rules, itself included",
          "at most " + std::to_string(sim::kMaxRules)};
}

// What is wrong with a rule that another one needs is said there alone.
void check_nested(const Checker& check, const sim::ScenarioParams& p) {
  std::vector<Needed> needed;
  std::vector<Complaint> complaints;
  std::vector<std::string> bad;
  for (const auto& rule : p.approvals) {
    needed.push_back({{}, std::vector<std::vector<std::string>>(p.people.size())});
    walk(p, rule, needed.back());
    complaints.push_back(complain(p, needed.back()));
    if (!complaints.back().what.empty()) bad.push_back(rule.id);
  }
  for (std::size_t i = 0; i < p.approvals.size(); ++i) {
    const auto& rules = needed[i].rules;
    const bool below = std::any_of(rules.begin() + 1, rules.end(),
                                   [&bad](const std::string& other) { return has(bad, other); });
    if (complaints[i].what.empty() || below) continue;
    check.say(pointer_of(p.approvals[i]), complaints[i].what, complaints[i].expected);
  }
}

// Where the unanswered pages of somebody whom a rule names reach nobody else who may give the approval: they
// end with somebody who may not, or go round in a circle.
void check_escalation(const Checker& check, const sim::ScenarioParams& p, std::size_t named,
                      std::set<std::size_t>& said) {
  const sim::Authority needed = p.people[named].authority;
  const std::string pages = "pages for " + quoted(p.people[named].id) + " end ";
  const std::string authority = " has the authority \"" + std::string(sim::name_of(needed)) + "\"";
  const auto ids = ids_of(p.people);
  std::vector<std::size_t> path;
  for (std::size_t who = named;;) {
    const auto& person = p.people[who];
    if (sim::holds(person.authority, needed) && (who != named || person.miss <= 0)) return;
    path.push_back(who);
    const auto next = std::find(ids.begin(), ids.end(), person.escalates_to);
    const bool goes_on = !person.escalates_to.empty();
    if (goes_on && (next == ids.end() || person.escalates_to == person.id)) return;  // said there
    if (!goes_on && who == named) return;
    if (!goes_on) {
      if (!said.insert(path[path.size() - 2]).second) return;
      return check.say(at("/people", path[path.size() - 2], "/escalates_to"),
                       pages + "with " + quoted(person.id) + ", and nobody on their way" + authority,
                       "somebody who has it, or no \"escalates_to\"");
    }
    who = static_cast<std::size_t>(next - ids.begin());
    const auto again = std::find(path.begin(), path.end(), who);
    if (again == path.end()) continue;
    std::string circle;
    for (auto at = again; at != path.end(); ++at) circle += visible(p.people[*at].id, 40) + " -> ";
    if (!said.insert(path.back()).second) return;
    const bool comes_back = who == named;
    return check.say(at("/people", path.back(), "/escalates_to"),
                     pages + "in a circle in which nobody" + (comes_back ? " else" : "") + authority + ": " +
                         circle + visible(p.people[who].id, 40),
                     "somebody who has it, or no \"escalates_to\"");
  }
}

}  // namespace

void check_approvals(const Checker& check, const sim::ScenarioParams& p) {
  if (p.approvals.size() > 200) return check.say("/approvals", "more than 200 rules", "at most 200");
  if (p.people.size() > 200) return;  // that has its complaint
  for (const auto& rule : p.approvals) check_rule(check, p, rule);
  if (!check.named("/people") || !check.named("/approvals") || check_cycles(check, p)) return;
  check_nested(check, p);
  if (!check.whole("/people")) return;
  std::set<std::size_t> circles;
  for (const auto& rule : p.approvals) {
    for (const std::string& name : list_of(rule)) {
      const int who = sim::find_approver(p.people, name);
      if (who < 0 || p.people[static_cast<std::size_t>(who)].authority == sim::Authority::none) continue;
      check_escalation(check, p, static_cast<std::size_t>(who), circles);
    }
  }
}

void check_approvals_fit(const Checker& check, const sim::StrategyParams& p,
                         const sim::ScenarioParams& scenario) {
  const bool senior = !scenario.gates.freeze.empty() && sim::bypasses(p.bypasses, sim::Element::freeze) &&
                      sim::compensated(p.bypasses, sim::Compensation::senior_approval);
  if (!senior) return;
  const std::string where = " in scenario " + quoted(scenario.id);
  const bool anybody =
      std::any_of(scenario.people.begin(), scenario.people.end(), [](const sim::PersonParams& person) {
        return person.authority == sim::Authority::platform_lead ||
               person.authority == sim::Authority::executive;
      });
  if (!anybody) {
    check.say("/bypasses/freeze/compensation", "nobody could give a senior approval" + where,
              "a platform lead or an executive among the people, or \"none\"");
  }
  const auto plan = sim::plan_approvals(scenario.approvals, scenario.people, p.approvals, true);
  if (plan.leaves.size() > sim::kMaxPeople) {
    check.say(
        "/approvals",
        "with a senior approval this rule pages " + std::to_string(plan.leaves.size()) + " people" + where,
        "at most " + std::to_string(sim::kMaxPeople));
  }
}

}  // namespace breakglass::scenarios
