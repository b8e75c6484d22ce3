#include <fmt/format.h>

#include "analysis/compare.hpp"
#include "analysis/compare_csv.hpp"
#include "analysis/compare_json.hpp"
#include "cli/commands.hpp"
#include "cli/compare_report.hpp"
#include "cli/exit_status.hpp"
#include "cli/gates.hpp"
#include "cli/interrupt.hpp"
#include "cli/numbers.hpp"
#include "cli/progress.hpp"
#include "cli/ready_world.hpp"
#include "cli/result_files.hpp"
#include "cli/ticket.hpp"
#include "cli/verdict.hpp"

namespace breakglass::cli {
namespace {

analysis::Comparison simulate(const CompareRequest& request, const ReadyWorld& world,
                              const Console& console) {
  ProgressBar bar(console.err_is_terminal && !request.quiet, console.err_width);
  watch_interrupts();
  return analysis::compare(world.loaded.scenario, world.strategies, request.options,
                           [&](const analysis::Progress& progress) {
                             bar.draw(progress.done, progress.expected);
                             return !interrupted();
                           });
}

// "; the mean harm_regression of full-canary is at 3.2%"; "" before the first look.
std::string widest(const CompareRequest& request, const analysis::Comparison& comparison) {
  if (!comparison.precision || comparison.precision->worst_ratio >= analysis::kHopeless) return {};
  const analysis::PrecisionCheck& check = *comparison.precision;
  const std::string who = shown_name(comparison, check.strategy);
  std::string what;
  switch (check.subject) {
    case analysis::PrecisionSubject::mean:
      what = fmt::format("the mean {} of {}", analysis::info(check.metric).name, who);
      break;
    case analysis::PrecisionSubject::probability:
      what = fmt::format("the probability {} of {}", analysis::kEvents[analysis::index_of(check.event)], who);
      break;
    case analysis::PrecisionSubject::difference:
      what = fmt::format("the difference of {} and {}", who, shown_name(comparison, check.other));
      break;
  }
  const double reached = 100 * check.worst_ratio * request.options.precision;
  return fmt::format("; widest is {}, at {}%", what, amount(reached, 2));
}

// Why there is less than was asked for.
std::string why_partial(const CompareRequest& request, const analysis::Comparison& comparison) {
  if (!comparison.provenance.is_partial) return {};
  const std::string done = grouped(comparison.replications);
  if (request.options.precision <= 0) {
    return fmt::format("interrupted after {} of {} worlds", done, grouped(request.options.replications));
  }
  const std::string target = amount(100 * request.options.precision) + "%";
  if (interrupted())
    return fmt::format("interrupted after {} worlds, before the precision of {}{}", done, target,
                       widest(request, comparison));
  return fmt::format("--max-replications reached at {} worlds, before the precision of {}{}", done, target,
                     widest(request, comparison));
}

CompareAbout about(const CompareRequest& request, const ReadyWorld& world, const Duties& without,
                   const analysis::Comparison& comparison) {
  const sim::Scenario& scenario = world.loaded.scenario;
  CompareAbout out;
  out.title = scenario.params.title;
  out.category = sim::name_of(scenario.params.category);
  out.start = start_text(scenario);
  out.horizon_s = sim::to_seconds(sim::horizon(scenario));
  out.has_deadline = scenario.params.harm.deadline.has_value();
  out.changes = changes_of(request.world);
  out.replay = replay_command(request.world, world.arguments[comparison.best.strategy], request.options.seed,
                              "N", true);
  out.stopped = why_partial(request, comparison);
  out.without = without;
  return out;
}

int deliver(const CompareRequest& request, const CompareAbout& about, const analysis::Comparison& comparison,
            const Console& console) {
  const bool was_cut = comparison.provenance.is_partial && interrupted();
  const ResultTexts texts{
      [&] { return analysis::to_json(comparison, {.version = BREAKGLASS_VERSION}, about.gates.judgements); },
      [&] { return analysis::to_csv(comparison); },
      [&] { return compare_report(comparison, about, console); }};
  return deliver({request.json, request.csv}, texts, was_cut ? kExitInterrupted : status_of(about.gates));
}

}  // namespace

int run(const CompareRequest& request, const Console& console) {
  auto world = load_ready(request.world, request.strategies);
  if (!world) return kExitUsage;
  const std::optional<Duties> without =
      request.without.empty() ? Duties{} : switch_off(request.without, *world);
  if (!without) return kExitUsage;
  if (const std::string problem = writing_problem({request.json, request.csv}); !problem.empty())
    return fail(problem);
  std::vector<std::string> names;
  for (const sim::Strategy& strategy : world->strategies) names.push_back(strategy.params.id);
  const auto gates = read_gates(request.gates, names);
  if (!gates) return kExitUsage;
  const analysis::Comparison comparison = simulate(request, *world, console);
  if (comparison.replications == 0) {
    write_stderr("breakglass: interrupted before anything was done\n");
    return kExitInterrupted;
  }
  CompareAbout shown = about(request, *world, *without, comparison);
  shown.gates = judge_gates(*gates, request.gates, comparison);
  return deliver(request, shown, comparison, console);
}

}  // namespace breakglass::cli
