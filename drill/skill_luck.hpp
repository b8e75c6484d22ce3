// From what was to be expected at the page to what it came to, step by step: what each decision changed, and
// what luck changed after it. The steps add up; small ones are put together.
#pragma once

#include <string>
#include <vector>

#include "drill/grade.hpp"

namespace breakglass::drill {

struct HarmStep {
  enum class Kind { at_page, decision, luck, other_decisions, other_luck, in_the_end } kind = Kind::at_page;
  int number = 0;  // of the decision that it is or follows, counting those that count; 0: of none
  std::string clock;
  std::string did;    // of a decision
  double amount = 0;  // harm: a total of at_page and in_the_end, otherwise what it adds
};

// A step of its own is at least this share of the stake, and among so many of its kind.
inline constexpr double kShownStep = 0.02;
inline constexpr int kShownSteps = 6;

// Of a grade that is not empty; its first step is at_page, its last in_the_end.
std::vector<HarmStep> harm_steps(const Grade& grade);

}  // namespace breakglass::drill
