// The duties after an emergency, and the postmortem's questions.
#include <fmt/format.h>

#include "drill/words.hpp"
#include "viz/drill/panels.hpp"

namespace breakglass::viz {

double draw_close(const Panel& panel, const plot::Box& box) {
  const double line = panel.ui.canvas.line();
  const DrillScreen& s = panel.screen;
  double y = box.top;
  const auto rest = [&] { return plot::Box{box.left, y, box.right, box.bottom}; };
  for (const sim::Order order :
       {sim::Order::verify_resolution, sim::Order::run_bypassed_gates, sim::Order::investigate,
        sim::Order::fix_forward, sim::Order::hold_postmortem})
    y = draw_order(panel, rest(), order, "");
  y = draw_heading(panel, rest(), "Postmortem, in your own words");
  for (const std::string& question : s.forms.questions) {
    std::string& answer = panel.desk.texts["review " + question];
    const double width = button_width(panel.ui, "Write");
    const bool entered =
        text_field(panel.ui, question, {box.left, y, box.right - width - 0.4 * line, y + 1.7 * line},
                   question + (question == "actions" ? ": who does what by when" : ""), answer);
    Button how;
    how.text = "Write";
    how.enabled = !answer.empty() && !s.view.over;
    if (button(panel.ui, "write " + question, {box.right - width, y, box.right, y + 1.7 * line}, how) ||
        (entered && how.enabled))
      say(panel.commands, fmt::format("review {} {}", question, drill::quoted(answer)));
    y += 1.95 * line;
  }
  Row row = row_in(panel.ui, {box.left, y + 0.3 * line, box.right, box.bottom});
  Button how;
  how.enabled = s.close.hindrance.empty();
  how.primary = true;
  if (button(panel.ui, "Close the drill", next(row, button_width(panel.ui, "Close the drill")), how))
    say(panel.commands, "close");
  return below(row);
}

}  // namespace breakglass::viz
