// The lines of a drill, or of several in a row: of a script, or of standard input.
#pragma once

#include <fstream>
#include <optional>
#include <string>

#include "cli/line_input.hpp"
#include "drill/completion.hpp"
#include "drill/session.hpp"

namespace breakglass::cli {

class Lines {
 public:
  // A path; "-" and "" are standard input.
  explicit Lines(const std::string& script) {
    if (script.empty() || script == "-") return;
    file_.open(script);
    from_file_ = true;
  }
  bool is_open() const { return !from_file_ || file_.is_open(); }
  // The next line that answers a session's prompt; nothing at the end.
  std::optional<std::string> next(const drill::Session& session) {
    return next(from_file_ || !input_is_terminal() ? "" : drill::prompt(session),
                [&](const std::string& line) { return drill::completions(session, line); });
  }
  std::optional<std::string> next(const std::string& prompt, const Completer& completer) {
    ++number_;
    if (!from_file_) return read_line(prompt, completer);
    std::string line;
    if (!std::getline(file_, line)) return std::nullopt;
    return line;
  }
  int number() const { return number_; }  // of the last one, from 1

 private:
  std::ifstream file_;
  bool from_file_ = false;
  int number_ = 0;
};

}  // namespace breakglass::cli
