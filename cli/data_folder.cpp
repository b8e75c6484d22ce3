#include "cli/data_folder.hpp"

#include <cstdlib>
#include <filesystem>

namespace breakglass::cli {

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

}  // namespace breakglass::cli
