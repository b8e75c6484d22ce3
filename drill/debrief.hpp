// The debrief: what happened, which tasks were done and which mistakes made, what other strategies would have
// done in the same world; and last, labelled as such, what nobody could have known.
#pragma once

#include <string>
#include <vector>

#include "drill/grade.hpp"
#include "drill/mistakes.hpp"
#include "drill/record.hpp"
#include "drill/tasks.hpp"

namespace breakglass::drill {

struct OtherStrategy {
  std::string name;
  double harm = 0;  // in the same world
};

struct Debrief {
  std::string scenario;
  std::string title;
  std::string mode;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::string harm_unit;
  std::vector<std::pair<std::string, std::string>> decisions;  // local time, canonical line
  std::vector<CriticalTask> tasks;
  std::vector<Finding> mistakes;
  std::vector<std::string> mistake_times;  // local, one a mistake
  double harm = 0;                         // at the horizon, as the world came out
  double estimate = 0;                     // as the room reckoned it at the end of the trainee's part
  std::vector<OtherStrategy> others;
  std::vector<std::string> hindsight;
  double stated_regression = -1;  // last stated; -1: never
  double stated_real = -1;
  bool carried = false;  // the first change carried a regression
  bool was_real = false;
  BypassRecord record;
  Grade grade;  // without decisions: not graded
};

// Of a drill that is over, or as far as it went; graded only if it is over and `how` is given.
Debrief debrief_of(const Drill& drill, const GradeOptions* how = nullptr);

std::string debrief_markdown(const Debrief& debrief);
std::string debrief_json(const Debrief& debrief);

}  // namespace breakglass::drill
