#include "cli/ready_world.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"
#include "sim/kernel/civil.hpp"

namespace breakglass::cli {
namespace {

bool names_differ(const ReadyWorld& world) {
  for (std::size_t i = 0; i < world.strategies.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const std::string& name = world.strategies[i].params.id;
      if (name != world.strategies[j].params.id) continue;
      fail(fmt::format("two strategies have the id \"{}\": {} and {}", scenarios::visible(name, 60),
                       scenarios::visible(world.arguments[j], 60),
                       scenarios::visible(world.arguments[i], 60)));
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<ReadyWorld> load_ready(const WorldRequest& world, const std::vector<std::string>& strategies) {
  scenarios::Problems problems;
  ReadyWorld ready;
  if (auto loaded = scenarios::load_scenario(world.scenario, world.load, problems)) {
    ready.loaded = std::move(*loaded);
    for (const std::string& name : strategies) {
      auto strategy = scenarios::load_strategy(name, ready.loaded, problems);
      if (strategy) ready.strategies.push_back(std::move(*strategy));
    }
  }
  if (!problems.empty()) {
    write_stderr(scenarios::render(problems));
    return std::nullopt;
  }
  ready.arguments = strategies;
  if (strategies.empty()) {
    ready.strategies = ready.loaded.strategies;
    ready.arguments = ready.loaded.scenario.params.strategies;
  }
  if (ready.strategies.empty()) {
    write_stderr(render(
        {{"the scenario lists no strategies", {"name one with --strategy; breakglass list shows them"}}}));
    return std::nullopt;
  }
  if (!names_differ(ready)) return std::nullopt;
  return ready;
}

std::string start_text(const sim::Scenario& scenario) {
  const sim::CivilClock& clock = scenario.clock;
  return fmt::format("{} {} {} {}", sim::weekday_name(sim::local_weekday(clock, {})),
                     sim::format_date(sim::local_date(clock, {})), sim::format_time(clock, {}).substr(0, 5),
                     scenarios::print_utc_offset(clock.offset_s / 60));
}

std::string title_text(const sim::Scenario& scenario) {
  const sim::ScenarioParams& p = scenario.params;
  return scenarios::visible(p.title.empty() ? p.id : p.title);
}

}  // namespace breakglass::cli
