#include "cli/drill_log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/data_folder.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

constexpr std::size_t kLongestLog = 16U << 20U;

// A byte more than a log may have shows that it is too long: what never ends (/dev/zero) is read no further.
std::optional<std::string> read_bounded(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> part(1U << 16U);
  while (file && text.size() <= kLongestLog) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof() && text.size() <= kLongestLog) return std::nullopt;
  return text;
}

}  // namespace

std::optional<drill::Log> load_log(const std::string& path) {
  const std::string shown = scenarios::visible(path, 200);
  const auto text = read_bounded(path);
  if (!text) {
    fail(fmt::format("cannot read the log \"{}\"", shown));
    return std::nullopt;
  }
  if (text->size() > kLongestLog) {
    fail(fmt::format("\"{}\" is no log: it is larger than 16 MB", shown));
    return std::nullopt;
  }
  drill::ReadLog read = drill::read_log(*text);
  if (!read.error.empty()) {
    fail(fmt::format("{}: {}", shown, read.error));
    return std::nullopt;
  }
  if (read.log.cut_short) {
    write_stderr(fmt::format(
        "breakglass: note: {}: the last line was begun and never acknowledged; it is left out\n", shown));
  }
  return std::move(read.log);
}

std::shared_ptr<const scenarios::LoadedScenario> load_for_drill(const std::string& name,
                                                                const scenarios::LoadOptions& options) {
  scenarios::Problems problems;
  auto loaded = scenarios::load_scenario(name, options, problems);
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  if (!problems.empty() || !loaded) return nullptr;
  return std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded));
}

std::optional<drill::Drill> play_log(const drill::Log& log, const std::string& path) {
  scenarios::LoadOptions options;
  options.overrides = log.header.overrides;
  const auto loaded = load_for_drill(log.header.scenario, options);
  if (!loaded) return std::nullopt;
  drill::Replayed replayed = drill::replay(log, loaded);
  if (!replayed.drill) {
    fail(fmt::format("{}: {}", scenarios::visible(path, 200), replayed.error));
    return std::nullopt;
  }
  return std::move(replayed.drill);
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

}  // namespace breakglass::cli
