#include "viz/drill/room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "viz/drill/panels.hpp"
#include "viz/full_window.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {
namespace {

bool key(char small) { return typed(small) || typed(static_cast<char>(small - 'a' + 'A')); }

void ask(Commands& commands, Command::Kind kind) { commands.push_back({kind, "", 1}); }

void keys_of_time(Commands& commands) {
  if (pressed(Key::space)) ask(commands, Command::Kind::pause);
  if (typed('.')) ask(commands, Command::Kind::next_event);
  if (typed('>')) ask(commands, Command::Kind::next_decision);
  for (std::size_t i = 0; i < drill::kSpeeds.size(); ++i) {
    if (typed(static_cast<char>('1' + i))) commands.push_back({Command::Kind::speed, "", drill::kSpeeds[i]});
  }
}

void open_form(DrillDesk& desk, Form form) {
  desk.form = form;
  desk.corner = Corner::forms;
}

void keys_of_drill(const DrillScreen& screen, DrillDesk& desk, Commands& commands) {
  static constexpr std::array kLetters{'p', 'h', 'r', 'c'};
  for (std::size_t i = 0; i < std::min(kLetters.size(), screen.choices.size()); ++i) {
    if (key(kLetters[i])) say(commands, screen.choices[i].line);
  }
  if (key('a')) open_form(desk, Form::approvals);
  if (key('b')) open_form(desk, Form::scope);
}

void read_keys(const DrillScreen& screen, DrillDesk& desk, Commands& commands) {
  if (f1_pressed() || (!desk.memory.typing && typed('?'))) desk.keys_shown = !desk.keys_shown;
  const bool back = pressed(Key::escape);
  if (desk.keys_shown) {
    if (back) desk.keys_shown = false;
    return;
  }
  if (!screen.question.empty()) {
    if (key('y')) ask(commands, Command::Kind::confirm);
    if (key('n') || back) ask(commands, Command::Kind::dismiss);
    return;
  }
  if (desk.memory.typing) {
    if (back) desk.memory.focus.clear();
    return;
  }
  if (back) ask(commands, Command::Kind::leave);
  if (screen.view.over) return;
  keys_of_time(commands);
  keys_of_drill(screen, desk, commands);
}

// In front of everything; the focus goes to the answer that changes nothing.
void follow_question(const DrillScreen& screen, DrillDesk& desk) {
  if (desk.asked == screen.question) return;
  desk.asked = screen.question;
  if (!screen.question.empty()) desk.memory.focus = "Leave it";
}

void draw_corners(const Panel& panel, const DrillLayout& layout) {
  const double width = layout.tabs.width() / kCorners;
  for (int i = 0; i < kCorners; ++i) {
    const auto corner = static_cast<Corner>(i);
    Button how;
    how.selected = corner == panel.desk.corner;
    const plot::Box box{layout.tabs.left + i * width, layout.tabs.top, layout.tabs.left + (i + 0.96) * width,
                        layout.tabs.bottom};
    if (button(panel.ui, name_of(corner), box, how)) panel.desk.corner = corner;
  }
  switch (panel.desk.corner) {
    case Corner::world: return draw_world(panel, layout.world);
    case Corner::messages: return draw_messages(panel, layout.messages);
    case Corner::forms: return draw_forms(panel, layout.forms);
    case Corner::decide: return draw_decision(panel, layout.decide, false);
  }
}

void draw_panels(const Look& look, const DrillScreen& screen, DrillDesk& desk, Commands& commands) {
  const plot::Box window = begin_full_window("drill");
  Ui ui = ui_of(look, desk.memory, screen.question.empty() && !desk.keys_shown);
  const DrillLayout layout = lay_out_drill(window.width(), window.height(), ui.canvas.line());
  const Panel panel{ui, screen, desk, commands};
  draw_drill_top(panel, layout.top, layout);
  if (layout.wide) {
    draw_messages(panel, layout.messages);
    draw_forms(panel, layout.forms);
    draw_decision(panel, layout.decide, true);
    draw_time(panel, layout.time, true);
    draw_world(panel, layout.world);
  } else {
    draw_corners(panel, layout);
    draw_time(panel, layout.time, false);
  }
  end_full_window();
}

// In front of everything.
void draw_front(const Look& look, const DrillScreen& screen, DrillDesk& desk, Commands& commands) {
  if (screen.question.empty() && !desk.keys_shown) return;
  if (desk.memory.marks != nullptr) desk.memory.marks->clear();  // what is behind is veiled
  const plot::Box window = begin_front_window("in front");
  Ui ui = ui_of(look, desk.memory);
  const Panel panel{ui, screen, desk, commands};
  if (desk.keys_shown)
    draw_keys(panel, window);
  else
    draw_question(panel, window);
  end_full_window();
}

}  // namespace

const char* name_of(Corner corner) {
  static constexpr std::array kNames{"World", "Messages", "Forms", "Decide"};
  return kNames[static_cast<std::size_t>(corner)];
}

void draw_drill_room(const Look& look, const DrillScreen& screen, DrillDesk& desk, Commands& commands) {
  begin_items(desk.memory);
  if (!desk.is_opened) desk.form = form_of(screen.view.phase);
  desk.is_opened = true;
  follow_question(screen, desk);
  read_keys(screen, desk, commands);
  draw_panels(look, screen, desk, commands);
  draw_front(look, screen, desk, commands);
  end_items(desk.memory);
}

}  // namespace breakglass::viz
