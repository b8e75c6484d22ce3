// The debrief: what happened, which tasks were done and which mistakes made, what each decision was worth,
// what other strategies would have done in the same world; and last, labelled as such, what nobody could have
// known. It is one page, in the order in which looking back helps most: the record first, then the trainee's
// own second thoughts, and only then the verdict.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drill/course.hpp"
#include "drill/grade.hpp"
#include "drill/mistakes.hpp"
#include "drill/page.hpp"
#include "drill/record.hpp"
#include "drill/situation.hpp"
#include "drill/tasks.hpp"

namespace breakglass::drill {

struct OtherStrategy {
  std::string name;
  double harm = 0;  // in the same world
};

// What the trainee did, as it stands in the log.
struct DoneAction {
  sim::Time at{};
  std::string clock;
  std::string line;
};

// A decision that counts, numbered from 1.
struct NumberedDecision {
  std::size_t index = 0;  // in Grade::decisions
  Situation situation;    // before it
  bool again = false;     // to be looked at again: it is labelled, or one of the weightiest
};

struct Debrief {
  std::string scenario;
  std::string hash;
  std::string title;
  std::string mode;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::optional<Branch> branch;  // it went on from another drill
  std::string harm_unit;
  std::vector<DoneAction> actions;
  std::vector<CriticalTask> tasks;
  std::vector<Finding> mistakes;
  std::vector<std::string> mistake_times;  // local, one a mistake
  double harm = 0;                         // at the horizon, as the world came out
  double estimate = 0;                     // as the room reckoned it at the end of the trainee's part
  std::vector<OtherStrategy> others;
  std::vector<std::string> hindsight;
  Course course;
  double stated_regression = -1;  // last stated; -1: never
  double stated_real = -1;
  bool carried = false;  // the first change carried a regression
  bool was_real = false;
  BypassRecord record;
  Grade grade;  // without decisions: not graded
  std::vector<NumberedDecision> numbered;
};

// Fewer labelled decisions than this are filled up with those whose options lie farthest apart.
inline constexpr std::size_t kLeastAgain = 3;

inline constexpr std::string_view kOwnWords[] = {"What surprised you?",
                                                 "Which decision would you take again, and which not?",
                                                 "What would you change in your own process tomorrow?"};

// Of a drill that is over, or as far as it went; graded only if it is over and `how` is given.
Debrief debrief_of(const Drill& drill, const GradeOptions* how = nullptr);

Page debrief_page(const Debrief& debrief);
// The same as JSON; every number that the page's sentences name stands in it. Its schema: debrief_schema().
std::string debrief_json(const Debrief& debrief);
std::string debrief_schema();

// The squared error of a stated probability: 0 is best, 0.25 is what 50% earns.
double brier(double stated, bool truth);

}  // namespace breakglass::drill
