// What the trainee sees: everything on the screen, and nothing else. A view is made from what was published,
// said and done; the hidden truth (whether the change carries a regression, how much of the harm it removes,
// whether the emergency is one, what answers are still to come) has no field here, and two drills in which
// the trainee has seen the same have equal views.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

// One published measurement of a signal.
struct Point {
  sim::Time at{};      // when it was published
  double change = -1;  // level on the change; -1: no data
  double stable = -1;
  int items = 0;  // judged on the change; before its first traffic: on the version in place
};

struct Chart {
  std::string signal;
  sim::Duration delay{};  // how old a measurement is when it is published
  std::vector<Point> points;
};

enum class Task { no, under_way, done };

struct View {
  sim::Time now{};
  std::string clock;  // local time of the scenario
  std::string phase;
  std::string page;
  std::vector<Message> messages;  // facts, people, process; oldest first
  std::vector<Chart> charts;
  std::string harm_unit;
  double harm_estimate = 0;  // see estimate.hpp
  // Where the change stands.
  bool change_ready = false;
  int step = -1;
  int steps = 0;
  double weight = 0;
  bool step_over = false;
  bool complete = false;  // the rollout is over, and the change serves everybody
  double step_lasted_s = 0;
  double step_lasts_s = 0;
  // What is arranged and done.
  std::string category;  // empty: not classified
  std::vector<std::string> bypasses;
  std::string rule;
  std::string schedule;  // "1% 5m, 10% 10m, …"
  int watchers = 0;
  bool decision_maker = false;
  bool rollback_operator = false;
  bool on_call_cover = false;
  bool communication_owner = false;
  std::vector<std::string> on_the_line;  // who waits for an answer
  std::string status_due;                // the status page, next: "T+40m"; empty: not any more
  Task approvals = Task::no;
  Task gate = Task::no;
  Task rollback = Task::no;  // verified
  Task customers = Task::no;
  Task containment = Task::no;
  Task resolution = Task::no;  // verified
  Task late_gate = Task::no;   // run after promotion
  Task postmortem = Task::no;
  bool over = false;
};

View look(const Drill& drill);

// Of every field: equal views have equal fingerprints.
std::uint64_t fingerprint(const View& view);

}  // namespace breakglass::drill
