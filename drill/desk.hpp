// The desk of whoever leads the response: people who call for a word, and the status page that is due.
//
// A call comes at a drawn moment (sim/model/inquiries.hpp) and waits for as long as its caller is patient.
// Once the message to customers is out, as many of the calls that are still to come stay away as the scenario
// says of interruptions. Where a communication owner is assigned, they take every call and keep the status
// page; otherwise the trainee answers, and is on the telephone meanwhile: simulated time passes in which
// nothing else can be done. What was not answered, not kept or not published is noted. Calls change nothing
// else in the world.
#pragma once

#include <string>
#include <vector>

#include "sim/model/inquiries.hpp"
#include "sim/scenario.hpp"
#include "sim/world.hpp"

namespace breakglass::drill {

struct Drill;
struct Action;

// What the trainee was told, as it read then.
struct Message {
  sim::Time at{};
  std::string text;
  bool of_world = true;  // of something that happened in the world; else at the desk, or by an instructor
};

struct Call {
  enum class State { to_come, ringing, promised, over } state = State::to_come;
  sim::Caller from = sim::Caller::manager;
  std::string text;
  sim::Duration patience{};
  int number = 0;       // as the trainee knows it, from 1; 0: it has not come yet
  int index = 0;        // of its draws
  int times = 0;        // it has come
  sim::Time at{};       // to_come: when it comes
  sim::Time until{};    // ringing: when the caller gives up; promised: when the answer is due
  double calmness = 1;  // it stays away where the share that the message calms is above this
};

struct StatusDue {
  sim::Time at{};
  bool over = false;  // it has been met or missed
};

// What the rules have written down of a call or of the status page.
struct DeskNote {
  sim::Time at{};
  std::string text;
  bool fault = false;  // not answered, not kept, not published
};

struct Desk {
  std::vector<Call> calls;
  std::vector<StatusDue> due;
  bool has_owner = false;
  int rung = 0;
  sim::Time last_status = sim::kNever;
  std::vector<DeskNote> notes;
};

// "a manager"
std::string_view name_of(sim::Caller caller);

Desk open_desk(const sim::Scenario& scenario, const sim::World& world);

// A call that comes now, out of the scenario's order.
void ring_now(Drill& drill, sim::Caller from, std::string text);

// Everything that has happened at the desk up to the drill's present.
void catch_up(Drill& drill);
// The next moment at which something happens at it; kNever: none.
sim::Time next_at_desk(const Drill& drill);

// Why the desk cannot do that now; empty: it can, or the action is not for it.
std::string query_desk(const Drill& drill, const Action& action);
// Does it, and lets the time pass that it takes.
void submit_desk(Drill& drill, const Action& action);

// Who waits on the line, in words: "call 2, a regulator: … (hangs up in 8 min)".
std::vector<std::string> on_the_line(const Drill& drill);

// When the status page is due next: "T+40m"; empty: not any more.
std::string status_due(const Drill& drill);

}  // namespace breakglass::drill
