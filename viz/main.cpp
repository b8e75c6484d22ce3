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
#include "viz/gallery.hpp"
#include "viz/run/picture.hpp"
#include "viz/window.hpp"
#include "viz/write_file.hpp"

namespace breakglass::viz {
namespace {

constexpr int kOk = 0;
constexpr int kFailed = 1;  // the display, the disk
constexpr int kUsed = 2;    // wrongly: the command line, a file

void complain(const std::string& what) {
  fmt::print(stderr, "breakglass-viz: error: {}\n", scenarios::visible(what));
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

int write_gallery(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  int count = 0;
  for (const Exhibit& exhibit : exhibits()) {
    for (const Picture& picture : pictures_of(exhibit)) {
      const std::string problem =
          write_file((std::filesystem::path(folder) / picture.name).string(), picture.bytes);
      if (!problem.empty()) return complain(problem), kUsed;
      ++count;
    }
  }
  fmt::print("{} pictures in {}\n", count, scenarios::visible(folder));
  return kOk;
}

// Whether the scenario can be read; what is wrong with it is printed before a window opens.
bool loads(const PlayRequest& request) {
  if (request.scenario.empty()) return true;
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.overrides = request.overrides;
  const auto loaded = scenarios::load_scenario(request.scenario, options, problems);
  if (!problems.empty()) fmt::print(stderr, "{}", scenarios::render(problems));
  return loaded && problems.empty();
}

int play(const Arguments& arguments) {
  App app;
  app.settings_file = settings_path();
  const LoadedSettings loaded = load_settings(app.settings_file);
  app.settings = loaded.settings;
  app.request.history = arguments.play.history;
  app.request.no_history = arguments.play.no_history;
  open_start(app);
  app.start.note = loaded.note;
  if (!has_fonts())
    app.start.note +=
        " Inter and JetBrains Mono are not installed; a plain font stands in (fonts-inter, "
        "fonts-jetbrains-mono).";
  const bool named = !arguments.play.scenario.empty() || !arguments.play.lesson.empty();
  if (named && !loads(arguments.play)) return kUsed;
  const std::string problem = show_rooms(
      app, arguments.scale, [&] { return named ? open_drill(app, arguments.play) : std::string(); });
  if (problem.empty() && app.seat != nullptr && !app.seat->screen.view.over && !app.log.path.empty())
    fmt::print(stderr, "the drill is not over; it goes on with --log {}\n", scenarios::visible(app.log.path));
  if (problem.empty()) return kOk;
  complain(problem);
  fmt::print(stderr, "  = without a window, play in the terminal: breakglass drill {}\n",
             arguments.play.scenario.empty() ? "pii-leak" : scenarios::visible(arguments.play.scenario));
  return kFailed;
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
  if (!parsed.arguments.gallery.empty()) return write_gallery(parsed.arguments.gallery);
  if (parsed.arguments.plays) return play(parsed.arguments);
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
