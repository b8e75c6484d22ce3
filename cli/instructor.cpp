#include "cli/instructor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "drill/screen_text.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

constexpr std::size_t kLongestLine = 4096;

}  // namespace

Instructor::~Instructor() {
  if (fd_ >= 0) ::close(fd_);
}

std::string Instructor::open(const std::string& path, bool from_start) {
  // A pipe is opened for writing too, so that it does not end when the instructor's program does.
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0644);
  struct stat about{};
  if (fd_ < 0 || ::fstat(fd_, &about) != 0)
    return fmt::format("cannot follow the instructor\'s \"{}\": {}", scenarios::visible(path, 200),
                       std::strerror(errno));
  if (!S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode)) {
    ::close(fd_);
    fd_ = -1;
    return fmt::format("the instructor\'s \"{}\" is neither a file nor a named pipe",
                       scenarios::visible(path, 200));
  }
  if (S_ISREG(about.st_mode) && !from_start) ::lseek(fd_, 0, SEEK_END);
  answers_ = path + ".answers";
  return "";
}

std::vector<std::string> Instructor::whole_lines() {
  std::vector<std::string> out;
  char part[4096];
  for (ssize_t n = ::read(fd_, part, sizeof part); n > 0; n = ::read(fd_, part, sizeof part)) {
    for (ssize_t i = 0; i < n; ++i) {
      if (part[i] != '\n') {
        if (begun_.size() < kLongestLine) begun_ += part[i];
        continue;
      }
      out.push_back(std::move(begun_));
      begun_.clear();
    }
  }
  return out;
}

void Instructor::pass_on(drill::Session& session) {
  if (!is_open() || session.done) return;
  for (const std::string& line : whole_lines()) {
    if (line.find_first_not_of(" \t\r") == std::string::npos || line.starts_with('#')) continue;
    const std::string at = drill::clock_text(drill::look(session.drill));
    const std::string wrong = drill::obey_instructor(session, line);
    std::ofstream(answers_, std::ios::app)
        << fmt::format("{} {}: {}\n", at, scenarios::visible(line, 200), wrong.empty() ? "done" : wrong);
    if (!session.stuck.empty() || !session.failure.empty()) return;
  }
}

}  // namespace breakglass::cli
