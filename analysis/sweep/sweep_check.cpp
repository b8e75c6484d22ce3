#include <algorithm>

#include "analysis/sweep/sweep.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::analysis {
namespace {

// The problems that the scenario has at a place, each said of the option that leads there.
bool is_legal(const SweepRequest& request, const std::vector<Setting>& settings, const std::string& option,
              scenarios::Problems& problems) {
  scenarios::Problems there;
  if (situation_at(request.recipe, settings, there)) return true;
  std::string where;
  for (const Setting& setting : settings)
    where += (where.empty() ? "" : " and ") + override_text(*setting.parameter, setting.value);
  const int source = problems.add_source(option, option + " " + where, 0);
  const scenarios::Place at{source, static_cast<std::uint32_t>(option.size() + 1),
                            static_cast<std::uint32_t>(option.size() + 1 + where.size())};
  for (const scenarios::Problem& problem : there.resolve(3)) {
    problems.add(at, problem.pointer, "the scenario is not legal there: " + problem.what, problem.expected,
                 problem.hint);
  }
  return false;
}

bool check_number(const SweepRequest& request, const Parameter& parameter, const std::string& option,
                  const std::string& text, scenarios::Problems& problems) {
  const std::size_t before = problems.count();
  own_value(parameter, option, text, request.recipe.load.overrides, problems);
  if (problems.count() > before) return false;
  const bool low = is_legal(request, {{&parameter, parameter.low}}, option, problems);
  const bool high = is_legal(request, {{&parameter, parameter.high}}, option, problems);
  return low && high;
}

}  // namespace

void check_request(const SweepRequest& request, scenarios::Problems& problems) {
  scenarios::LoadOptions options = request.recipe.load;
  options.check_listed_strategies = false;
  scenarios::Problems own;
  const auto loaded = scenarios::load_scenario(request.recipe.scenario, options, own);
  if (!loaded) return;  // whoever reads the scenario for itself says so
  bool is_sound = true;
  for (std::size_t i = 0; i < request.matters.size(); ++i) {
    const std::string option = i < request.grid.size() ? "--vary" : "--tornado";
    is_sound = check_number(request, request.matters[i], option, loaded->text, problems) && is_sound;
  }
  if (!is_sound || request.grid.size() < 2) return;
  for (const double x : {request.grid[0].low, request.grid[0].high}) {
    for (const double y : {request.grid[1].low, request.grid[1].high})
      is_legal(request, {{&request.grid[0], x}, {&request.grid[1], y}}, "--vary", problems);
  }
}

}  // namespace breakglass::analysis
