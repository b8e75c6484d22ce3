// The course of a drill: where the change stood, what the room reckoned, what was believed and what really
// happened, over time. Values for charts and tables.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct CoursePoint {
  sim::Time at{};
  std::string clock;     // the same, local
  double weight = 0;     // on the change
  double reckoned = 0;   // harm so far, as the room reckoned it (estimate.hpp)
  double harm = 0;       // harm so far, as it was: hindsight
  double believed = -1;  // P(regression) of an ideal observer; -1: no change was there
};

// What the trainee stated at a moment, and what an ideal observer held then.
struct StatedBelief {
  sim::Time at{};
  std::string clock;
  double regression = -1;  // -1: nothing was said of it
  double real = -1;
  double ideal_regression = 0;  // before a change is there: its base rate
};

struct Course {
  std::vector<CoursePoint> points;  // rising in time; the last one ends the trainee's part
  std::vector<StatedBelief> stated;
  std::int64_t local_zero_s = 0;  // local seconds since 1970-01-01T00:00:00 at the page
};

// Plays the drill again; at least `samples` points, evenly, and one at each action and each piece of news.
Course course_of(const Drill& drill, int samples = 160);

}  // namespace breakglass::drill
