#include "scenarios/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "scenarios/nearest.hpp"

namespace breakglass::scenarios {
namespace {

namespace fs = std::filesystem;

// An open file that closes itself; standard input stays open.
class File {
 public:
  explicit File(int handle) : handle_(handle) {}
  File(File&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  File& operator=(File&&) = delete;
  ~File() {
    if (handle_ > STDERR_FILENO) ::close(handle_);
  }
  int handle() const { return handle_; }

  // Like read(2), but tries again when a signal came between.
  ssize_t read(char* buffer, std::size_t size) const {
    for (;;) {
      const ssize_t got = ::read(handle_, buffer, size);
      if (got >= 0 || errno != EINTR) return got;
    }
  }

 private:
  int handle_;
};

std::string shown_name(const std::string& path) { return path == "-" ? "standard input" : path; }

void complain(Problems& problems, const std::string& path, std::string what, std::string expected = {},
              std::string hint = {}) {
  const int source = problems.add_source(shown_name(path), {});
  problems.add_at(whole(source), std::move(what), std::move(expected), std::move(hint));
}

// The file in the same folder whose name is closest to the one that is not there.
std::string nearest_file(const std::string& path) {
  constexpr std::size_t kMostEntries = 10'000;
  const fs::path wanted(path);
  const fs::path folder = wanted.has_parent_path() ? wanted.parent_path() : fs::path(".");
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator() && names.size() < kMostEntries; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  // A folder lists its entries in any order; the guess should not change from run to run.
  std::sort(names.begin(), names.end());
  const std::string_view near = nearest(wanted.filename().string(), names);
  if (near.empty()) return {};
  return "did you mean \"" +
         (wanted.has_parent_path() ? (wanted.parent_path() / near).string() : std::string(near)) + "\"?";
}

// The first folder of the path that does not exist, "" if all do.
std::string missing_folder(const std::string& path) {
  fs::path folder = fs::path(path).parent_path();
  std::string missing;
  std::error_code error;
  while (!folder.empty() && folder != folder.root_path() && !fs::exists(folder, error)) {
    missing = folder.string();
    folder = folder.parent_path();
  }
  return missing;
}

void cannot_open(Problems& problems, const std::string& path, int error) {
  switch (error) {
    case ENOENT: {
      const std::string folder = missing_folder(path);
      if (!folder.empty())
        return complain(problems, path, "there is no folder \"" + folder + "\"", {}, nearest_file(folder));
      return complain(problems, path, "there is no such file", {}, nearest_file(path));
    }
    case EACCES:
    case EPERM: return complain(problems, path, "no permission to read it");
    case ENOTDIR: return complain(problems, path, "a part of this path is a file, not a folder");
    case ELOOP: return complain(problems, path, "its links go round in a circle");
    case ENAMETOOLONG: return complain(problems, path.substr(0, 60) + "...", "the path is too long");
    default: return complain(problems, path, std::string("it cannot be opened: ") + std::strerror(error));
  }
}

std::optional<File> open_file(const std::string& path, Problems& problems, struct stat& status) {
  if (path.empty()) {
    complain(problems, "\"\"", "the path is empty");
    return {};
  }
  File file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.handle() < 0 || ::fstat(file.handle(), &status) != 0) {
    cannot_open(problems, path, errno);
    return {};
  }
  if (S_ISDIR(status.st_mode)) {
    complain(problems, path, "this is a folder", "a file");
    return {};
  }
  return file;
}

std::string megabytes(std::uint64_t bytes) {
  constexpr std::uint64_t kMega = std::uint64_t{1} << 20;
  return bytes < kMega ? std::to_string(bytes) + " bytes" : std::to_string(bytes / kMega) + " MB";
}

}  // namespace

std::optional<int> read_file(const std::string& path, Problems& problems, std::size_t budget) {
  struct stat status{};
  const std::optional<File> file = open_file(path, problems, status);
  if (!file) return {};
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  const bool is_regular = S_ISREG(status.st_mode);
  if (is_regular && size > budget) {
    complain(problems, path, "too large: " + megabytes(size), "at most " + megabytes(budget));
    return {};
  }
  // A file can grow while it is read, and a pipe has no size: so the budget is held here too.
  std::string text(is_regular ? static_cast<std::size_t>(size) + 1 : std::size_t{4096}, '\0');
  std::size_t used = 0;
  for (;;) {
    if (used == text.size()) text.resize(std::min(text.size() * 2, budget + 1));
    const ssize_t got = file->read(text.data() + used, text.size() - used);
    if (got < 0) {
      complain(problems, path, std::string("it cannot be read: ") + std::strerror(errno));
      return {};
    }
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > budget) {
      complain(problems, path, "too large: more than " + megabytes(budget), "at most " + megabytes(budget));
      return {};
    }
  }
  text.resize(used);
  return problems.add_source(shown_name(path), std::move(text));
}

std::optional<ChunkSource> open_chunks(const std::string& path, Problems& problems) {
  struct stat status{};
  std::optional<File> file = open_file(path, problems, status);
  if (!file) return {};
  // Shared, because std::function copies what it holds.
  const auto shared = std::make_shared<File>(std::move(*file));
  return ChunkSource([shared](char* buffer, std::size_t size) {
    const ssize_t got = shared->read(buffer, size);
    return got < 0 ? kReadFailed : static_cast<std::size_t>(got);
  });
}

}  // namespace breakglass::scenarios
