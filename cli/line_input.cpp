#include "cli/line_input.hpp"

#include <editline/readline.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace breakglass::cli {
namespace {

constexpr std::size_t kLongestLine = 4096;

// The library calls back without an argument of ours.
const Completer* asked = nullptr;
std::vector<std::string> found;

char* next_match(const char*, int state) {
  const auto i = static_cast<std::size_t>(state);
  return i < found.size() ? ::strdup(found[i].c_str()) : nullptr;
}

char** complete(const char* word, int, int end) {
  const std::string line(rl_line_buffer, static_cast<std::size_t>(end));
  found = (*asked)(line);
  rl_attempted_completion_over = 1;  // never file names
  return found.empty() ? nullptr : rl_completion_matches(word, next_match);
}

std::optional<std::string> piped_line() {
  std::string line;
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c == '\n') return line;
    if (line.size() < kLongestLine) line += static_cast<char>(c);
  }
  if (line.empty()) return std::nullopt;
  return line;
}

}  // namespace

bool input_is_terminal() { return ::isatty(STDIN_FILENO) == 1; }

std::optional<std::string> read_line(const std::string& prompt, const Completer& completer) {
  if (!input_is_terminal()) return piped_line();
  asked = &completer;
  rl_attempted_completion_function = complete;
  char* const text = ::readline(prompt.c_str());
  if (text == nullptr) return std::nullopt;
  std::string line(text);
  if (!line.empty()) ::add_history(text);
  std::free(text);
  return line;
}

}  // namespace breakglass::cli
