// What has to be ready before traffic meets the change: schedule, way back, evaluation, customers,
// mitigation.
#include <fmt/format.h>

#include <algorithm>

#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

double draw_schedules(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const DrillScreen& s = panel.screen;
  double y = draw_heading(panel, box,
                          s.view.schedule.empty() ? "How far, how fast?" : "Schedule: " + s.view.schedule);
  for (const drill::ScheduleForm& schedule : s.forms.schedules) {
    Button how;
    how.text = plain(schedule.id);
    how.anchor = plot::Anchor::start;
    how.enabled = s.view.weight <= 0 && !s.view.over;
    const double width = std::min(12.5 * line, 0.5 * box.width());
    if (button(panel.ui, "schedule " + schedule.id, {box.left, y, box.left + width, y + 1.7 * line}, how))
      say(panel.commands, "schedule " + schedule.id);
    put_text_in(c, c.fonts.text, {box.left + width + 0.6 * line, y, box.right, y + 1.7 * line}, c.ink.muted,
                schedule.steps);
    y += 1.95 * line;
  }
  std::string& own = panel.desk.texts["schedule"];
  const double width = button_width(panel.ui, "Use it");
  const bool entered =
      text_field(panel.ui, "own schedule", {box.left, y, box.right - width - 0.4 * line, y + 1.7 * line},
                 "or your own: 1%/5m 10%/10m 100%/30m", own);
  Button how;
  how.enabled = !own.empty() && s.view.weight <= 0 && !s.view.over;
  if (button(panel.ui, "Use it", {box.right - width, y, box.right, y + 1.7 * line}, how) ||
      (entered && how.enabled))
    say(panel.commands, "schedule " + own);
  return y + 2 * line;
}

double draw_mitigations(const Panel& panel, const plot::Box& box) {
  const DrillScreen& s = panel.screen;
  if (s.forms.mitigations.empty()) return box.top;
  double y = draw_heading(
      panel, box,
      fmt::format("Mitigation: {}",
                  s.view.containment == drill::Task::done ? "on" : state_text(s.view.containment)));
  Row row = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  for (const std::string& mitigation : s.forms.mitigations) {
    Button how;
    how.text = plain(mitigation);
    how.enabled = s.view.containment != drill::Task::done && !s.view.over;
    if (button(panel.ui, "mitigate " + mitigation, next(row, button_width(panel.ui, how.text)), how))
      say(panel.commands, "mitigate " + mitigation);
  }
  y = below(row);
  return y;
}

}  // namespace

double draw_ready(const Panel& panel, const plot::Box& box) {
  const drill::View& v = panel.screen.view;
  double y = draw_schedules(panel, box);
  const auto rest = [&] { return plot::Box{box.left, y, box.right, box.bottom}; };
  y = draw_order(panel, rest(), sim::Order::verify_rollback, "");
  y = draw_order(panel, rest(), sim::Order::communicate, "");
  y = draw_order(panel, rest(), sim::Order::run_gate, "");
  y = draw_order(panel, rest(), sim::Order::coordinate, "");
  y = draw_mitigations(panel, rest());
  Row row = row_in(panel.ui, rest());
  Button how;
  how.enabled = !v.over;
  for (const char* setting : {"on", "off"}) {
    const std::string label = fmt::format("Automatic rollback {}", setting);
    if (button(panel.ui, label, next(row, button_width(panel.ui, label)), how))
      say(panel.commands, fmt::format("automatic {}", setting));
  }
  return below(row);
}

}  // namespace breakglass::viz
