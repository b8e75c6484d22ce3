// The drill's room: fixed panels around one emergency. Everything that can be decided is here, by mouse and
// by keyboard.
//
// Keys: Space pauses; `.` the next thing that happens, `>` the next decision; 1 to 5 the speeds; P ships or
// promotes, H holds, R rolls back, C contains; A the approvals, B the bypass form; Tab and Enter everything
// else; F1 lists them; Escape goes back.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "viz/drill/command.hpp"
#include "viz/drill/screen.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

// The forms on the right, in the order of a drill's phases.
enum class Form { classify, scope, approvals, ready, close };
inline constexpr int kForms = 5;
const char* name_of(Form form);
// The one that a phase of the drill is about.
Form form_of(std::string_view phase);

// Where not all panels have room, one of these is shown.
enum class Corner { world, messages, forms, decide };
inline constexpr int kCorners = 4;
const char* name_of(Corner corner);

// What a person has open and half written; nothing of the drill.
struct DrillDesk {
  Memory memory;
  Form form = Form::classify;
  Corner corner = Corner::messages;
  bool is_opened = false;    // `form` was chosen by the phase once; then the trainee turns the pages
  std::size_t messages = 0;  // that were there when the list last scrolled to its end
  int settle = 3;            // frames for which it still does
  int page = 0;              // of the charts
  int element = 0;           // of the bypass form
  int compensation = 0;
  std::map<std::string, std::string> texts;  // of the text fields
  double stated_regression = 0.2;
  double stated_real = 0.9;
  bool keys_shown = false;
  std::string asked;  // the question that the focus was last moved to
};

void draw_drill_room(const Look& look, const DrillScreen& screen, DrillDesk& desk, Commands& commands);

}  // namespace breakglass::viz
