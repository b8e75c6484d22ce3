// breakglass-viz: the window over one run, or a picture of it.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/load.hpp"
#include "scenarios/visible.hpp"
#include "viz/arguments.hpp"
#include "viz/headless.hpp"
#include "viz/window.hpp"

namespace breakglass::viz {
namespace {

constexpr int kOk = 0;
constexpr int kFailed = 1;  // the display, the disk
constexpr int kUsed = 2;    // wrongly: the command line, a file

void complain(const std::string& what) {
  fmt::print(stderr, "breakglass-viz: error: {}\n", scenarios::visible(what));
}

// Whole or not at all: written beside the target, then renamed over it.
std::string write_file(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  const auto failed = [&](const char* what) {
    return fmt::format("cannot {} \"{}\": {}", what, path, std::strerror(errno));
  };
  std::FILE* file = std::fopen(part.c_str(), "wb");
  if (file == nullptr) return failed("write");
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  std::string problem = written ? "" : failed("write");
  if (std::fclose(file) != 0 && problem.empty()) problem = failed("write");
  if (problem.empty() && std::rename(part.c_str(), path.c_str()) != 0) problem = failed("replace");
  if (!problem.empty()) std::remove(part.c_str());
  return problem;
}

std::optional<RunView> load_view(const Arguments& arguments) {
  scenarios::Problems problems;
  const auto loaded = scenarios::load_scenario(arguments.scenario, {}, problems);
  std::optional<sim::Strategy> strategy;
  if (loaded && !arguments.strategy.empty()) {
    strategy = scenarios::load_strategy(arguments.strategy, *loaded, problems);
  } else if (loaded && !loaded->strategies.empty()) {
    strategy = loaded->strategies.front();
  }
  if (loaded && strategy && problems.empty())
    return view_run(loaded->scenario, *strategy, arguments.seed, arguments.replication);
  if (problems.empty()) {
    complain("the scenario lists no strategy; name one with --strategy");
  } else {
    fmt::print(stderr, "{}", scenarios::render(problems));
  }
  return std::nullopt;
}

int take_screenshot(const RunView& view, const Arguments& arguments) {
  const float scale = arguments.scale > 0 ? arguments.scale : 1;
  const sim::Time instant = std::min(arguments.at.value_or(view.story_end), view.horizon);
  const Image image = picture(view, arguments.width, arguments.height, scale, instant);
  const std::string problem = write_file(arguments.screenshot, png(image));
  if (problem.empty()) return kOk;
  complain(problem);
  return kUsed;
}

int run(const std::vector<std::string>& words) {
  const ParsedArguments parsed = parse_arguments(words);
  if (parsed.arguments.help) {
    fmt::print("{}", kUsage);
    return kOk;
  }
  if (!parsed.problem.empty()) {
    complain(parsed.problem);
    fmt::print(stderr, "  = breakglass-viz --help shows how it is used\n");
    return kUsed;
  }
  const auto view = load_view(parsed.arguments);
  if (!view) return kUsed;
  if (!parsed.arguments.screenshot.empty()) return take_screenshot(*view, parsed.arguments);
  const std::string problem = show_window(*view, parsed.arguments.scale);
  if (problem.empty()) return kOk;
  complain(problem);
  fmt::print(stderr, "  = without a display, --screenshot FILE.png writes a picture\n");
  return kFailed;
}

}  // namespace
}  // namespace breakglass::viz

int main(int argc, char** argv) {
  try {
    return breakglass::viz::run({argv + std::min(argc, 1), argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "breakglass-viz: error: %s\n", error.what());
    return 1;
  }
}
