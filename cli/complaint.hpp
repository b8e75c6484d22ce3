// What is wrong with a command line, said like what is wrong with a file: what it is, then what to write
// instead.
//
//     breakglass: error: unknown option "--sed"
//       = did you mean "--seed"?
#pragma once

#include <string>
#include <vector>

namespace breakglass::cli {

struct Complaint {
  std::string what;                // no full stop, safe for a terminal
  std::vector<std::string> notes;  // empty ones are skipped
};

std::string render(const std::vector<Complaint>& complaints);

}  // namespace breakglass::cli
