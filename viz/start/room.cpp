#include "viz/start/room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drill/drill.hpp"
#include "viz/full_window.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {
namespace {

double draw_lessons(Ui& ui, const StartScreen& screen, const plot::Box& box,
                    std::optional<StartChoice>& choice) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  put_text_in(c, c.fonts.bold, {box.left, box.top, box.right, box.top + 1.6 * line}, c.ink.text,
              "New here? Five minutes each, with a coach");
  Row row = row_in(ui, {box.left, box.top + 1.7 * line, box.right, box.bottom});
  for (const LessonCard& lesson : screen.lessons) {
    const std::string label = fmt::format("{}. {}", lesson.level, lesson.title);
    if (button(ui, label, next(row, button_width(ui, label))))
      choice = StartChoice{StartChoice::Kind::lesson, "", lesson.level};
  }
  return below(row) + 0.4 * line;
}

double draw_setup(Ui& ui, StartDesk& desk, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const auto words = [&](Row& row, const std::string& text, const ImFont* font) {
    put_text_in(c, font, next(row, text_width(font, text) + 0.5 * line), c.ink.text, text);
  };
  Row row = row_in(ui, box);
  words(row, "Drills", c.fonts.bold);
  words(row, "in the mode", c.fonts.text);
  for (std::size_t m = 0; m < std::size(drill::kModes); ++m) {
    Button how;
    how.selected = static_cast<int>(m) == desk.mode;
    const std::string label(drill::kModes[m]);
    if (button(ui, label, next(row, button_width(ui, label)), how)) desk.mode = static_cast<int>(m);
  }
  words(row, fmt::format("with the luck of seed {}", desk.seed), c.fonts.text);
  if (button(ui, "Seed before", next(row, button_width(ui, "−")),
             {.text = "−", .key = "", .enabled = desk.seed > 0}))
    --desk.seed;
  if (button(ui, "Seed after", next(row, button_width(ui, "+")), {.text = "+", .key = ""})) ++desk.seed;
  return below(row);
}

void draw_card(Ui& ui, const ScenarioCard& card, const plot::Box& box) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  fill(c, box, is_hot(ui, card.id, box) ? c.ink.raised : c.ink.pane, 0.35F * c.line());
  const plot::Box in{box.left + 0.7 * line, box.top + 0.5 * line, box.right - 0.6 * line,
                     box.bottom - 0.4 * line};
  const double y = paragraph(ui, c.fonts.bold, in, c.ink.text, card.title, 2) + 0.15 * line;
  const double foot = in.bottom - 1.2 * line;
  const int most = std::max(1, static_cast<int>((foot - y) / (1.2 * line)));
  paragraph(ui, c.fonts.text, {in.left, y, in.right, foot}, c.ink.muted, card.page, most);
  const std::string result = card.result.empty() ? "not played yet" : card.result;
  put_text_in(c, c.fonts.text, {in.left, foot, in.right, in.bottom}, c.ink.text,
              fmt::format("{} · {}", card.length, result));
}

double draw_cards(Ui& ui, const StartScreen& screen, const plot::Box& box,
                  std::optional<StartChoice>& choice) {
  const double line = ui.canvas.line();
  const double gap = 0.45 * line;
  const int columns = std::max(1, static_cast<int>(box.width() / (24 * line)));
  const double width = (box.width() - gap * (columns - 1)) / columns;
  const double height = 8.6 * line;
  double bottom = box.top;
  for (std::size_t i = 0; i < screen.cards.size(); ++i) {
    const auto k = static_cast<int>(i);
    const double left = box.left + (k % columns) * (width + gap);
    const int line_of_cards = k / columns;
    const double top = box.top + line_of_cards * (height + gap);
    const plot::Box place{left, top, left + width, top + height};
    draw_card(ui, screen.cards[i], place);
    if (area(ui, screen.cards[i].id, place))
      choice = StartChoice{StartChoice::Kind::drill, screen.cards[i].id, 1};
    bottom = place.bottom;
  }
  return bottom + gap;
}

void draw_head(Ui& ui, plot::Box& window, std::optional<StartChoice>& choice) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const plot::Box head{window.left, window.top, window.right, window.top + 3.4 * line};
  fill(c, head, c.ink.pane);
  fill(c, {head.left, head.bottom - 1, head.right, head.bottom}, c.ink.rule);
  double right = head.right - 0.7 * line;
  const auto go = [&](const char* label, StartChoice::Kind kind) {
    const double width = button_width(ui, label);
    if (button(ui, label, {right - width, head.top + 0.85 * line, right, head.top + 2.55 * line}))
      choice = StartChoice{kind, "", 1};
    right -= width + 0.4 * line;
  };
  go("Quit", StartChoice::Kind::quit);
  go("Settings", StartChoice::Kind::settings);
  go("Lab", StartChoice::Kind::lab);
  put_text_in(c, c.fonts.big, {head.left + 0.9 * line, head.top + 0.2 * line, right, head.top + 2.1 * line},
              c.ink.text, "Breakglass");
  put_text_in(c, c.fonts.text, {head.left + 0.9 * line, head.top + 2 * line, right, head.bottom - 0.1 * line},
              c.ink.muted, "emergency changes to production: drills and a lab; everything here is simulated");
  const double gap = 0.6 * line;
  window = {window.left + gap, head.bottom + gap, window.right - gap, window.bottom - gap};
}

}  // namespace

std::optional<StartChoice> draw_start_room(const Look& look, const StartScreen& screen, StartDesk& desk) {
  std::optional<StartChoice> choice;
  begin_items(desk.memory);
  plot::Box window = begin_full_window("start");
  Ui ui = ui_of(look, desk.memory);
  draw_head(ui, window, choice);
  for (const std::string* text : {&screen.error, &screen.note}) {
    if (text->empty()) continue;
    window.top = paragraph(ui, look.fonts.text, window, text == &screen.error ? look.ink.bad : look.ink.muted,
                           *text, 4) +
                 0.4 * ui.canvas.line();
  }
  Scroll scroll = begin_scroll(ui, "cards", window);
  double y = draw_lessons(scroll.ui, screen, scroll.box, choice);
  y = draw_setup(scroll.ui, desk, {scroll.box.left, y, scroll.box.right, scroll.box.bottom});
  y = draw_cards(scroll.ui, screen, {scroll.box.left, y, scroll.box.right, scroll.box.bottom}, choice);
  end_scroll(scroll, y);
  end_full_window();
  end_items(desk.memory);
  return choice;
}

namespace {

double draw_size(Ui& ui, const Settings& settings, const plot::Box& box, std::optional<Settings>& changed) {
  Row row = row_in(ui, box);
  for (const int percent : {0, 100, 125, 150, 175, 200, 250}) {
    const std::string label = percent == 0 ? "as the monitor says" : fmt::format("{}%", percent);
    Button how;
    how.selected = settings.scale_percent == percent;
    if (!button(ui, label, next(row, button_width(ui, label)), how)) continue;
    changed = settings;
    changed->scale_percent = percent;
  }
  return below(row);
}

}  // namespace

SettingsChoice draw_settings_room(const Look& look, const Settings& settings, const std::string& note,
                                  SettingsDesk& desk) {
  SettingsChoice out;
  begin_items(desk.memory);
  plot::Box window = begin_full_window("settings");
  Ui ui = ui_of(look, desk.memory);
  const double line = ui.canvas.line();
  out.leaves = draw_room_head(ui, window, "Settings", note.empty() ? "remembered between starts" : note, "");
  Scroll scroll = begin_scroll(ui, "settings list", window);
  double y = scroll.box.top;
  const auto head = [&](const char* text) {
    put_text_in(scroll.ui.canvas, look.fonts.bold, {scroll.box.left, y, scroll.box.right, y + 1.6 * line},
                look.ink.text, text);
    y += 1.7 * line;
    return plot::Box{scroll.box.left, y, scroll.box.right, y + 40 * line};
  };
  y = draw_size(scroll.ui, settings, head("Size of text"), out.changed);
  const auto pick = [&](const plot::Box& box, const char* first, const char* second, bool is_second) {
    Row row = row_in(scroll.ui, box);
    bool now = is_second;
    if (button(scroll.ui, first, next(row, button_width(ui, first)),
               {.text = "", .key = "", .selected = !is_second}))
      now = false;
    if (button(scroll.ui, second, next(row, button_width(ui, second)),
               {.text = "", .key = "", .selected = is_second}))
      now = true;
    y = below(row);
    return now;
  };
  const bool light = pick(head("Theme"), "dark", "light", settings.theme == Theme::light);
  const bool still = pick(head("Motion"), "as it is", "reduced", settings.reduced_motion);
  if (light != (settings.theme == Theme::light) || still != settings.reduced_motion) {
    out.changed = settings;
    out.changed->theme = light ? Theme::light : Theme::dark;
    out.changed->reduced_motion = still;
  }
  end_scroll(scroll, y);
  end_full_window();
  end_items(desk.memory);
  return out;
}

}  // namespace breakglass::viz
