// Many questions, answered by several threads and remembered in their order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/sweep/journal.hpp"

namespace breakglass::analysis {

// A question with a name of its own, and how it is answered. Pure: the answer depends on nothing but the
// question. May throw IllegalSituation.
struct Unit {
  std::string name;
  std::function<std::vector<double>()> answer;
};

enum class Ended { all, stopped, failed };

struct Ending {
  Ended how = Ended::all;
  std::string why;  // of a failure: problems as printed, or a complaint about the checkpoint
};

// Called on the calling thread, some ten times a second, with how many of these units are answered; returns
// false to stop: what is being answered then is waited for, and remembered if it is the next.
using UnitProgress = std::function<bool(std::size_t done)>;

// Answers those that the journal does not know. They enter it in the order of the list, whatever the number
// of threads, so that the file's bytes do not depend on it.
Ending answer_all(const std::vector<Unit>& units, unsigned threads, Journal& journal,
                  const UnitProgress& progress);

}  // namespace breakglass::analysis
