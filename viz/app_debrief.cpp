// Opening the debrief of the drill that was played, and what it asks for.
#include <fmt/format.h>

#include <filesystem>

#include "viz/app_rooms.hpp"
#include "viz/text.hpp"
#include "viz/write_file.hpp"

namespace breakglass::viz {
namespace {

// Takes what the job has made so far; with the grade the history learns of it.
void collect(App& app) {
  if (app.job == nullptr) return;
  DebriefScreen& screen = app.debrief;
  screen.progress = app.job->progress();
  const bool was_done = app.job->is_done();  // asked first: what it made last is then there to take
  if (auto debrief = app.job->take()) {
    screen.graded = !debrief->grade.decisions.empty();
    if (screen.graded && !app.request.no_history && !app.log.path.empty()) keep_drill(app, &debrief->grade);
    screen.debrief = std::move(debrief);
  }
  screen.working = !was_done;
}

std::string own_words(const DebriefDesk& desk) {
  std::string out = "\n## In your own words\n\n";
  for (std::size_t i = 0; i < kOwnWords.size(); ++i) {
    if (!desk.answers[i].empty()) out += fmt::format("* {} {}\n", kOwnWords[i], plain(desk.answers[i]));
  }
  return out;
}

// Beside the log, which has the drill's name and time; in the working folder where there is no log.
void save(App& app, bool as_json) {
  if (!app.debrief.debrief) return;
  std::filesystem::path path = app.log.path.empty() ? "debrief" : app.log.path;
  path.replace_extension(as_json ? "debrief.json" : "debrief.md");
  const drill::Debrief& debrief = *app.debrief.debrief;
  const std::string text =
      as_json ? drill::debrief_json(debrief)
              : drill::page_markdown(drill::debrief_page(debrief)) + own_words(app.debrief_desk);
  const std::string problem = write_file(path.string(), text);
  app.debrief.saved = problem.empty() ? "Saved: " + plain(path.string()) : plain(problem);
}

}  // namespace

DebriefScreen debrief_screen(const DrillSeat& seat) {
  DebriefScreen screen;
  screen.title = seat.screen.title;
  screen.unit = seat.screen.view.harm_unit;
  screen.messages = seat.screen.view.messages;
  for (const drill::Message& message : screen.messages)
    screen.clocks.push_back(sim::format_weekday_time(seat.screen.clock, message.at));
  screen.working = true;
  return screen;
}

void open_debrief(App& app) {
  const drill::Drill& drill = app.seat->session.drill;
  app.debrief = debrief_screen(*app.seat);
  app.debrief_desk = {};
  app.job = std::make_unique<DebriefJob>(drill);
  app.room = Room::debrief;
}

void debrief_frame(App& app) {
  collect(app);
  switch (draw_debrief_room(app.look, app.debrief, app.debrief_desk)) {
    case DebriefWish::none: return;
    case DebriefWish::leave: return open_start(app);
    case DebriefWish::cancel: app.job->cancel(); return;
    case DebriefWish::markdown: return save(app, false);
    case DebriefWish::json: return save(app, true);
  }
}

}  // namespace breakglass::viz
