#include "history/played.hpp"

#include <algorithm>

namespace breakglass::history {

int passed_tasks(const Played& played) {
  return static_cast<int>(
      std::count_if(played.tasks.begin(), played.tasks.end(), [](const DoneTask& t) { return t.passed; }));
}

}  // namespace breakglass::history
