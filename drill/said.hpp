// Lines of an action that hold what somebody says: answers to calls, the status page, an instructor's inject.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drill/action.hpp"

namespace breakglass::drill {

inline constexpr std::string_view kAnswers[] = {"update", "promise", "defer", "delegate"};
inline constexpr std::string_view kInjects[] = {"asleep", "lag", "fault", "call", "say"};

// What is wrong with a line, and what to write instead.
struct WrongLine {
  std::string error;
  std::string hint;
};

// `words` begins with the action's own. Nothing: it was read into `action`.
std::optional<WrongLine> read_said(const std::vector<std::string>& words, Action& action);

// As a line holds it: in quotes where it needs them.
std::string print_word(const std::string& word);

}  // namespace breakglass::drill
