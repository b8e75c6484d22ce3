// The game in a window: a program of its own beside this one, so that this one needs no display and no
// OpenGL.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"

namespace breakglass::cli {
namespace {

constexpr const char* kWindow = "breakglass-viz";

// Where this program is, if the window's stands beside it; otherwise its bare name, for PATH.
std::string window_program() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path beside = self.parent_path() / kWindow;
  return !error && std::filesystem::exists(beside, error) ? beside.string() : kWindow;
}

std::vector<std::string> words_of(const DrillRequest& request) {
  std::vector<std::string> words{kWindow, "play"};
  const auto option = [&](const char* name, const std::string& value) {
    if (!value.empty()) words.push_back(fmt::format("{}={}", name, value));
  };
  option("--seed", std::to_string(request.seed));
  option("--replication", std::to_string(request.replication));
  option("--mode", request.mode);
  option("--log", request.log);
  option("--tutorial", request.tutorial);
  for (const std::string& set : request.world.load.overrides) option("--set", set);
  option("--history", request.history.path);
  if (request.history.off) words.emplace_back("--no-history");
  if (!request.world.scenario.empty()) words.push_back(request.world.scenario);
  return words;
}

}  // namespace

int run(const PlayRequest& request, const Console&) {
  std::vector<std::string> words = words_of(request.drill);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execvp(window_program().c_str(), arguments.data());
  const std::string instead =
      request.drill.world.scenario.empty() ? "pii-leak" : request.drill.world.scenario;
  write_stderr(render({{fmt::format("cannot start the window, {}: {}", kWindow, std::strerror(errno)),
                        {"it is built where Dear ImGui, GLFW and OpenGL are installed",
                         "play in the terminal: breakglass drill " + instead}}}));
  return kExitUsage;
}

}  // namespace breakglass::cli
