// A second input beside the trainee's: an instructor at another terminal, who writes lines to a file or a
// named pipe. Lines that are there are taken before each of the trainee's; what comes of each is written to
// the file with ".answers" added to its name, where the trainee does not look.
#pragma once

#include <string>
#include <vector>

#include "drill/session.hpp"

namespace breakglass::cli {

class Instructor {
 public:
  Instructor() = default;
  Instructor(const Instructor&) = delete;
  Instructor& operator=(const Instructor&) = delete;
  ~Instructor();

  // Opens `path`; a file that is not there is made. What a file holds already counts as read (`from_start`:
  // does not). "" or why not.
  std::string open(const std::string& path, bool from_start);
  bool is_open() const { return fd_ >= 0; }
  // Gives what has come since to the session.
  void pass_on(drill::Session& session);

 private:
  std::vector<std::string> whole_lines();

  int fd_ = -1;
  std::string answers_;
  std::string begun_;  // a line that has not ended yet
};

}  // namespace breakglass::cli
