// The people of random cases: who may approve, who answers when, who is at work, who is told.
#include <algorithm>
#include <cmath>

#include "tests/sim/random_builder.hpp"

namespace breakglass::tests {
namespace {

double log_rate(Dice& d, double a, double b) { return std::ceil(d.log_between(a, b) * 1e7) / 1e7; }

std::string hour(Dice& d, int from, int to) {
  const int h = d.whole(from, to);
  return (h < 10 ? "0" : "") + std::to_string(h) + (d.chance(0.5) ? ":00" : ":30");
}

// All, any, or k of the list.
sim::ApprovalParams rule_of(Dice& d, const std::string& id, const std::vector<std::string>& list) {
  sim::ApprovalParams rule;
  rule.id = id;
  switch (d.whole(0, 2)) {
    case 0: rule.all = list; break;
    case 1: rule.any = list; break;
    default: rule.of = list; rule.k = d.whole(1, static_cast<int>(list.size()));
  }
  return rule;
}

}  // namespace

void Builder::people() {
  Dice d = dice(13);
  const char* zones[] = {"", "+05:30", "-08:00"};
  const int n = d.whole(1, 4);
  for (int i = 0; i < n; ++i) {
    sim::PersonParams person;
    person.id = "p" + std::to_string(i);
    person.authority = static_cast<sim::Authority>(i);
    person.timezone = zones[d.whole(0, 2)];
    person.answer = {time_about(d, 300), time_about(d, 900)};
    person.miss = d.chance(0.5) ? d.nice(0, 0.6) : 0;
    person.declines = d.chance(0.2) ? d.nice(0, 0.5) : 0;
    person.catches = d.chance(0.2) ? d.nice(0, 0.9) : 0;
    person.impersonated = d.chance(0.1) ? d.nice(0, 0.5) : 0;
    person.page_again = d.seconds(120, 1800);
    // Upwards, to somebody who may give what is asked for, or to nobody else.
    const int to = d.chance(0.4) && n == 4 && d.chance(0.5) ? 3 : i;
    if (to != i) person.escalates_to = "p" + std::to_string(to);
    p.people.push_back(person);
  }
  std::vector<std::string> all;
  for (const auto& person : p.people) all.push_back(person.id);
  p.approvals.push_back(rule_of(d, "rule", all));
  if (d.chance(0.6)) s.approvals = "rule";
}

// Some of the people go into a rule of their own, which the first one names or waits for.
void Builder::second_rule() {
  Dice d = dice(24);
  if (p.people.size() < 2 || !d.chance(0.6)) return;
  std::vector<std::string> first, second;
  for (const auto& person : p.people) {
    const bool by_authority = d.chance(0.3);  // means the first who has it: this person
    const std::string name = by_authority ? std::string(sim::name_of(person.authority)) : person.id;
    (second.empty() || d.chance(0.5) ? second : first).push_back(name);
  }
  if (first.empty()) std::swap(first, second);
  if (second.empty()) return;
  const bool waits = d.chance(0.5);
  if (!waits) first.push_back("before");
  p.approvals = {rule_of(d, "rule", first), rule_of(d, "before", second)};
  if (waits) p.approvals[0].after = "before";
}

// Deputies, nights of their own, refusals, and whose account it was.
void Builder::approvals() {
  second_rule();
  Dice d = dice(25);
  for (auto& person : p.people) {
    if (d.chance(0.3)) person.name = "Somebody";
    if (!d.chance(0.3)) continue;
    person.night_from = hour(d, 20, 23);
    person.night_to = hour(d, 5, 10);
  }
  if (p.people.size() == 4 && d.chance(0.5)) {  // who answers, may approve nothing, and passes it on
    sim::PersonParams deputy = p.people[0];
    deputy.id = "deputy";
    deputy.authority = sim::Authority::none;
    deputy.escalates_to = "p3";
    p.people[0].escalates_to = deputy.id;
    p.people.push_back(deputy);
  }
  s.check_identity = d.chance(0.6);
  s.on_refusal = static_cast<sim::OnRefusal>(d.whole(0, 2));
  s.ask_again = d.seconds(300, 7200);
}

// Whether the emergency is what it seems to be, and who sees it.
void Builder::seeming() {
  Dice d = dice(26);
  if (!d.chance(0.3)) return;
  p.real = d.nice(0.1, 0.95);
  for (auto& person : p.people) {
    if (d.chance(0.5)) person.sees_through = d.nice(0.05, 0.9);
  }
}

void Builder::staffing() {
  Dice d = dice(27);
  const char* dates[] = {"2026-03-04", "2026-03-05", "2026-12-18", "2026-07-26", "2026-11-18"};
  for (const char* date : dates) {
    if (d.chance(0.15)) p.gates.holidays.emplace_back(date);
  }
  if (!d.chance(0.6)) return;
  const char* days[] = {"Mon-Fri", "Mon-Sun", "Wed,Fri", "Sat-Tue"};
  const char* zones[] = {"", "+05:30", "-08:00", "Z"};
  p.staffing.emplace();
  p.staffing->stretch = d.nice(1, 6);
  for (int i = d.whole(1, 3); i > 0; --i) {
    // Now and then past midnight.
    p.staffing->shifts.push_back({days[d.whole(0, 3)], hour(d, 6, 22), hour(d, 8, 23), zones[d.whole(0, 3)]});
  }
}

void Builder::communication() {
  Dice d = dice(28);
  if (!d.chance(0.6)) return;
  p.communication.emplace();
  auto& message = *p.communication;
  message.time = time_about(d, 1800);
  message.informed = d.nice(0, 1);
  message.heeded = d.chance(0.7) ? d.nice(0, 1) : 0;
  message.calms = d.nice(0, 1);
  if (d.chance(0.7)) message.interruptions = {log_rate(d, 1e-5, 2e-3), time_about(d, 200)};
  s.communicate = d.chance(0.7);
}

void Builder::readiness() {
  Dice d = dice(29);
  if (d.chance(0.6)) p.response.decide = time_about(d, 300);
  if (d.chance(0.6)) p.response.find_decider = time_about(d, 1500);
  if (d.chance(0.6)) p.response.muster = time_about(d, 900);
  if (d.chance(0.5)) p.response.postmortem = time_about(d, 20'000);
  s.decision_maker = d.chance(0.5);
  s.staff_rollback = d.chance(0.5);
  s.on_call_cover = d.chance(0.3);
  s.monitoring.automatic = d.chance(0.3);
  s.postmortem = d.chance(0.8);
  if (d.chance(0.3)) s.promote_after = d.seconds(1, 1800);
  if (p.gates.change_window) p.gates.change_window->staffed_promotions = d.chance(0.5);
}

}  // namespace breakglass::tests
