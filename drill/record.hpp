// The bypass record that the discipline asks for: what happened, what was bypassed and why, what made up for
// it, who approved and when, what the outcome was. The game writes it as the trainee goes.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct RecordedBypass {
  std::string element;
  std::string reason;
  std::string compensation;
  std::string at;  // local time of the decision
};

struct RecordedApproval {
  std::string at;
  std::string what;  // "Ravi Menon (security-lead) approves"
};

struct BypassRecord {
  std::string scenario;
  std::string title;
  std::string paged;  // local date and time
  std::string page;
  std::string category;  // as classified; "not classified"
  std::vector<RecordedBypass> bypasses;
  std::string rule;
  std::vector<RecordedApproval> approvals;      // answers of all kinds
  std::vector<RecordedApproval> events;         // what was done, in order: steps, rollbacks, verifications
  std::vector<RecordedApproval> communication;  // who called, what they were told, and what was not done
  std::string outcome;
  std::vector<std::pair<std::string, std::string>> review;  // question, answer
};

BypassRecord record_of(const Drill& drill);
std::string record_markdown(const BypassRecord& record);
std::string record_json(const BypassRecord& record);

}  // namespace breakglass::drill
