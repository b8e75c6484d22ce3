// What stands in front of everything: a question to confirm, and the list of keys.
#include <fmt/format.h>

#include <algorithm>

#include "viz/drill/panels.hpp"

namespace breakglass::viz {
namespace {

plot::Box centred(const Panel& panel, const plot::Box& window, double width, double height) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const double w = std::min(width * line, window.width() - 2 * line);
  const double h = std::min(height * line, window.height() - 2 * line);
  const double left = (window.left + window.right - w) / 2;
  const double top = (window.top + window.bottom - h) / 2;
  fill(c, window, IM_COL32(0, 0, 0, 140));
  const plot::Box box{left, top, left + w, top + h};
  fill(c, box, c.ink.pane, 0.4F * c.line());
  c.list->AddRect(vec({box.left, box.top}), vec({box.right, box.bottom}), c.ink.muted, 0.4F * c.line(), 0,
                  1.5F * c.fonts.scale);
  return {box.left + 1.2 * line, box.top + 0.9 * line, box.right - 1.2 * line, box.bottom - 0.9 * line};
}

}  // namespace

void draw_question(const Panel& panel, const plot::Box& window) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const plot::Box in = centred(panel, window, 34, 8.5);
  paragraph(panel.ui, c.fonts.bold, in, c.ink.text, panel.screen.question, 3);
  Row row = row_in(panel.ui, {in.left, in.bottom - 1.7 * line, in.right, in.bottom});
  Button how;
  how.key = "N";
  if (button(panel.ui, "Leave it", next(row, button_width(panel.ui, "Leave it", how.key)), how))
    panel.commands.push_back({Command::Kind::dismiss, "", 1});
  how.key = "Y";
  if (button(panel.ui, "Yes, do it", next(row, button_width(panel.ui, "Yes, do it", how.key)), how))
    panel.commands.push_back({Command::Kind::confirm, "", 1});
}

void draw_keys(const Panel& panel, const plot::Box& window) {
  struct Line {
    const char* keys;
    const char* about;
  };
  static constexpr Line kLines[] = {{"Space", "pause, or go on"},
                                    {".", "the next thing that happens"},
                                    {">", "the next thing that asks for a decision"},
                                    {"1 2 3 4 5", "1x, 10x, 60x, 600x, 3600x"},
                                    {"P", "ship or promote"},
                                    {"H", "hold"},
                                    {"R", "roll back (asks)"},
                                    {"C", "contain, or lift it"},
                                    {"A", "approvals"},
                                    {"B", "bypass form"},
                                    {"Tab Enter", "everything else, one after the other"},
                                    {"Esc", "back; the log keeps what was decided"}};
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const plot::Box in = centred(panel, window, 36, 20.5);
  double y = draw_heading(panel, in, "Keys");
  const double step = std::min(1.35 * line, (in.bottom - y - 1.9 * line) / std::size(kLines));
  for (const Line& key : kLines) {
    put_text_in(c, c.fonts.mono, {in.left, y, in.left + 7 * line, y + step}, c.ink.text, key.keys);
    put_text_in(c, c.fonts.text, {in.left + 7.5 * line, y, in.right, y + step}, c.ink.muted, key.about);
    y += step;
  }
  const double width = button_width(panel.ui, "Back to the drill");
  if (button(panel.ui, "Back to the drill", {in.left, in.bottom - 1.7 * line, in.left + width, in.bottom}))
    panel.desk.keys_shown = false;
}

}  // namespace breakglass::viz
