// Which drills of a history are wanted.
#pragma once

#include <string>

#include "history/played.hpp"

namespace breakglass::history {

struct Filter {
  std::string scenario;  // empty: every one; likewise below
  std::string mode;
  std::string since;     // "2026-11-25T00:00:00Z": ended then or later
  std::string mistakes;  // "any", "none", or the id of one
};

bool matches(const Filter& filter, const Played& played);

}  // namespace breakglass::history
