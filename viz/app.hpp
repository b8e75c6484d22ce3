// The rooms together: which one is open, and what is carried out of what it asks for. The only part of the
// window, beside main, that opens files; it knows no display, so tests and pictures drive it without one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drill/log.hpp"
#include "history/keep.hpp"
#include "viz/debrief/job.hpp"
#include "viz/debrief/room.hpp"
#include "viz/drill/room.hpp"
#include "viz/drill/seat.hpp"
#include "viz/lab/room.hpp"
#include "viz/settings.hpp"
#include "viz/start/room.hpp"

namespace breakglass::viz {

struct PlayRequest {
  std::string scenario;                // a path or a shipped id; empty: the start room
  std::vector<std::string> overrides;  // "/pointer=value"
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  drill::Mode mode = drill::Mode::drill;
  std::string log;      // empty: a new one in the data folder
  std::string lesson;   // a level, an id or a path; empty: none
  std::string history;  // as in history::history_path
  bool no_history = false;
};

enum class Room { start, drill, debrief, lab, settings };

struct App {
  Look look;
  Settings settings;
  std::string settings_file;
  std::string settings_note;
  bool restyle = false;  // the settings have changed: the fonts are to be loaded anew before the next frame
  bool quits = false;
  Room room = Room::start;
  std::vector<TextMark>* marks = nullptr;

  StartScreen start;
  StartDesk start_desk;
  SettingsDesk settings_desk;

  PlayRequest request;  // of the drill that is open
  std::unique_ptr<DrillSeat> seat;
  DrillDesk drill_desk;
  history::KeptLog log;
  bool recorded = false;

  DebriefScreen debrief;
  DebriefDesk debrief_desk;
  std::unique_ptr<DebriefJob> job;

  LabScreen lab;
  LabDesk lab_desk;
  std::unique_ptr<LabJob> lab_job;
  // Cancelled, and not ended yet: nobody waits for them.
  std::vector<std::unique_ptr<LabJob>> ending_labs;
  std::vector<std::unique_ptr<DebriefJob>> ending_debriefs;
};

// Cards, lessons and results.
void open_start(App& app);

// Begins a drill, or goes on with its log. "", or everything that is wrong, for a terminal or a panel; then
// the room stays as it is.
std::string open_drill(App& app, const PlayRequest& request);

// The debrief of a drill as it is opened: what happened, and nothing of the verdict yet.
DebriefScreen debrief_screen(const DrillSeat& seat);

// One frame, in an ImGui context that is there: lets `real_s` seconds of the person's time go by, draws, and
// carries out what was asked for.
void app_frame(App& app, double real_s);

}  // namespace breakglass::viz
