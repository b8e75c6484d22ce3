#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/numbers.hpp"
#include "scenarios/load.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using scenarios::DocumentKind;
using scenarios::Problems;

bool is_path(const std::string& name) {
  return name == "-" || name.find('/') != std::string::npos || name.ends_with(".json");
}

// A shipped id, looked up before a file of that name, as the loader does.
DocumentKind shipped_kind(const std::string& name) {
  if (is_path(name)) return DocumentKind::unknown;
  for (const scenarios::ShippedFile& file : scenarios::shipped_files()) {
    if (file.id != name) continue;
    if (file.kind == "scenario") return DocumentKind::scenario;
    if (file.kind == "strategy") return DocumentKind::strategy;
  }
  return DocumentKind::unknown;
}

std::string plural(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string check_scenario(const std::string& name, Problems& problems) {
  const auto loaded = scenarios::load_scenario(name, {}, problems);
  if (!loaded) return {};
  return fmt::format("scenario, {}, hash {}", plural(loaded->strategies.size(), "strategy", "strategies"),
                     loaded->scenario.hash);
}

std::string check_strategy(const std::string& name, Problems& problems) {
  const auto params = scenarios::load_strategy_params(name, problems);
  if (!params) return {};
  return params->ships ? fmt::format("strategy, {}", plural(params->steps.size(), "step", "steps"))
                       : std::string("strategy, ships nothing");
}

// A text that can be read only once. The strategies that it lists are not looked for.
std::string check_stdin(const scenarios::Node& root, int source, Problems& problems) {
  if (scenarios::kind_of(root) == DocumentKind::strategy) {
    return scenarios::read_strategy(problems, source) ? "strategy" : "";
  }
  return scenarios::read_scenario(problems, source, {}) ? "scenario" : "";
}

void say_unknown(const scenarios::Node& root, Problems& problems) {
  problems.add(root.at, "", "neither a scenario nor a strategy",
               "an object with the fields of one of them; see breakglass schema scenario");
}

// What the file is, in words; "" if there was any problem.
std::string check(const std::string& name, Problems& problems) {
  switch (shipped_kind(name)) {
    case DocumentKind::scenario: return check_scenario(name, problems);
    case DocumentKind::strategy: return check_strategy(name, problems);
    case DocumentKind::unknown: break;
  }
  Problems first;  // only to find out what it is; the loader says what is wrong with it
  const auto source = scenarios::read_file(name, first);
  const auto root = source ? scenarios::parse_text(first, *source) : std::nullopt;
  if (!root) {
    problems = std::move(first);
    return {};
  }
  const DocumentKind kind = scenarios::kind_of(*root);
  if (kind == DocumentKind::unknown || name == "-") {
    problems = std::move(first);
    if (kind == DocumentKind::unknown) say_unknown(*root, problems);
    return kind == DocumentKind::unknown || !problems.empty() ? "" : check_stdin(*root, *source, problems);
  }
  return kind == DocumentKind::strategy ? check_strategy(name, problems) : check_scenario(name, problems);
}

}  // namespace

int run(const CheckRequest& request, const Console&) {
  std::string results;
  bool is_good = true;
  for (const std::string& name : request.files) {
    Problems problems;
    const std::string what = check(name, problems);
    const std::string shown = name == "-" ? "standard input" : scenarios::visible(name);
    if (problems.empty()) {
      results += fmt::format("{}: ok ({})\n", shown, what);
      continue;
    }
    is_good = false;
    write_stderr(scenarios::render(problems));
    results += fmt::format("{}: {}\n", shown, plural(problems.count(), "problem", "problems"));
  }
  return finish(results, is_good ? kExitDone : kExitUsage);
}

}  // namespace breakglass::cli
