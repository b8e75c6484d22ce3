// The room that the window opens with: drills as cards, lessons, and the way to the other rooms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/settings.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

struct ScenarioCard {
  std::string id;
  std::string title;
  std::string page;    // the pager's text
  std::string length;  // "7 d"
  std::string result;  // of earlier drills; empty: none is recorded
};
struct LessonCard {
  int level = 1;
  std::string title;
};

struct StartScreen {
  std::vector<LessonCard> lessons;
  std::vector<ScenarioCard> cards;
  std::string error;  // why the last thing that was asked for could not be had
  std::string note;   // something to know: a settings file that was damaged
};

struct StartDesk {
  Memory memory;
  int seed = 1;
  int mode = 1;  // of drill::kModes
};

struct StartChoice {
  enum class Kind { drill, lesson, lab, settings, quit } kind = Kind::drill;
  std::string id;  // of the scenario
  int level = 1;   // of the lesson
};

std::optional<StartChoice> draw_start_room(const Look& look, const StartScreen& screen, StartDesk& desk);

// Everything about the window that can be chosen. True when something was.
struct SettingsDesk {
  Memory memory;
};
struct SettingsChoice {
  std::optional<Settings> changed;
  bool leaves = false;
};
SettingsChoice draw_settings_room(const Look& look, const Settings& settings, const std::string& note,
                                  SettingsDesk& desk);

}  // namespace breakglass::viz
