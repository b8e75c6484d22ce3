// Finished drills in a history, and out of it again.
#pragma once

#include <string>
#include <vector>

#include "history/database.hpp"
#include "history/played.hpp"

namespace breakglass::history {

// The schema, a step a version. A step that has been released is never changed; a new one follows it.
Migrations migrations();

struct Recorded {
  std::string error;  // "" on success; then the history is what it was
  std::int64_t id = 0;
  bool is_new = false;
};
// Once a log, however often it is recorded: what a later call knows more of (the grade, the posteriors) is
// filled in, and nothing that is there is replaced.
Recorded record(Database& database, const Played& played);

struct Loaded {
  std::vector<Played> drills;  // in the order in which they ended, then in which they were recorded
  std::string error;
};
Loaded load(Database& database);

}  // namespace breakglass::history
