// The forms, one at a time behind tabs in the order of a drill's phases.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drill/words.hpp"
#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {

const char* name_of(Form form) {
  static constexpr std::array kNames{"Classify", "Scope", "Approvals", "Ready", "Close"};
  return kNames[static_cast<std::size_t>(form)];
}

Form form_of(std::string_view phase) {
  if (phase == "page" || phase == "classify") return Form::classify;
  if (phase == "scope") return Form::scope;
  if (phase == "approve") return Form::approvals;
  return phase == "close" || phase == "debrief" ? Form::close : Form::ready;
}

const char* state_text(drill::Task task) {
  static constexpr std::array kTexts{"not done", "under way", "done"};
  return kTexts[static_cast<std::size_t>(task)];
}

double draw_heading(const Panel& panel, const plot::Box& box, const std::string& text) {
  const Canvas& c = panel.ui.canvas;
  const double bottom = box.top + 1.5 * c.line();
  put_text_in(c, c.fonts.bold, {box.left, box.top, box.right, bottom}, c.ink.text, text);
  return bottom;
}

double draw_order(const Panel& panel, const plot::Box& box, sim::Order order, const std::string& state) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const drill::Choice& choice = panel.screen.orders[static_cast<std::size_t>(order)];
  const double width = std::min(12.5 * line, 0.5 * box.width());
  const plot::Box place{box.left, box.top, box.left + width, box.top + 1.7 * line};
  Button how;
  how.enabled = choice.hindrance.empty();
  how.anchor = plot::Anchor::start;
  if (button(panel.ui, choice.title, place, how)) say(panel.commands, choice.line);
  const std::string words = !choice.hindrance.empty() ? choice.hindrance
                            : state.empty()           ? choice.effect
                                                      : state;
  const double y = paragraph(panel.ui, c.fonts.text,
                             {place.right + 0.6 * line, box.top + 0.22 * line, box.right, box.bottom},
                             how.enabled ? c.ink.text : c.ink.muted, words);
  return std::max(place.bottom, y) + 0.35 * line;
}

double draw_classify(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  const DrillScreen& s = panel.screen;
  DrillDesk& desk = panel.desk;
  double y = draw_heading(panel, box, "Why is it an emergency?");
  Row row = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  for (const std::string& category : s.forms.categories) {
    Button how;
    how.selected = category == s.view.category;
    how.enabled = !s.view.over;
    if (button(panel.ui, category, next(row, button_width(panel.ui, category)), how))
      say(panel.commands, "classify " + category);
  }
  y = draw_heading(panel, {box.left, below(row), box.right, box.bottom}, "What do you believe?");
  const auto belief = [&](const char* name, double& part) {
    const double label = 9.5 * line;
    put_text_in(c, c.fonts.text, {box.left, y, box.left + label, y + 1.7 * line}, c.ink.text, name);
    const double number = 3.2 * line;
    slider(panel.ui, name, {box.left + label, y, box.right - number, y + 1.7 * line}, part);
    put_text_in(c, c.fonts.mono, {box.right - number, y, box.right, y + 1.7 * line}, c.ink.text,
                fmt::format("{:.0f}%", 100 * part), plot::Anchor::end);
    y += 1.85 * line;
  };
  belief("it is real", desk.stated_real);
  belief("a regression", desk.stated_regression);
  Row state = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  Button how;
  how.enabled = !s.view.over;
  if (button(panel.ui, "State both", next(state, button_width(panel.ui, "State both")), how)) {
    say(panel.commands, fmt::format("believe regression={:.0f}% real={:.0f}%", 100 * desk.stated_regression,
                                    100 * desk.stated_real));
  }
  y = draw_heading(panel, {box.left, below(state), box.right, box.bottom}, "Or is it none?");
  std::string& reason = desk.texts["refuse"];
  const double width = button_width(panel.ui, "Refuse");
  const bool entered = text_field(panel.ui, "why it is no emergency",
                                  {box.left, y, box.right - width - 0.5 * line, y + 1.7 * line},
                                  "why it can wait for the normal way", reason);
  how.enabled = s.refuse.hindrance.empty() && !reason.empty();
  if (button(panel.ui, "Refuse", {box.right - width, y, box.right, y + 1.7 * line}, how) ||
      (entered && how.enabled))
    say(panel.commands, "refuse " + drill::quoted(reason));
  return y + 2.1 * line;
}

void draw_forms(const Panel& panel, const plot::Box& box) {
  const double line = panel.ui.canvas.line();
  DrillDesk& desk = panel.desk;
  const plot::Box in = pane(panel.ui, box, "");
  const double width = in.width() / kForms;
  for (int i = 0; i < kForms; ++i) {
    const auto form = static_cast<Form>(i);
    Button how;
    how.selected = form == desk.form;
    how.key = form == Form::approvals ? "A" : form == Form::scope ? "B" : "";
    if (width < 6.5 * line) how.key.clear();
    if (button(panel.ui, name_of(form),
               {in.left + i * width, in.top, in.left + (i + 0.96) * width, in.top + 1.7 * line}, how))
      desk.form = form;
    if (form == form_of(panel.screen.view.phase)) {  // where the drill is now
      const ImVec2 m = vec({in.left + i * width + 0.55 * line, in.top + 0.85 * line});
      const float r = 0.2F * panel.ui.canvas.line();
      panel.ui.canvas.list->AddQuadFilled({m.x, m.y - r}, {m.x + r, m.y}, {m.x, m.y + r}, {m.x - r, m.y},
                                          panel.ui.canvas.ink.change);
    }
  }
  Scroll scroll = begin_scroll(panel.ui, std::string("form ") + name_of(desk.form),
                               {in.left, in.top + 2.0 * line, in.right, in.bottom});
  const Panel inside{scroll.ui, panel.screen, desk, panel.commands};
  double bottom = scroll.box.top;
  switch (desk.form) {
    case Form::classify: bottom = draw_classify(inside, scroll.box); break;
    case Form::scope: bottom = draw_scope(inside, scroll.box); break;
    case Form::approvals: bottom = draw_approvals(inside, scroll.box); break;
    case Form::ready: bottom = draw_ready(inside, scroll.box); break;
    case Form::close: bottom = draw_close(inside, scroll.box); break;
  }
  end_scroll(scroll, bottom);
}

}  // namespace breakglass::viz
