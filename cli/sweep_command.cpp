#include <fmt/format.h>

#include "analysis/sweep/sweep.hpp"
#include "analysis/sweep/sweep_json.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/numbers.hpp"
#include "cli/progress.hpp"
#include "cli/ready_world.hpp"
#include "cli/result_files.hpp"
#include "cli/sweep_report.hpp"
#include "cli/ticket.hpp"

namespace breakglass::cli {
namespace {

// The grid and the ranges of the tornado, in which a number is named once.
bool read_parameters(const SweepRequest& request, analysis::SweepRequest& out) {
  scenarios::Problems problems;
  const auto read = [&](const std::string& option, const std::string& text, bool is_grid) {
    const auto parameter = analysis::read_parameter(option, text, is_grid, problems);
    if (!parameter) return;
    for (const analysis::Parameter& other : out.matters) {
      if (other.pointer != parameter->pointer) continue;
      problems.add_at(scenarios::whole(static_cast<int>(problems.source_count()) - 1),
                      "this number is varied already", "another pointer, or this option left out");
      return;
    }
    if (is_grid) out.grid.push_back(*parameter);
    out.matters.push_back(*parameter);
  };
  for (const std::string& text : request.vary) read("--vary", text, true);
  for (const std::string& text : request.tornado) read("--tornado", text, false);
  if (problems.empty()) analysis::check_request(out, problems);
  if (problems.empty()) return true;
  write_stderr(scenarios::render(problems));
  return false;
}

std::string why_partial(const SweepRequest& request) {
  if (request.options.checkpoint.empty()) return "interrupted; with --checkpoint it could be gone on with";
  return "interrupted; the same command goes on from the checkpoint";
}

int deliver(const SweepRequest& request, const analysis::Sweep& sweep, const std::string& title,
            const Console& console) {
  const SweepAbout about{title, changes_of(request.world), sweep.is_partial ? why_partial(request) : ""};
  const ResultTexts texts{[&] { return analysis::to_json(sweep, {.version = BREAKGLASS_VERSION}); },
                          [&] { return analysis::to_csv(sweep); },
                          [&] { return sweep_report(sweep, about, console); }};
  return deliver({request.json, request.csv}, texts, sweep.is_partial ? kExitInterrupted : kExitDone);
}

}  // namespace

int run(const SweepRequest& request, const Console& console) {
  const auto world = load_ready(request.world, request.strategies);
  if (!world) return kExitUsage;
  analysis::SweepRequest options = request.options;
  options.recipe = {request.world.scenario, request.world.load, world->arguments};
  options.version = BREAKGLASS_VERSION;
  if (!read_parameters(request, options)) return kExitUsage;
  if (const std::string problem = writing_problem({request.json, request.csv}); !problem.empty())
    return fail(problem);
  ProgressBar bar(console.err_is_terminal && !request.quiet, console.err_width);
  watch_interrupts();
  const analysis::SweepEnding ending =
      analysis::run_sweep(options, [&](const analysis::SweepProgress& progress) {
        bar.draw(progress.done, progress.expected, progress.of);
        return !interrupted();
      });
  bar.clear();
  if (ending.sweep) return deliver(request, *ending.sweep, title_text(world->loaded.scenario), console);
  if (!ending.is_rendered) return fail(ending.problem);
  write_stderr(ending.problem);
  return kExitUsage;
}

}  // namespace breakglass::cli
