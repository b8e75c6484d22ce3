// Critical tasks: what an emergency change must not leave out. Passed or failed, each with its evidence;
// listed beside a grade, never averaged into it.
#pragma once

#include <string>
#include <vector>

#include "drill/drill.hpp"

namespace breakglass::drill {

struct CriticalTask {
  std::string name;
  bool passed = false;
  std::string evidence;
};

// Those that apply: a change that never met traffic needs no rollback, and a decoy that was refused needs
// nothing but to be refused.
std::vector<CriticalTask> critical_tasks(const Drill& drill);

// Whether bypassing that element helps nobody: the scenario does not have it, or its category does not allow
// it to be bypassed.
bool is_needless(const sim::ScenarioParams& scenario, const std::string& element);

}  // namespace breakglass::drill
