// What a trainee does, as values. One line of text an action, the same in a terminal, a script and a log:
//
//     classify security
//     bypass change-window on-call-cover "it is 22:00 and the leak grows"
//     schedule 1%/5m 10%/10m 50%/15m 100%/30m
//     ask-approval
//     promote
//
// Printing an action gives its canonical line, and reading that gives the action again.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/command.hpp"
#include "sim/model/rollout.hpp"

namespace breakglass::drill {

enum class Verb {
  classify,   // subject: a category, or none
  believe,    // regression and real: probabilities
  bypass,     // subject: element; detail: compensation; reason
  keep,       // subject: element
  schedule,   // subject: a shipped strategy; or steps
  rule,       // subject: the approval rule that is needed
  assign,     // subject: a duty
  relieve,    // subject: a duty
  watchers,   // subject: how many
  automatic,  // subject: on or off: a failed verdict rolls back by itself
  mitigate,   // subject: which mitigation `contain` switches on
  order,      // order; detail: to which step, counted from 1
  hold,       // reason
  refuse,     // reason: not an emergency; the change goes to the normal queue
  review,     // subject: a question of the postmortem; reason: the answer
  close,      // the trainee's part is over
  answer,  // subject: a call's number; detail: how; said: what is known, what is not, what is next; or a time
  status,  // said: what the status page says is known, is not, and is next
  inject,  // subject: what an instructor throws in; said: the rest of the line (inject.hpp)
};

struct Action {
  Verb verb = Verb::hold;
  sim::Order order = sim::Order::ship;
  std::string subject;
  std::string detail;
  std::string reason;
  double regression = -1;  // believe: -1 leaves it as it was
  double real = -1;
  std::vector<sim::StepParams> steps;
  std::vector<std::string> said;
};

// How an action is written, for help and completion.
struct Usage {
  std::string_view word;
  std::string_view arguments;  // "ELEMENT COMPENSATION \"reason\""
  std::string_view about;
  std::string_view phase;  // where it usually belongs
};
std::span<const Usage> usages();

inline constexpr std::string_view kDuties[] = {"decision-maker", "rollback-operator", "on-call-cover",
                                               "communication-owner"};
inline constexpr std::string_view kQuestions[] = {"timeline",     "root-cause",  "contributing-factors",
                                                  "blast-radius", "what-worked", "actions"};

// Either an action, or what is wrong with the line and what to write instead. `error` is empty on success.
struct ReadAction {
  Action action;
  std::string error;
  std::string hint;
};
// `line` is one line without its break; at most 4,000 bytes. Names of the scenario's own (rules, mitigations,
// strategies) are checked by drill.hpp's `query`.
ReadAction read_action(std::string_view line);

// Of an action that is an order.
sim::Command command_of(const Action& action);

// The canonical line.
std::string print_action(const Action& action);

}  // namespace breakglass::drill
