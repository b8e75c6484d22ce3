// One replication told as a timeline: who did what, what was on the dashboards, why it was promoted or rolled
// back. Values; whoever prints chooses widths and colours.
#pragma once

#include <string>
#include <vector>

#include "sim/outcome.hpp"
#include "sim/reason.hpp"
#include "sim/scenario.hpp"
#include "sim/strategy.hpp"
#include "sim/world.hpp"

namespace breakglass::analysis {

enum class LineKind { event, dashboard, decision, fact, hindsight };

struct TimelineLine {
  sim::Time at{};
  std::string clock;  // "Wed 22:07"
  LineKind kind = LineKind::event;
  std::string text;     // one line, no colour
  double belief = -1;   // P(regression) of an ideal observer; -1: none
  double harm = 0;      // so far, in the scenario's unit: what really happened
  double reckoned = 0;  // the same, as people reckon it then (analysis/reckoning.hpp)
};

// What people have found out by the horizon, in contrast to the outcome.
struct Known {
  double harm = 0;                      // as reckoned
  sim::Time verified_at = sim::kNever;  // somebody saw that the harm had stopped, and nobody that it had not
  sim::Time found_at = sim::kNever;     // the first regression that was found in front of traffic
  bool deadline_missed = false;
};

struct Timeline {
  std::vector<TimelineLine> lines;
  Known known;
  sim::World world;  // at the horizon
  sim::Outcome outcome;
};

struct TimelineOptions {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  bool every_reading = false;  // every published reading; otherwise the last before each decision and alarms
  bool hindsight = false;      // also the hidden truth: what the change carried, and what was a false alarm
};

Timeline tell(const sim::Scenario& scenario, const sim::Strategy& strategy, const TimelineOptions& options);

}  // namespace breakglass::analysis
