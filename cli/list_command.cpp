#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "scenarios/lesson.hpp"
#include "scenarios/load.hpp"
#include "scenarios/plan.hpp"
#include "scenarios/season.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

struct Entry {
  std::string id;
  std::string about;
};

// Every entry in two columns, what it is about wrapped beside its id.
std::string section(const std::string& title, const std::vector<Entry>& entries, const Console& console) {
  std::size_t column = 0;
  for (const Entry& entry : entries) column = std::max(column, entry.id.size());
  std::string out = toned(title, Tone::strong, console.colour) + '\n';
  for (const Entry& entry : entries) {
    out += hanging("  " + padded(entry.id, column) + "  ", entry.about, console.width);
  }
  return out;
}

std::string about_scenario(const sim::ScenarioParams& p) {
  return scenarios::visible(p.title) + " (" + std::string(sim::name_of(p.category)) + ", " +
         in_words(sim::to_seconds(p.horizon)) + ")";
}

}  // namespace

int run(const ListRequest&, const Console& console) {
  std::vector<Entry> scenarios_found;
  std::vector<Entry> strategies_found;
  std::vector<Entry> seasons_found;
  std::vector<Entry> lessons_found;
  std::vector<Entry> plans_found;
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.check_listed_strategies = false;
  for (const scenarios::ShippedFile& file : scenarios::shipped_files()) {
    const std::string id(file.id);
    if (file.kind == "scenario") {
      const auto loaded = scenarios::load_scenario(id, options, problems);
      if (loaded) scenarios_found.push_back({id, about_scenario(loaded->scenario.params)});
    } else if (file.kind == "strategy") {
      const auto strategy = scenarios::load_strategy_params(id, problems);
      if (strategy) strategies_found.push_back({id, scenarios::visible(strategy->title)});
    } else if (file.kind == "season") {
      const auto season = scenarios::load_season(id, problems);
      if (season) seasons_found.push_back({id, scenarios::visible(season->title)});
    } else if (file.kind == "plan") {
      const auto plan = scenarios::load_plan(id, problems);
      if (plan) plans_found.push_back({"drill --plan " + id, scenarios::visible(plan->title)});
    }
  }
  for (const scenarios::LessonParams& lesson : scenarios::shipped_lessons())
    lessons_found.push_back(
        {"drill --tutorial " + std::to_string(lesson.level), scenarios::visible(lesson.title)});
  if (!problems.empty()) write_stderr(scenarios::render(problems));
  const std::string text =
      section("Scenarios", scenarios_found, console) + '\n' +
      section("Strategies", strategies_found, console) + '\n' + section("Seasons", seasons_found, console) +
      '\n' + section("Tutorial", lessons_found, console) + '\n' +
      section("Lesson plans", plans_found, console) + "\nTry one: breakglass compare pii-leak\n";
  return finish(text, problems.empty() ? kExitDone : kExitUsage);
}

}  // namespace breakglass::cli
