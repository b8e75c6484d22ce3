// Opening the start room and a drill.
#include <fmt/format.h>

#include <algorithm>

#include "drill/log_file.hpp"
#include "history/data_folder.hpp"
#include "history/store.hpp"
#include "scenarios/lesson.hpp"
#include "scenarios/shipped.hpp"
#include "viz/app_rooms.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

std::vector<ScenarioCard> shipped_cards() {
  std::vector<ScenarioCard> cards;
  for (const scenarios::ShippedFile& file : scenarios::shipped_files()) {
    if (file.kind != "scenario") continue;
    scenarios::Problems problems;
    scenarios::LoadOptions options;
    options.check_listed_strategies = false;
    const auto loaded = scenarios::load_scenario(std::string(file.id), options, problems);
    if (!loaded) continue;
    const sim::ScenarioParams& p = loaded->scenario.params;
    cards.push_back(
        {p.id, plain(p.title.empty() ? p.id : p.title), plain(p.brief.page), age_text(p.horizon), ""});
  }
  return cards;
}

// What was played, the newest first: how often, and how well the last time.
void add_results(App& app) {
  for (ScenarioCard& card : app.start.cards) card.result.clear();
  if (app.request.no_history) return;
  const std::string path = history::history_path(app.request.history);
  history::Database database;
  if (path.empty() || !database.open(path, history::Access::read, history::migrations()).empty()) return;
  const history::Loaded loaded = history::load(database);
  for (ScenarioCard& card : app.start.cards) {
    const auto count = std::count_if(loaded.drills.begin(), loaded.drills.end(),
                                     [&](const history::Played& p) { return p.scenario == card.id; });
    if (count > 0) card.result = fmt::format("played {} {}", count, count == 1 ? "time" : "times");
  }
}

std::string begin_lesson(const std::string& name, PlayRequest& request, drill::Coach& coach) {
  scenarios::Problems problems;
  std::optional<scenarios::LessonParams> lesson;
  for (const scenarios::LessonParams& shipped : scenarios::shipped_lessons()) {
    if (std::to_string(shipped.level) == name) lesson = shipped;
  }
  if (!lesson) lesson = scenarios::load_lesson(name, problems);
  if (!lesson) return scenarios::render(problems);
  coach = drill::coach_of(*lesson);
  request.scenario = lesson->scenario;
  request.seed = static_cast<std::uint64_t>(lesson->seed);
  request.replication = static_cast<std::uint32_t>(lesson->replication);
  request.mode = drill::Mode::practice;
  return "";
}

std::string open_session_of(App& app, DrillSeat& seat,
                            const std::shared_ptr<const scenarios::LoadedScenario>& loaded) {
  const PlayRequest& request = app.request;
  drill::LogHeader header{BREAKGLASS_VERSION,
                          request.scenario,
                          request.overrides,
                          loaded->scenario.hash,
                          {request.seed, request.replication, request.mode}};
  seat.session.drill = drill::begin_drill(loaded, header.setup);
  const std::string path =
      request.log.empty() ? history::new_log_path(loaded->scenario.params.id) : request.log;
  if (!path.empty()) {
    const drill::OpenedLog opened = drill::open_log(seat.session, path, header, false, loaded);
    if (!opened.problem.empty()) return opened.problem;
  }
  if (!seat.session.resumed) drill::open_session(seat.session, header);
  if (!seat.session.failure.empty()) return seat.session.failure;
  app.log = {path, header, seat.session.chain};
  return "";
}

}  // namespace

void open_start(App& app) {
  app.seat.reset();  // closes the log
  give_up_debrief(app);
  give_up_lab(app);
  app.room = Room::start;
  if (app.start.cards.empty()) {
    app.start.cards = shipped_cards();
    for (const scenarios::LessonParams& lesson : scenarios::shipped_lessons())
      app.start.lessons.push_back({static_cast<int>(lesson.level), plain(lesson.title)});
  }
  add_results(app);
}

std::string open_drill(App& app, const PlayRequest& wanted) {
  PlayRequest request = wanted;
  auto seat = std::make_unique<DrillSeat>();
  if (!request.lesson.empty()) {
    if (std::string problem = begin_lesson(request.lesson, request, seat->coach); !problem.empty())
      return problem;
  }
  scenarios::Problems problems;
  scenarios::LoadOptions options;
  options.overrides = request.overrides;
  auto loaded = scenarios::load_scenario(request.scenario, options, problems);
  if (!loaded || !problems.empty()) return scenarios::render(problems);
  app.request = request;
  const auto shared = std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded));
  if (std::string problem = open_session_of(app, *seat, shared); !problem.empty()) return problem;
  sit_down(*seat);
  app.seat = std::move(seat);
  app.drill_desk = {};
  app.recorded = app.seat->session.resumed && app.seat->screen.view.over;
  app.room = Room::drill;
  return "";
}

history::Kept keep_drill(App& app, const drill::Grade* grade) {
  return history::keep(app.seat->session.drill, app.log, history::utc_now(),
                       history::history_path(app.request.history), grade);
}

}  // namespace breakglass::viz
