#include "drill/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scenarios/visible.hpp"

namespace breakglass::drill {
namespace {

std::string complaint(const std::string& path, const char* what) {
  return fmt::format("cannot {} \"{}\": {}", what, scenarios::visible(path, 200), std::strerror(errno));
}

}  // namespace

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

std::string Journal::open(const std::string& path, std::size_t keep, bool resume) {
  const int flags = O_RDWR | O_CLOEXEC | O_CREAT | (resume ? 0 : O_EXCL);
  const int fd = ::open(path.c_str(), flags, 0644);
  if (fd < 0) return complaint(path, "write the log");
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fmt::format("the log \"{}\" is being written by another process", scenarios::visible(path, 200));
  }
  if (::ftruncate(fd, static_cast<off_t>(keep)) != 0 || ::lseek(fd, 0, SEEK_END) < 0) {
    const std::string why = complaint(path, "go on with the log");
    ::close(fd);
    return why;
  }
  fd_ = fd;
  size_ = static_cast<long long>(keep);
  path_ = path;
  return "";
}

// Cuts off what stands behind the acknowledged lines.
bool Journal::take_back() {
  is_torn_ = ::ftruncate(fd_, static_cast<off_t>(size_)) != 0 || ::lseek(fd_, 0, SEEK_END) < 0;
  return !is_torn_;
}

std::string Journal::append(const std::string& text) {
  if (is_torn_ && !take_back()) return complaint(path_, "go on with the log");
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = ::write(fd_, text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const std::string why = complaint(path_, "write to the log");
      take_back();
      return why;
    }
    written += static_cast<std::size_t>(n);
  }
  if (::fdatasync(fd_) != 0 && errno != EINVAL && errno != EROFS) {
    const std::string why = complaint(path_, "write to the log");
    take_back();
    return why;
  }
  size_ += static_cast<long long>(text.size());
  return "";
}

}  // namespace breakglass::drill
