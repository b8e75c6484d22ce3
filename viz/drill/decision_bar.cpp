// What the rollout comes down to now, with what each choice would do; and the line of time below it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drill/screen_text.hpp"
#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

constexpr std::array kChoiceKeys{"P", "H", "R", "C"};

void draw_card(const Panel& panel, const plot::Box& box, const drill::Choice& choice, const char* key) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const bool able = choice.hindrance.empty();
  const bool hot = able && is_hot(panel.ui, choice.title, box);
  fill(c, box, !able ? c.ink.back : hot ? c.ink.rule : c.ink.raised, 0.35F * c.line());
  const plot::Box in{box.left + 0.7 * line, box.top + 0.25 * line, box.right - 0.6 * line,
                     box.bottom - 0.2 * line};
  const double title = in.top + 1.4 * line;
  put_text_in(c, c.fonts.bold, {in.left, in.top, in.right - 1.6 * line, title},
              able ? c.ink.text : c.ink.faint, choice.title);
  put_text_in(c, c.fonts.mono, {in.right - 1.4 * line, in.top, in.right, title},
              able ? c.ink.muted : c.ink.faint, key, plot::Anchor::end);
  const int most = std::max(1, static_cast<int>((in.bottom - title) / (1.2 * line)));
  paragraph(panel.ui, c.fonts.text, {in.left, title, in.right, in.bottom}, able ? c.ink.muted : c.ink.faint,
            able ? choice.effect : choice.hindrance, most);
  if (area(panel.ui, choice.title, box, able)) say(panel.commands, choice.line);
}

void draw_over(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const plot::Box in = pane(panel.ui, box, "The drill is over.");
  paragraph(panel.ui, c.fonts.text, in, c.ink.muted,
            "The log holds what you decided. The debrief says what it came to, and what was luck.", 2);
  Row row = row_in(panel.ui, {in.left, in.top + 2.6 * line, in.right, in.bottom});
  Button how;
  how.primary = true;
  if (button(panel.ui, "To the debrief", next(row, button_width(panel.ui, "To the debrief")), how))
    panel.commands.push_back({Command::Kind::debrief, "", 1});
  how.primary = false;
  if (button(panel.ui, "Leave", next(row, button_width(panel.ui, "Leave")), how))
    panel.commands.push_back({Command::Kind::leave, "", 1});
}

std::string headline(const DrillScreen& s) {
  if (!s.stuck.empty()) return "PAUSED: " + s.stuck;
  std::string text = drill::rollout_text(s.view);
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

void draw_decision(const Panel& panel, const plot::Box& box, bool wide) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const DrillScreen& s = panel.screen;
  if (s.view.over) return draw_over(panel, box);
  const plot::Box in = pane(panel.ui, box, "");
  const double head = in.top + 1.35 * line;
  const bool no = !s.notice.empty();
  const double split = no && wide ? in.left + 0.5 * in.width() : in.right;
  double top = head + 0.2 * line;
  if (wide)
    put_text_in(c, c.fonts.bold, {in.left, in.top, split, head}, c.ink.text, headline(s));
  else
    top = paragraph(panel.ui, c.fonts.bold, in, c.ink.text, headline(s), 2) + 0.2 * line;
  if (no && wide)
    put_text_in(c, c.fonts.text, {split + 0.5 * line, in.top, in.right, head}, c.ink.bad, s.notice,
                plot::Anchor::end);
  if (no && !wide)
    top = paragraph(panel.ui, c.fonts.text, {in.left, top, in.right, in.bottom}, c.ink.bad, s.notice, 2);
  const auto count = static_cast<int>(s.choices.size());
  const int columns = wide ? count : 2;
  const int rows = (count + columns - 1) / columns;
  const double gap = 0.4 * line;
  const double width = (in.width() - gap * (columns - 1)) / columns;
  const double height = (in.bottom - top - gap * (rows - 1)) / rows;
  for (int i = 0; i < count; ++i) {
    const double left = in.left + (i % columns) * (width + gap);
    const int line_of_cards = i / columns;
    const double y = top + line_of_cards * (height + gap);
    draw_card(panel, {left, y, left + width, y + height}, s.choices[static_cast<std::size_t>(i)],
              kChoiceKeys[static_cast<std::size_t>(i)]);
  }
}

}  // namespace breakglass::viz
