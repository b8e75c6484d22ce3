#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "cli/check_rollout.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/numbers.hpp"
#include "scenarios/lesson.hpp"
#include "scenarios/load.hpp"
#include "scenarios/plan.hpp"
#include "scenarios/read_file.hpp"
#include "scenarios/season.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/visible.hpp"
#include "scenarios/writer.hpp"

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
    if (file.kind == "scenario" || file.kind == "tutorial") return DocumentKind::scenario;
    if (file.kind == "strategy") return DocumentKind::strategy;
    if (file.kind == "season") return DocumentKind::season;
    if (file.kind == "lesson") return DocumentKind::lesson;
    if (file.kind == "plan") return DocumentKind::plan;
  }
  return DocumentKind::unknown;
}

std::string plural(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

// What one name on the command line turned out to be.
struct Checked {
  std::string what;  // in words; "" if there was any problem
  std::optional<scenarios::LoadedScenario> scenario;
  bool is_strategy = false;
};

Checked check_scenario(const std::string& name, Problems& problems) {
  Checked checked;
  checked.scenario = scenarios::load_scenario(name, {}, problems);
  if (!checked.scenario) return checked;
  checked.what = fmt::format("scenario, {}, hash {}",
                             plural(checked.scenario->strategies.size(), "strategy", "strategies"),
                             checked.scenario->scenario.hash);
  return checked;
}

Checked check_strategy(const std::string& name, Problems& problems) {
  Checked checked;
  checked.is_strategy = true;
  const auto params = scenarios::load_strategy_params(name, problems);
  if (!params) return checked;
  checked.what = params->ships ? fmt::format("strategy, {}", plural(params->steps.size(), "step", "steps"))
                               : std::string("strategy, ships nothing");
  return checked;
}

Checked describe_season(const std::optional<scenarios::SeasonParams>& season) {
  Checked checked;
  if (season) checked.what = fmt::format("season, {}", plural(season->weeks.size(), "page", "pages"));
  return checked;
}

Checked describe_lesson(const std::optional<scenarios::LessonParams>& lesson) {
  Checked checked;
  if (lesson) checked.what = fmt::format("lesson, {}", plural(lesson->notes.size(), "note", "notes"));
  return checked;
}

Checked describe_plan(const std::optional<scenarios::PlanParams>& plan) {
  Checked checked;
  if (plan) checked.what = fmt::format("lesson plan, {}", plural(plan->injects.size(), "inject", "injects"));
  return checked;
}

// A text that can be read only once. The strategies that it lists are not looked for.
Checked check_stdin(const scenarios::Node& root, int source, Problems& problems) {
  Checked checked;
  if (scenarios::kind_of(root) == DocumentKind::season) {
    return describe_season(scenarios::read_season(problems, source));
  }
  if (scenarios::kind_of(root) == DocumentKind::lesson) {
    return describe_lesson(scenarios::read_lesson(problems, source));
  }
  if (scenarios::kind_of(root) == DocumentKind::plan) {
    return describe_plan(scenarios::read_plan(problems, source));
  }
  if (scenarios::kind_of(root) == DocumentKind::strategy) {
    if (scenarios::read_strategy(problems, source)) checked.what = "strategy";
  } else if (scenarios::read_scenario(problems, source, {})) {
    checked.what = "scenario";
  }
  return checked;
}

void say_unknown(const scenarios::Node& root, Problems& problems) {
  problems.add(root.at, "", "neither a scenario nor a strategy nor a season nor a lesson nor a lesson plan",
               "an object with the fields of one of them; see breakglass schema scenario");
}

Checked check(const std::string& name, Problems& problems) {
  switch (shipped_kind(name)) {
    case DocumentKind::scenario: return check_scenario(name, problems);
    case DocumentKind::strategy: return check_strategy(name, problems);
    case DocumentKind::season: return describe_season(scenarios::load_season(name, problems));
    case DocumentKind::lesson: return describe_lesson(scenarios::load_lesson(name, problems));
    case DocumentKind::plan: return describe_plan(scenarios::load_plan(name, problems));
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
    if (kind == DocumentKind::unknown || !problems.empty()) return {};
    return check_stdin(*root, *source, problems);
  }
  if (kind == DocumentKind::season) return describe_season(scenarios::load_season(name, problems));
  if (kind == DocumentKind::lesson) return describe_lesson(scenarios::load_lesson(name, problems));
  if (kind == DocumentKind::plan) return describe_plan(scenarios::load_plan(name, problems));
  return kind == DocumentKind::strategy ? check_strategy(name, problems) : check_scenario(name, problems);
}

struct Report {
  std::string results;
  int exit_status = kExitDone;

  void problems(const std::string& name, const Problems& found) {
    write_stderr(scenarios::render(found));
    results += fmt::format("{}: {}\n", name, plural(found.count(), "problem", "problems"));
    exit_status = kExitUsage;
  }
  void findings(const std::string& name, const std::string& what, const RolloutFindings& found) {
    if (found.failures == 0) {
      results += fmt::format("{}: ok ({})\n{}", name, what, found.text);
      return;
    }
    results += fmt::format("{}: {} ({})\n{}", name,
                           plural(static_cast<std::size_t>(found.failures), "failed check", "failed checks"),
                           what, found.text);
    if (exit_status == kExitDone) exit_status = kExitFailed;
  }
};

// A scenario against the strategies that it lists, and those named on the command line.
RolloutFindings check_rollouts(const scenarios::LoadedScenario& loaded, const std::vector<std::string>& given,
                               Problems& problems) {
  RolloutFindings all;
  const auto add = [&](const sim::Strategy& strategy, bool for_comparison) {
    const RolloutFindings found = check_rollout(loaded.scenario, strategy, for_comparison);
    all.text += found.text;
    all.failures += found.failures;
  };
  // Names are as the scenario writes them, which may be a path and not the id.
  const auto& compared = loaded.scenario.params.for_comparison;
  for (std::size_t i = 0; i < loaded.strategies.size(); ++i) {
    const std::string& name = loaded.scenario.params.strategies[i];
    add(loaded.strategies[i], std::find(compared.begin(), compared.end(), name) != compared.end());
  }
  for (const std::string& name : given) {
    const auto strategy = scenarios::load_strategy(name, loaded, problems);
    // Checked already, if it is the same one: an edited copy often has the id of what it was copied from.
    const auto same = [&](const sim::Strategy& listed) {
      return scenarios::to_json(listed.params) == scenarios::to_json(strategy->params);
    };
    if (!strategy || std::any_of(loaded.strategies.begin(), loaded.strategies.end(), same)) continue;
    add(*strategy, false);
  }
  return all;
}

}  // namespace

int run(const CheckRequest& request, const Console&) {
  Report report;
  std::vector<std::pair<std::string, Checked>> checked;
  std::vector<std::string> strategies;
  std::vector<Problems> found(request.files.size());
  for (std::size_t i = 0; i < request.files.size(); ++i) {
    const std::string& name = request.files[i];
    checked.emplace_back(name == "-" ? "standard input" : scenarios::visible(name), check(name, found[i]));
    if (checked.back().second.is_strategy && found[i].empty()) strategies.push_back(name);
  }
  for (std::size_t i = 0; i < checked.size(); ++i) {
    const auto& [name, file] = checked[i];
    RolloutFindings rollouts;
    if (file.scenario && found[i].empty()) rollouts = check_rollouts(*file.scenario, strategies, found[i]);
    if (found[i].empty()) {
      report.findings(name, file.what, rollouts);
    } else {
      report.problems(name, found[i]);
    }
  }
  return finish(report.results, report.exit_status);
}

}  // namespace breakglass::cli
