// What people say, what the process reports and what the coach advises, oldest first.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

double draw_message(const Panel& panel, const plot::Box& box, const drill::Message& message, bool fresh) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const std::string time = sim::format_weekday_time(panel.screen.clock, message.at);
  const double column = text_width(c.fonts.mono, "Wed 00:00") + 0.8 * line;
  put_text_in(c, c.fonts.mono, {box.left, box.top, box.right, box.top + 1.2 * line}, c.ink.muted, time);
  const bool is_fact = message.text.starts_with("told: ");
  const std::string text = is_fact ? message.text.substr(6) : message.text;
  if (is_fact)  // somebody says so: it may be wrong
    c.list->AddTriangleFilled(vec({box.left + column - 0.6 * line, box.top + 0.3 * line}),
                              vec({box.left + column - 0.15 * line, box.top + 0.6 * line}),
                              vec({box.left + column - 0.6 * line, box.top + 0.9 * line}), c.ink.muted);
  const ImU32 ink = c.ink.text;
  return paragraph(panel.ui, fresh ? c.fonts.bold : c.fonts.text,
                   {box.left + column, box.top, box.right, box.bottom}, ink, text) +
         0.3 * line;
}

double draw_note(const Panel& panel, const plot::Box& box, const CoachNote& note, std::size_t number,
                 bool is_last) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const double left = box.left + 0.8 * line;
  double y = paragraph(panel.ui, c.fonts.bold, {left, box.top, box.right, box.bottom}, c.ink.mark, "coach");
  y = paragraph(panel.ui, c.fonts.text, {left, y, box.right, box.bottom}, c.ink.text, note.text);
  fill(c, {box.left, box.top, box.left + 0.18 * line, y}, c.ink.mark);
  if (is_last && !note.lines.empty()) {
    Row row = row_in(panel.ui, {left, y + 0.2 * line, box.right, box.bottom});
    for (std::size_t i = 0; i < note.lines.size(); ++i) {
      Button how;
      how.text = note.lines[i];
      how.anchor = plot::Anchor::start;
      if (button(panel.ui, fmt::format("try {}.{}", number, i), next(row, button_width(panel.ui, how.text)),
                 how))
        say(panel.commands, note.lines[i]);
    }
    y = below(row);
  }
  return y + 0.4 * line;
}

}  // namespace

void draw_messages(const Panel& panel, const plot::Box& box) {
  const DrillScreen& s = panel.screen;
  const plot::Box in = pane(panel.ui, box, "Messages", "pager, people, process");
  Scroll scroll = begin_scroll(panel.ui, "messages", in);
  const Panel inside{scroll.ui, s, panel.desk, panel.commands};
  double y = scroll.box.top;
  const auto place = [&] { return plot::Box{scroll.box.left, y, scroll.box.right, y + 1e4}; };
  for (std::size_t i = 0; i < s.view.messages.size(); ++i) {
    const bool fresh = s.view.messages[i].at == s.view.now && s.view.now > sim::Time{};
    y = draw_message(inside, place(), s.view.messages[i], fresh);
  }
  for (std::size_t i = 0; i < s.notes.size(); ++i)
    y = draw_note(inside, place(), s.notes[i], i, i + 1 == s.notes.size());
  const std::size_t count = s.view.messages.size() + s.notes.size();
  if (count != panel.desk.messages) panel.desk.settle = 3;
  panel.desk.messages = count;
  if (panel.desk.settle > 0 && panel.desk.memory.reveal == 0) {
    scroll_to_end();
    --panel.desk.settle;
  }
  end_scroll(scroll, y);
}

}  // namespace breakglass::viz
