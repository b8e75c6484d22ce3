#include "drill/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/timeline_text.hpp"
#include "drill/moments.hpp"
#include "scenarios/quantity.hpp"

namespace breakglass::drill {
namespace {

using K = sim::ReasonKind;

std::string when(const Drill& drill, sim::Time at) {
  return sim::format_weekday_time(drill.scenario().clock, at);
}

bool is_answer(K kind) {
  switch (kind) {
    case K::approval_asked:
    case K::answered:
    case K::answered_twice:
    case K::took_own_place:
    case K::page_missed:
    case K::passed_on:
    case K::caught:
    case K::declined:
    case K::refused:
    case K::impostor_noticed:
    case K::impostor_believed:
    case K::approved: return true;
    default: return false;
  }
}

bool is_deed(K kind) {
  switch (kind) {
    case K::message_out:
    case K::rollback_verified:
    case K::containment_on:
    case K::containment_off:
    case K::deploying:
    case K::step:
    case K::verdict_failed:
    case K::rollback_asked:
    case K::rollback_began:
    case K::rolled_back:
    case K::complete:
    case K::resolution_verified:
    case K::not_resolved:
    case K::late_gate_passed:
    case K::late_gate_flagged:
    case K::late_real:
    case K::late_false:
    case K::refined:
    case K::closed: return true;
    default: return false;
  }
}

// What was told of each reason that is news, in the same order.
void add_told(const Drill& drill, BypassRecord& record) {
  std::size_t told = 0;
  for (const sim::Reason& r : drill.reasons) {
    if (!is_news(r)) continue;
    while (!drill.told[told].of_world) ++told;
    const Message& message = drill.told[told++];
    if (is_answer(r.kind)) record.approvals.push_back({when(drill, r.at), message.text});
    if (is_deed(r.kind)) record.events.push_back({when(drill, r.at), message.text});
  }
}

std::string decided_at(const Drill& drill, const std::string& element) {
  sim::Time at{};
  for (const Entry& entry : drill.entries) {
    if (entry.action.verb == Verb::bypass && entry.action.subject == element) at = entry.at;
  }
  return when(drill, at);
}

std::string outcome_text(const Drill& drill) {
  const sim::World& w = drill.world;
  if (drill.notes.refused) return "refused: " + drill.notes.refusal + "; it goes to the normal queue";
  if (first_traffic(drill) == sim::kNever) return "nothing was shipped";
  std::string text = w.rollout.weight >= 1 ? "the change serves 100% of traffic"
                     : w.rollout.weight > 0
                         ? fmt::format("the change serves {} of traffic", analysis::percent(w.rollout.weight))
                         : "the change was taken back";
  text += w.record.verified ? "; the resolution is verified" : "; the resolution is not verified";
  return text;
}

}  // namespace

BypassRecord record_of(const Drill& drill) {
  const sim::ScenarioParams& p = drill.scenario().params;
  BypassRecord record;
  record.scenario = p.id;
  record.title = p.title;
  record.paged = p.start;
  record.page = p.brief.page;
  record.category =
      drill.notes.category ? std::string(sim::name_of(*drill.notes.category)) : "not classified";
  for (const sim::BypassParams& b : drill.seat.params.bypasses) {
    record.bypasses.push_back(
        {b.id, b.reason, std::string(sim::name_of(b.compensation)), decided_at(drill, b.id)});
  }
  record.rule = drill.seat.params.approvals;
  add_told(drill, record);
  for (const DeskNote& n : drill.desk.notes)
    record.communication.push_back({when(drill, n.at), (n.fault ? "NOT DONE: " : "") + n.text});
  record.outcome = outcome_text(drill);
  record.review = drill.notes.review;
  return record;
}

std::string record_markdown(const BypassRecord& r) {
  std::string out = fmt::format("# Bypass record: {}\n\n", r.title.empty() ? r.scenario : r.title);
  out += fmt::format("* Scenario: {} (a drill)\n* Paged: {}\n* Category: {}\n* Approval rule: {}\n\n{}\n",
                     r.scenario, r.paged, r.category, r.rule.empty() ? "none chosen" : r.rule, r.page);
  out += "\n## What was bypassed\n\n";
  if (r.bypasses.empty()) out += "Nothing.\n";
  for (const RecordedBypass& b : r.bypasses) {
    out += fmt::format("* **{}** ({}): {}. Compensation: {}.\n", b.element, b.at, b.reason, b.compensation);
  }
  out += "\n## Who was asked, and what they said\n\n";
  if (r.approvals.empty()) out += "Nobody.\n";
  for (const RecordedApproval& a : r.approvals) out += fmt::format("* {}: {}\n", a.at, a.what);
  out += "\n## What was done\n\n";
  if (r.events.empty()) out += "Nothing.\n";
  for (const RecordedApproval& e : r.events) out += fmt::format("* {}: {}\n", e.at, e.what);
  out += "\n## Who called, and what was told\n\n";
  if (r.communication.empty()) out += "Nobody.\n";
  for (const RecordedApproval& c : r.communication) out += fmt::format("* {}: {}\n", c.at, c.what);
  out += "\n## Outcome\n\n" + r.outcome + ".\n";
  for (const auto& [question, answer] : r.review) out += fmt::format("\n### {}\n\n{}\n", question, answer);
  return out;
}

std::string record_json(const BypassRecord& r) {
  nlohmann::ordered_json out;
  out["scenario"] = r.scenario;
  out["title"] = r.title;
  out["paged"] = r.paged;
  out["page"] = r.page;
  out["category"] = r.category;
  out["bypasses"] = nlohmann::ordered_json::array();
  for (const RecordedBypass& b : r.bypasses) {
    out["bypasses"].push_back(
        {{"element", b.element}, {"at", b.at}, {"reason", b.reason}, {"compensation", b.compensation}});
  }
  out["rule"] = r.rule;
  const auto list = [&](const std::vector<RecordedApproval>& items) {
    auto json = nlohmann::ordered_json::array();
    for (const RecordedApproval& item : items) json.push_back({{"at", item.at}, {"what", item.what}});
    return json;
  };
  out["approvals"] = list(r.approvals);
  out["events"] = list(r.events);
  out["communication"] = list(r.communication);
  out["outcome"] = r.outcome;
  for (const auto& [question, answer] : r.review) out["review"][question] = answer;
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace breakglass::drill
