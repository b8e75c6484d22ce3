#include "analysis/timeline.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/output_file.hpp"
#include "cli/ready_world.hpp"
#include "cli/ticket.hpp"
#include "cli/timeline_report.hpp"

namespace breakglass::cli {
namespace {

TimelineAbout about(const RunRequest& request, const ReadyWorld& world) {
  const sim::Scenario& scenario = world.loaded.scenario;
  TimelineAbout out;
  out.title = title_text(scenario);
  out.scenario = scenario.params.id;
  out.category = sim::name_of(scenario.params.category);
  out.start = start_text(scenario);
  out.hash = scenario.hash;
  out.strategy = world.strategies.front().params.id;
  out.strategy_title = world.strategies.front().params.title;
  out.harm_unit = scenario.params.harm_unit;
  out.horizon_s = sim::to_seconds(sim::horizon(scenario));
  out.has_deadline = scenario.params.harm.deadline.has_value();
  out.has_users = !scenario.classes.empty();
  out.hindsight = request.hindsight;
  out.seed = request.seed;
  out.replication = request.replication;
  out.changes = changes_of(request.world);
  out.replay = replay_command(request.world, world.arguments.front(), request.seed,
                              std::to_string(request.replication), request.hindsight);
  return out;
}

}  // namespace

int run(const RunRequest& request, const Console& console) {
  const auto world =
      load_ready(request.world, request.strategy.empty() ? std::vector<std::string>()
                                                         : std::vector<std::string>{request.strategy});
  if (!world) return kExitUsage;
  const bool to_file = !request.json.empty() && request.json != "-";
  if (to_file) {
    if (const std::string problem = writing_problem(request.json); !problem.empty()) return fail(problem);
  }
  const analysis::Timeline timeline = analysis::tell(world->loaded.scenario, world->strategies.front(),
                                                     {.seed = request.seed,
                                                      .replication = request.replication,
                                                      .every_reading = request.all_readings,
                                                      .hindsight = request.hindsight});
  const TimelineAbout what = about(request, *world);
  if (request.json == "-") return finish(timeline_json(timeline, what), kExitDone);
  if (to_file) {
    const OutputText file{request.json, timeline_json(timeline, what)};
    if (const std::string problem = write_files({&file, 1}); !problem.empty()) return fail(problem);
  }
  return finish(timeline_report(timeline, what, console), kExitDone);
}

}  // namespace breakglass::cli
