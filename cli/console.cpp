#include "cli/console.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "cli/exit_status.hpp"

namespace breakglass::cli {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::size_t columns_of(int descriptor) {
  const std::string_view wanted = environment("COLUMNS");
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), columns);
  if (error == std::errc() && end == wanted.data() + wanted.size() && columns > 0) return columns;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return kMaxWidth;
}

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Console look_at_console() {
  Console console;
  console.width = std::clamp(columns_of(STDOUT_FILENO), kMinWidth, kMaxWidth);
  console.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  console.colour =
      console.out_is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  console.err_is_terminal = ::isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb";
  console.err_width = std::clamp(columns_of(STDERR_FILENO), std::size_t{20}, kMaxWidth);
  return console;
}

std::string toned(std::string_view text, Tone tone, bool colour) {
  if (!colour || tone == Tone::plain || text.empty()) return std::string(text);
  const std::string_view code = tone == Tone::dim      ? "\x1b[2m"
                                : tone == Tone::strong ? "\x1b[1m"
                                                       : "\x1b[1;36m";
  return std::string(code) + std::string(text) + "\x1b[0m";
}

void reserve_standard_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Opened the wrong way round, so that using it is an error.
    const int opened = ::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    if (opened < 0) return;
  }
}

int write_stdout(std::string_view text) { return write_all(STDOUT_FILENO, text); }

void write_stderr(std::string_view text) { static_cast<void>(write_all(STDERR_FILENO, text)); }

int finish(std::string_view result, int status) {
  const int error = write_stdout(result);
  if (error == 0) return status;
  if (error != EPIPE) {
    write_stderr("breakglass: error: cannot write to standard output: " + std::string(std::strerror(error)) +
                 "\n");
  }
  return kExitUsage;
}

}  // namespace breakglass::cli
