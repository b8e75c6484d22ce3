// Pause, speeds, and the drill as one line of time: decisions above it, news below it.
#include <fmt/format.h>

#include <algorithm>

#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

void draw_line(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const DrillScreen& s = panel.screen;
  const double line = c.line();
  const double now = sim::to_seconds(s.view.now);
  const plot::Scale x{0, std::max(1800.0, 1.04 * now), box.left + 0.4 * line, box.right - 0.4 * line};
  const double y = (box.top + box.bottom) / 2;
  fill(c, {x.begin, y - 0.06 * line, x.end, y + 0.06 * line}, c.ink.rule);
  fill(c, {x.begin, y - 0.06 * line, x(now), y + 0.06 * line}, c.ink.muted);
  for (const plot::Point& p : s.decided) {  // diamonds above: what was decided
    const ImVec2 m = vec({x(p.x), y - 0.45 * line});
    const float r = 0.26F * c.line();
    c.list->AddQuadFilled({m.x, m.y - r}, {m.x + r, m.y}, {m.x, m.y + r}, {m.x - r, m.y}, c.ink.change);
  }
  for (const drill::Message& message : s.view.messages)  // dots below: what happened
    c.list->AddCircleFilled(vec({x(sim::to_seconds(message.at)), y + 0.45 * line}), 0.18F * c.line(),
                            c.ink.text);
  c.list->AddCircleFilled(vec({x(now), y}), 0.34F * c.line(), c.ink.cursor);
}

}  // namespace

void draw_time(const Panel& panel, const plot::Box& box, bool wide) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const DrillScreen& s = panel.screen;
  fill(c, box, c.ink.pane);
  fill(c, {box.left, box.top, box.right, box.top + 1}, c.ink.rule);
  Row row = row_in(panel.ui, {box.left + 0.6 * line, box.top + (wide ? 0.5 : 0.35) * line,
                              box.right - 0.6 * line, box.bottom});
  Button how;
  how.enabled = !s.view.over;
  how.text = s.pace.paused ? "Play" : "Pause";
  if (button(panel.ui, "Pause or play", next(row, button_width(panel.ui, "Pause")), how))
    panel.commands.push_back({Command::Kind::pause, "", 1});
  for (std::size_t i = 0; i < drill::kSpeeds.size(); ++i) {
    how.text = fmt::format("{:g}x", drill::kSpeeds[i]);
    how.selected = !s.pace.paused && s.pace.speed == drill::kSpeeds[i];
    if (button(panel.ui, "speed " + how.text, next(row, button_width(panel.ui, how.text)), how))
      panel.commands.push_back({Command::Kind::speed, "", drill::kSpeeds[i]});
  }
  how.selected = false;
  const auto jump = [&](const char* label, const char* text, const char* key, Command::Kind kind) {
    how.text = text;
    how.key = wide ? key : "";
    if (button(panel.ui, label, next(row, button_width(panel.ui, text, how.key)), how))
      panel.commands.push_back({kind, "", 1});
  };
  jump("Next event", wide ? "Next event" : "Event", ".", Command::Kind::next_event);
  jump("Next decision", wide ? "Next decision" : "Decision", ">", Command::Kind::next_decision);
  if (!wide) return;
  how = {};
  how.key = "F1";
  how.text = "Keys";
  const double keys = button_width(panel.ui, how.text, how.key);
  const plot::Box right{row.box.right - keys, row.y, row.box.right, row.y + row.height};
  draw_line(panel, {row.x + 0.3 * line, box.top, right.left - 0.5 * line, box.bottom});
  if (button(panel.ui, "Keys", right, how)) panel.desk.keys_shown = true;
}

}  // namespace breakglass::viz
