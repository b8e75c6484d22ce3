#include "cli/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

std::string complaint(const std::string& path, int error) {
  return "cannot write \"" + scenarios::visible(path) + "\": " + std::strerror(error);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Where the bytes end up: links resolved, if there is anything to resolve.
std::string resolved(const std::string& path) {
  char* real = ::realpath(path.c_str(), nullptr);
  if (real == nullptr) return path;
  std::string out(real);
  std::free(real);  // NOLINT(cppcoreguidelines-no-malloc): realpath's own allocation
  return out;
}

int write_bytes(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// The permissions that a file created in the ordinary way would get.
mode_t ordinary_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

int write_device(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return errno;
  const int error = write_bytes(descriptor, text);
  return ::close(descriptor) != 0 && error == 0 ? errno : error;
}

// A text on its way to its target.
struct Draft {
  std::string temporary;  // empty: it went to a device, and there is nothing to rename
  std::string target;
};

int write_draft(const std::string& target, mode_t mode, std::string_view text, Draft& draft) {
  std::string name = folder_of(target) + "/.breakglass-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return errno;
  draft = {name, target};
  int error = write_bytes(descriptor, text);
  if (error == 0 && ::fchmod(descriptor, mode) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

// errno of why the path cannot be a target, or 0. `mode` is 0 for what is not there yet.
int look_at(const std::string& path, mode_t& mode) {
  struct stat about{};
  mode = 0;
  if (::stat(path.c_str(), &about) != 0) return errno == ENOENT ? 0 : errno;
  mode = about.st_mode;
  if (S_ISDIR(mode)) return EISDIR;
  return ::access(path.c_str(), W_OK) == 0 ? 0 : errno;
}

std::string prepare_output(const OutputText& output, std::vector<Draft>& drafts) {
  mode_t mode = 0;
  const std::string target = resolved(output.path);
  int error = look_at(target, mode);
  if (error == 0 && mode != 0 && !S_ISREG(mode)) {
    error = write_device(target, output.text);
  } else if (error == 0) {
    Draft draft;
    error = write_draft(target, mode != 0 ? mode & 07777 : ordinary_mode(), output.text, draft);
    if (!draft.temporary.empty()) drafts.push_back(draft);
  }
  return error == 0 ? std::string() : complaint(output.path, error);
}

void discard(const std::vector<Draft>& drafts) {
  for (const Draft& draft : drafts) ::unlink(draft.temporary.c_str());
}

}  // namespace

std::string writing_problem(const std::string& path) {
  mode_t mode = 0;
  const std::string target = resolved(path);
  if (const int error = look_at(target, mode); error != 0) return complaint(path, error);
  if (mode != 0 && !S_ISREG(mode)) return {};
  return ::access(folder_of(target).c_str(), W_OK | X_OK) == 0 ? std::string() : complaint(path, errno);
}

std::string write_files(std::span<const OutputText> outputs) {
  std::vector<Draft> drafts;
  for (const OutputText& output : outputs) {
    if (std::string problem = prepare_output(output, drafts); !problem.empty()) {
      discard(drafts);
      return problem;
    }
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (::rename(drafts[i].temporary.c_str(), drafts[i].target.c_str()) == 0) continue;
    const int error = errno;
    discard({drafts.begin() + static_cast<std::ptrdiff_t>(i), drafts.end()});
    return complaint(drafts[i].target, error);
  }
  return {};
}

}  // namespace breakglass::cli
