// What is bypassed, what makes up for it and why; who stands by.
#include <fmt/format.h>

#include <algorithm>

#include "drill/words.hpp"
#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

// "canary (faster-steps): why": the line of the view that is about the element; empty: it is kept.
std::string bypass_of(const drill::View& view, const std::string& element) {
  for (const std::string& bypass : view.bypasses) {
    if (bypass.starts_with(element + " (")) return bypass.substr(element.size() + 1);
  }
  return "";
}

double draw_element(const Panel& panel, const plot::Box& box, int i) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const std::string& element = panel.screen.forms.elements[static_cast<std::size_t>(i)].element;
  const std::string bypass = bypass_of(panel.screen.view, element);
  Button how;
  how.text = element;
  how.selected = i == panel.desk.element;
  how.anchor = plot::Anchor::start;
  const double width = 8.5 * line;
  if (button(panel.ui, "element " + element, {box.left, box.top, box.left + width, box.top + 1.7 * line},
             how)) {
    panel.desk.element = i;
    panel.desk.compensation = 0;
  }
  put_text_in(c, c.fonts.text, {box.left + width + 0.6 * line, box.top, box.right, box.top + 1.7 * line},
              bypass.empty() ? c.ink.muted : c.ink.text, bypass.empty() ? "kept" : "bypassed " + bypass);
  return box.top + 1.95 * line;
}

double draw_bypass(const Panel& panel, const plot::Box& box, const drill::ElementForm& form) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  DrillDesk& desk = panel.desk;
  desk.compensation = std::clamp(desk.compensation, 0, static_cast<int>(form.compensations.size()) - 1);
  double y = draw_heading(panel, box, fmt::format("Bypass {}, made up for by", form.element));
  Row row = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  for (std::size_t i = 0; i < form.compensations.size(); ++i) {
    Button how;
    how.text = form.compensations[i];
    how.selected = static_cast<int>(i) == desk.compensation;
    if (button(panel.ui, "by " + how.text, next(row, button_width(panel.ui, how.text)), how))
      desk.compensation = static_cast<int>(i);
  }
  y = below(row);
  std::string& reason = desk.texts["bypass " + form.element];
  const bool entered =
      text_field(panel.ui, "reason for bypassing " + form.element, {box.left, y, box.right, y + 1.7 * line},
                 "the specific reason: why waiting for it does more harm", reason);
  Row done = row_in(panel.ui, {box.left, y + 1.95 * line, box.right, box.bottom});
  Button how;
  how.enabled = !reason.empty() && !panel.screen.view.over;
  const std::string bypass = "Bypass " + form.element;
  if (button(panel.ui, bypass, next(done, button_width(panel.ui, bypass)), how) || (entered && how.enabled)) {
    say(panel.commands,
        fmt::format("bypass {} {} {}", form.element,
                    form.compensations[static_cast<std::size_t>(desk.compensation)], drill::quoted(reason)));
  }
  const std::string keep = "Keep " + form.element;
  how.enabled = !bypass_of(panel.screen.view, form.element).empty();
  if (button(panel.ui, keep, next(done, button_width(panel.ui, keep)), how))
    say(panel.commands, "keep " + form.element);
  (void)c;
  return below(done);
}

double draw_duties(const Panel& panel, const plot::Box& box) {
  const drill::View& v = panel.screen.view;
  const double line = panel.ui.canvas.line();
  double y = draw_heading(panel, box, "Who stands by");
  Row row = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  const auto duty = [&](const char* name, bool on) {
    Button how;
    how.text = fmt::format("{}: {}", name, on ? "named" : "nobody");
    how.selected = on;
    how.enabled = !v.over;
    if (button(panel.ui, name, next(row, button_width(panel.ui, how.text) + line), how))
      say(panel.commands, fmt::format("{} {}", on ? "relieve" : "assign", name));
  };
  duty("decision-maker", v.decision_maker);
  duty("rollback-operator", v.rollback_operator);
  duty("on-call-cover", v.on_call_cover);
  const auto more = [&](const char* label, const char* text, int change) {
    Button how;
    how.text = text;
    how.enabled = v.watchers + change >= 0 && !v.over;
    if (button(panel.ui, label, next(row, button_width(panel.ui, text)), how))
      say(panel.commands, fmt::format("watchers {}", v.watchers + change));
  };
  more("one watcher less", "−", -1);
  const std::string count = fmt::format("{} watching", v.watchers);
  const plot::Box place = next(row, text_width(panel.ui.canvas.fonts.text, count) + 0.4 * line);
  put_text_in(panel.ui.canvas, panel.ui.canvas.fonts.text, place, panel.ui.canvas.ink.text, count,
              plot::Anchor::middle);
  more("one watcher more", "+", 1);
  return below(row);
}

}  // namespace

double draw_scope(const Panel& panel, const plot::Box& box) {
  double y = box.top;
  const auto& elements = panel.screen.forms.elements;
  panel.desk.element = std::clamp(panel.desk.element, 0, static_cast<int>(elements.size()) - 1);
  for (int i = 0; i < static_cast<int>(elements.size()); ++i) {
    y = draw_element(panel, {box.left, y, box.right, box.bottom}, i);
    if (i == panel.desk.element)
      y = draw_bypass(panel, {box.left + panel.ui.canvas.line(), y, box.right, box.bottom},
                      elements[static_cast<std::size_t>(i)]);
  }
  return draw_duties(panel, {box.left, y + 0.3 * panel.ui.canvas.line(), box.right, box.bottom});
}

}  // namespace breakglass::viz
