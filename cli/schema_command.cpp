#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "drill/debrief.hpp"
#include "history/export.hpp"
#include "scenarios/lesson.hpp"
#include "scenarios/load.hpp"
#include "scenarios/plan.hpp"
#include "scenarios/season.hpp"

namespace breakglass::cli {

int run(const SchemaRequest& request, const Console&) {
  if (request.kind == "lesson") return finish(scenarios::lesson_schema(), kExitDone);
  if (request.kind == "plan") return finish(scenarios::plan_schema(), kExitDone);
  if (request.kind == "season") return finish(scenarios::season_schema(), kExitDone);
  if (request.kind == "history") return finish(history::history_schema(), kExitDone);
  if (request.kind == "debrief") return finish(drill::debrief_schema(), kExitDone);
  return finish(request.kind == "strategy" ? scenarios::strategy_schema() : scenarios::scenario_schema(),
                kExitDone);
}

}  // namespace breakglass::cli
