#include "cli/duty_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/complaint.hpp"
#include "cli/layout.hpp"
#include "cli/numbers.hpp"
#include "cli/verdict.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

using analysis::Comparison;
using analysis::Duty;

std::string names_of(const Duties& duties) {
  std::vector<std::string_view> names;
  for (const Duty* duty : duties) names.push_back(duty->id);
  return scenarios::list_names(names);
}

bool is_each(const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), "each") != names.end();
}

// What was asked for and is not there to be switched off.
std::vector<Complaint> missing(const std::vector<std::string>& names, const Duties& has,
                               const ReadyWorld& world) {
  const std::string strategy = scenarios::visible(world.strategies.front().params.id, 60);
  const std::string scenario = scenarios::visible(world.loaded.scenario.params.id, 60);
  const std::string others =
      has.empty() ? "no duty of the strategy matters there" : "what can be switched off: " + names_of(has);
  if (is_each(names)) {
    if (!has.empty()) return {};
    return {{fmt::format("{} has no duty that could be switched off in {}", strategy, scenario), {}}};
  }
  std::vector<Complaint> out;
  for (const std::string& name : names) {
    const bool is_there =
        std::any_of(has.begin(), has.end(), [&](const Duty* duty) { return duty->id == name; });
    if (is_there) continue;
    out.push_back(
        {fmt::format("{} has no duty \"{}\" in {}: there is nothing to switch off", strategy, name, scenario),
         {others}});
  }
  return out;
}

// One duty's row: strategy `at` is without it.
struct Worth {
  const Duty* duty = nullptr;
  std::size_t at = 0;
  View view;  // without - with

  bool is_told_apart() const { return view.ci95 && (view.ci95->low > 0 || view.ci95->high < 0); }
};

std::vector<Worth> worths(const Comparison& c, const Duties& duties) {
  std::vector<Worth> out;
  for (std::size_t i = 0; i < duties.size(); ++i) out.push_back({duties[i], i + 1, view_of(c, i + 1, 0)});
  std::stable_sort(out.begin(), out.end(),
                   [](const Worth& a, const Worth& b) { return a.view.difference > b.view.difference; });
  return out;
}

double mean_of(const Comparison& c, std::size_t s) {
  return c.strategies[s].metrics[analysis::index_of(c.best_metric)].mean;
}

std::string share_of_mean(const Comparison& c, const Worth& worth) {
  const double all = mean_of(c, 0);
  return all > 0 ? signed_amount(100 * worth.view.difference / all, 3) + "%" : "-";
}

std::string reading(const Worth& worth) {
  if (!worth.is_told_apart()) return "not told apart";
  return worth.view.difference > 0 ? "more harm" : "less harm";
}

std::string part(const Worth& worth, double divisor) {
  return fmt::format("without {}: {} (95% interval {})", worth.duty->id,
                     signed_amount(worth.view.difference / divisor), signed_range(worth.view.ci95, divisor));
}

}  // namespace

std::optional<Duties> switch_off(const std::vector<std::string>& names, ReadyWorld& world) {
  const sim::Scenario& scenario = world.loaded.scenario;
  const sim::StrategyParams whole = world.strategies.front().params;
  const Duties has = analysis::duties_of(scenario.params, whole);
  if (const auto complaints = missing(names, has, world); !complaints.empty()) {
    write_stderr(render(complaints));
    return std::nullopt;
  }
  Duties off;
  for (const Duty* duty : has) {
    const bool wanted = is_each(names) || std::find(names.begin(), names.end(), duty->id) != names.end();
    if (!wanted) continue;
    off.push_back(duty);
    world.strategies.push_back(sim::prepare(scenario, analysis::without(*duty, whole)));
    world.arguments.push_back(world.arguments.front());
  }
  return off;
}

std::string difference_text(const Duty& duty) {
  return fmt::format("{}: {} ({})", duty.id, duty.says, duty.off);
}

std::string duty_table(const Comparison& c, const Duties& duties, const Console& console) {
  const Scale scale = harm_scale(c);
  Table table{{{"without", Align::left},
               {"mean harm\nadded"},
               {"95% interval"},
               {"of the\nmean"},
               {"does more in\n(share of worlds)"},
               {"", Align::left}},
              {}};
  for (const Worth& worth : worths(c, duties)) {
    table.rows.push_back({{std::string(worth.duty->id)},
                          {signed_amount(worth.view.difference / scale.divisor), Tone::strong},
                          {signed_range(worth.view.ci95, scale.divisor)},
                          {share_of_mean(c, worth)},
                          {percent_with_interval(view_of(c, 0, worth.at).lower)},
                          {reading(worth)}});
  }
  return print_table(table, console.width, console.colour);
}

std::string duty_verdict(const Comparison& c, const Duties& duties) {
  const Scale scale = harm_scale(c);
  const analysis::MetricSummary& whole = c.strategies[0].metrics[analysis::index_of(c.best_metric)];
  std::string out = c.provenance.is_partial ? "Partial result: " : "";
  out += fmt::format("{} does, on average, a harm of {} {} ({}, n = {})", shown_name(c, 0),
                     amount(whole.mean / scale.divisor),
                     scale.sentence(scenarios::visible(c.provenance.harm_unit, 40)),
                     whole.ci95 ? "95% interval " + range(whole.ci95, scale.divisor)
                                : std::string("no interval from a single world"),
                     grouped(c.replications));
  std::vector<Worth> more = worths(c, duties);
  std::erase_if(more, [](const Worth& w) { return !w.is_told_apart() || w.view.difference <= 0; });
  if (more.empty()) return out + "; switching off no duty is seen to add harm.";
  out += "; the most is lost " + part(more.front(), scale.divisor);
  if (more.size() > 1) out += ", then " + part(more[1], scale.divisor);
  return out + ".";
}

}  // namespace breakglass::cli
