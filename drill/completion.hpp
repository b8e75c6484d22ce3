// The words that can stand next in a line, for completion at a prompt: actions, and their arguments as the
// scenario names them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drill/session.hpp"

namespace breakglass::drill {

// `line`: what stands before the cursor. Only words that go on with its last one.
std::vector<std::string> completions(const Session& session, std::string_view line);

}  // namespace breakglass::drill
