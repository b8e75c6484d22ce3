#include "viz/app.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/app_rooms.hpp"

namespace breakglass::viz {
namespace {

// Once, when the drill is over: what goes wrong is said in the room, and spoils nothing.
void record_when_over(App& app) {
  if (app.recorded || !app.seat->screen.view.over || !app.seat->session.journal.is_open()) return;
  app.recorded = true;
  if (app.request.no_history) return;
  app.log.chain = app.seat->session.chain;
  const history::Kept kept = keep_drill(app, nullptr);
  if (!kept.problem.empty()) app.seat->screen.notice = "not in the history: " + kept.problem;
}

void drill_frame(App& app, double real_s) {
  let_pass(*app.seat, real_s);
  Commands commands;
  draw_drill_room(app.look, app.seat->screen, app.drill_desk, commands);
  for (const Command& command : commands) {
    if (command.kind == Command::Kind::leave) return open_start(app);
    if (command.kind == Command::Kind::debrief) return open_debrief(app);
    carry_out(*app.seat, command);
  }
  record_when_over(app);
}

void start_frame(App& app) {
  const auto choice = draw_start_room(app.look, app.start, app.start_desk);
  if (!choice) return;
  using Kind = StartChoice::Kind;
  PlayRequest request;
  request.history = app.request.history;
  request.no_history = app.request.no_history;
  switch (choice->kind) {
    case Kind::quit: app.quits = true; return;
    case Kind::lab: return open_lab(app);
    case Kind::settings: app.room = Room::settings; return;
    case Kind::drill:
      request.scenario = choice->id;
      request.seed = static_cast<std::uint64_t>(app.start_desk.seed);
      request.mode = static_cast<drill::Mode>(app.start_desk.mode);
      break;
    case Kind::lesson: request.lesson = std::to_string(choice->level); break;
  }
  app.start.error = open_drill(app, request);
}

void settings_frame(App& app) {
  const SettingsChoice choice =
      draw_settings_room(app.look, app.settings, app.settings_note, app.settings_desk);
  if (choice.changed) {
    app.settings = *choice.changed;
    app.restyle = true;
    app.settings_note = save_settings(app.settings_file, app.settings);
  }
  if (choice.leaves) app.room = Room::start;
}

}  // namespace

void app_frame(App& app, double real_s) {
  let_go(app);
  app.start_desk.memory.marks = app.settings_desk.memory.marks = app.drill_desk.memory.marks =
      app.debrief_desk.memory.marks = app.lab_desk.memory.marks = app.marks;
  switch (app.room) {
    case Room::start: return start_frame(app);
    case Room::drill: return drill_frame(app, real_s);
    case Room::debrief: return debrief_frame(app);
    case Room::lab: return lab_frame(app);
    case Room::settings: return settings_frame(app);
  }
}

}  // namespace breakglass::viz
