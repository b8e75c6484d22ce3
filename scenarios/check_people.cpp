#include <algorithm>

#include "scenarios/checks.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::scenarios {
namespace {

void check_person(const Checker& check, const sim::ScenarioParams& p, std::size_t i) {
  const auto& person = p.people[i];
  const std::string where = at("/people", i);
  if (!person.timezone.empty() && !sim::parse_rfc3339("2000-01-01T00:00:00" + person.timezone)) {
    check.say(where + "/timezone", "\"" + person.timezone + "\" is not an offset from UTC",
              "\"+05:30\" or \"Z\"");
  }
  const bool known = person.escalates_to.empty() || has(ids_of(p.people), person.escalates_to);
  if (!known && check.named("/people")) {
    check.unknown(where + "/escalates_to", "person", person.escalates_to, ids_of(p.people));
  }
  if (!sim::parse_time_of_day(person.night_from)) {
    check.say(where + "/night_from", "\"" + person.night_from + "\" is not a time of day", "\"22:00\"");
  }
  if (!sim::parse_time_of_day(person.night_to)) {
    check.say(where + "/night_to", "\"" + person.night_to + "\" is not a time of day", "\"07:00\"");
  }
}

std::vector<std::string> who_can_approve(const sim::ScenarioParams& p) {
  std::vector<std::string> known = ids_of(p.people);
  for (const auto& person : p.people) {
    const std::string authority(sim::name_of(person.authority));
    if (!has(known, authority)) known.push_back(authority);
  }
  return known;
}

bool is_authority(const std::string& name) {
  return std::any_of(sim::kAuthorityNames.begin(), sim::kAuthorityNames.end(),
                     [&name](const sim::EnumName& known) { return known.text == name; });
}

void check_rule(const Checker& check, const sim::ScenarioParams& p, const sim::ApprovalParams& rule) {
  std::string where = "/approvals";
  append_token(where, rule.id);
  const int lists = static_cast<int>(!rule.all.empty()) + static_cast<int>(!rule.any.empty()) +
                    static_cast<int>(!rule.of.empty());
  if (lists != 1) {
    return check.say(where, lists == 0 ? "this rule names nobody" : "this rule has more than one list",
                     "exactly one of \"all\", \"any\", and \"of\" with \"k\"");
  }
  const std::string name = !rule.all.empty() ? "all" : !rule.any.empty() ? "any" : "of";
  const auto& list = !rule.all.empty() ? rule.all : !rule.any.empty() ? rule.any : rule.of;
  if (list.size() > sim::kMaxPeople) {
    check.say(where + "/" + name, std::to_string(list.size()) + " approvers",
              "at most " + std::to_string(sim::kMaxPeople));
  }
  const std::vector<std::string> known = who_can_approve(p);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool is_whole = check.whole("/people");
    if (!has(known, list[i]) && is_whole && is_authority(list[i])) {
      check.say(at(where + "/" + name, i), "nobody here has the authority \"" + list[i] + "\"",
                "a person with it, or one of: " +
                    list_names(std::vector<std::string_view>(known.begin(), known.end())));
    } else if (!has(known, list[i]) && is_whole) {
      check.unknown(at(where + "/" + name, i), "person or authority", list[i], known);
    }
    const int who = sim::find_approver(p.people, list[i]);
    for (std::size_t j = 0; j < i; ++j) {
      if (list[j] != list[i] && (who < 0 || sim::find_approver(p.people, list[j]) != who)) continue;
      check.say(at(where + "/" + name, i),
                list[j] == list[i] ? "\"" + list[i] + "\" is named twice"
                                   : "\"" + list[i] + "\" and \"" + list[j] + "\" are the same person",
                "each approver once");
      break;
    }
  }
  const bool counts = !rule.of.empty();
  if (counts && (rule.k < 1 || rule.k > static_cast<std::int64_t>(list.size()))) {
    check.say(where + "/k", "k is " + std::to_string(rule.k) + " of " + std::to_string(list.size()),
              "a number from 1 to " + std::to_string(list.size()));
  }
  if (!counts && rule.k > 0) check.say(where + "/k", "k goes with \"of\"", "no k beside \"" + name + "\"");
}

}  // namespace

void check_people(const Checker& check, const sim::ScenarioParams& p) {
  if (p.people.size() > 200) check.say("/people", "more than 200 people", "at most 200");
  for (std::size_t i = 0; i < p.people.size(); ++i) check_person(check, p, i);
  if (p.approvals.size() > 200) check.say("/approvals", "more than 200 rules", "at most 200");
  for (const auto& rule : p.approvals) check_rule(check, p, rule);
}

}  // namespace breakglass::scenarios
