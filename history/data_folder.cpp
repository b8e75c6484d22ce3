#include "history/data_folder.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cctype>
#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace breakglass::history {

std::string data_folder() {
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return (std::filesystem::path(data) / "breakglass").string();
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return "";
  return (std::filesystem::path(home) / ".local" / "share" / "breakglass").string();
}

std::string history_path(const std::string& named) {
  if (!named.empty()) return named;
  if (const char* chosen = std::getenv("BREAKGLASS_HISTORY"); chosen != nullptr && *chosen != 0)
    return chosen;
  const std::filesystem::path folder = data_folder();
  if (folder.empty()) return "";
  return (folder / "history.db").string();
}

std::string new_log_path(const std::string& scenario) {
  if (data_folder().empty()) return "";
  const std::filesystem::path folder = std::filesystem::path(data_folder()) / "drills";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return "";
  const std::string stamp = fmt::format("{:%Y%m%d-%H%M%S}", fmt::localtime(std::time(nullptr)));
  std::string plain;
  for (const char c : scenario)
    plain += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ? c : '_';
  std::filesystem::path path = folder / fmt::format("{}-{}.jsonl", plain, stamp);
  for (int n = 2; std::filesystem::exists(path, error); ++n)
    path = folder / fmt::format("{}-{}-{}.jsonl", plain, stamp, n);
  return path.string();
}

}  // namespace breakglass::history
