#include "viz/lab/room.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/full_window.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

const LabScenario& scenario_of(const LabScreen& screen, const LabDesk& desk) {
  return screen.scenarios[static_cast<std::size_t>(desk.scenario)];
}

double draw_scenario(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box, LabWish& wish) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const auto count = static_cast<int>(screen.scenarios.size());
  Row row = row_in(ui, box);
  int to = desk.scenario;
  if (button(ui, "scenario before", next(row, 2.2 * line), {.text = "←", .key = ""}))
    to = (to + count - 1) % count;
  if (button(ui, "scenario after", next(row, 2.2 * line), {.text = "→", .key = ""})) to = (to + 1) % count;
  put_text_in(c, c.fonts.bold, {row.x + 0.3 * line, row.y, box.right, row.y + row.height}, c.ink.text,
              scenario_of(screen, desk).id);
  if (to != desk.scenario) {
    choose_scenario(screen, desk, to);
    wish.runs = true;
  }
  return paragraph(ui, c.fonts.text, {box.left, below(row), box.right, box.bottom}, c.ink.muted,
                   scenario_of(screen, desk).title, 2) +
         0.4 * line;
}

double draw_strategies(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box, LabWish& wish) {
  const double line = ui.canvas.line();
  const auto& strategies = scenario_of(screen, desk).strategies;
  const auto on = std::count(desk.chosen.begin(), desk.chosen.end(), true) + (desk.has_own ? 1 : 0);
  Row row = row_in(ui, box);
  const auto toggle = [&](const std::string& label, bool is_on) {
    Button how;
    how.selected = is_on;
    how.enabled = is_on ? on > 1 : on < 5;  // one at least; more than five cannot be told apart
    return button(ui, label, next(row, button_width(ui, label)), how);
  };
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    if (!toggle(strategies[i], desk.chosen[i])) continue;
    desk.chosen[i] = !desk.chosen[i];
    wish.runs = true;
  }
  if (toggle("yours", desk.has_own)) {
    desk.has_own = !desk.has_own;
    wish.runs = true;
  }
  double y = below(row);
  if (desk.has_own) {
    wish.runs = draw_schedule_editor(ui, desk.own, {box.left, y, box.right, y + 8 * line}) || wish.runs;
    y += 8.4 * line;
  }
  return y;
}

double draw_numbers(Ui& ui, LabDesk& desk, const plot::Box& box, LabWish& wish) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  put_text_in(c, c.fonts.text, {box.left, box.top, box.right, box.top + 1.4 * line}, c.ink.text,
              fmt::format("P(regression): {:.0f}%", 100 * desk.regression));
  double y = box.top + 1.4 * line;
  wish.runs =
      slider(ui, "probability of a regression", {box.left, y, box.right, y + 1.7 * line}, desk.regression) ||
      wish.runs;
  Row row = row_in(ui, {box.left, y + 2 * line, box.right, box.bottom});
  const std::string seed = fmt::format("seed {}", desk.seed);
  put_text_in(c, c.fonts.text, next(row, text_width(c.fonts.text, seed) + 0.6 * line), c.ink.text, seed);
  const int before = desk.seed;
  if (button(ui, "seed before", next(row, 2.2 * line), {.text = "−", .key = "", .enabled = desk.seed > 0}))
    --desk.seed;
  if (button(ui, "seed after", next(row, 2.2 * line), {.text = "+", .key = ""})) ++desk.seed;
  wish.runs = wish.runs || desk.seed != before;
  return below(row);
}

double draw_controls(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box, LabWish& wish) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  double y = draw_scenario(ui, screen, desk, box, wish);
  y = draw_strategies(ui, screen, desk, {box.left, y, box.right, box.bottom}, wish);
  y = draw_numbers(ui, desk, {box.left, y + 0.2 * line, box.right, box.bottom}, wish);
  Row row = row_in(ui, {box.left, y, box.right, box.bottom});
  if (button(ui, "Run", next(row, button_width(ui, "Run")), {.text = "", .key = "", .primary = true}))
    wish.runs = true;
  if (button(ui, "Cancel", next(row, button_width(ui, "Cancel")),
             {.text = "", .key = "", .enabled = screen.working}))
    wish.cancels = true;
  y = below(row);
  fill(c, {box.left, y, box.right, y + 0.35 * line}, c.ink.raised);
  fill(c, {box.left, y, box.left + box.width() * screen.progress, y + 0.35 * line}, c.ink.stable);
  y += 0.6 * line;
  if (!screen.result.problem.empty())
    y = paragraph(ui, c.fonts.text, {box.left, y, box.right, box.bottom}, c.ink.bad,
                  plain(screen.result.problem), 8);
  return y;
}

void draw_tabs(Ui& ui, LabDesk& desk, plot::Box& box, bool wide) {
  Row tabs = row_in(ui, box);
  const auto tab = [&](const char* name, LabView view) {
    Button how;
    how.selected = desk.view == view;
    if (button(ui, name, next(tabs, button_width(ui, name)), how)) desk.view = view;
  };
  if (!wide) tab("Controls", LabView::controls);
  tab("Outcomes", LabView::outcomes);
  tab("Race", LabView::race);
  box.top = below(tabs);
}

// What has no room scrolls.
void draw_view(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box) {
  const double line = ui.canvas.line();
  Scroll scroll = begin_scroll(ui, "lab view", box);
  const double need = (desk.view == LabView::race ? 26 : 28) * line;
  const double height = std::max(need, box.height() - 0.5 * line);
  const plot::Box place{scroll.box.left, scroll.box.top, scroll.box.right, scroll.box.top + height};
  if (desk.view == LabView::race)
    draw_race(scroll.ui, screen, desk, place);
  else
    draw_outcomes(scroll.ui, screen, place);
  end_scroll(scroll, place.bottom);
}

void draw_controls_pane(Ui& ui, const LabScreen& screen, LabDesk& desk, const plot::Box& box, LabWish& wish) {
  const plot::Box in = pane(ui, box, "");
  Scroll scroll = begin_scroll(ui, "lab controls", in);
  end_scroll(scroll, draw_controls(scroll.ui, screen, desk, scroll.box, wish));
}

}  // namespace

int scenario_named(const LabScreen& screen, std::string_view id) {
  for (std::size_t i = 0; i < screen.scenarios.size(); ++i) {
    if (screen.scenarios[i].id == id) return static_cast<int>(i);
  }
  return 0;
}

void choose_scenario(const LabScreen& screen, LabDesk& desk, int index) {
  desk.scenario = index;
  const LabScenario& scenario = scenario_of(screen, desk);
  desk.chosen.assign(scenario.strategies.size(), false);
  for (std::size_t i = 0; i < std::min<std::size_t>(4, desk.chosen.size()); ++i) desk.chosen[i] = true;
  desk.regression = scenario.regression;
  desk.has_own = false;
  const auto step = [](double weight, int minutes) {
    return sim::StepParams{weight, std::chrono::minutes{minutes}};
  };
  desk.own = {step(0.02, 10), step(0.25, 15), step(1, 30)};
}

LabRequest request_of(const LabScreen& screen, const LabDesk& desk) {
  const LabScenario& scenario = scenario_of(screen, desk);
  LabRequest request;
  request.scenario = scenario.id;
  if (desk.regression != scenario.regression)
    request.overrides.push_back(fmt::format("/change/regression/probability={:.2f}", desk.regression));
  for (std::size_t i = 0; i < scenario.strategies.size(); ++i) {
    if (desk.chosen[i]) request.strategies.push_back(scenario.strategies[i]);
  }
  if (desk.has_own) request.own = desk.own;
  request.like = "compressed-canary";
  request.seed = static_cast<std::uint64_t>(desk.seed);
  return request;
}

LabWish draw_lab_room(const Look& look, const LabScreen& screen, LabDesk& desk) {
  LabWish wish;
  begin_items(desk.memory);
  plot::Box window = begin_full_window("lab");
  Ui ui = ui_of(look, desk.memory);
  const double line = ui.canvas.line();
  wish.leaves = draw_room_head(ui, window, "Lab",
                               "simulated under the scenario's assumptions; not a measurement", "SIMULATION");
  const bool wide = window.width() > 55 * line;
  if (wide) {
    if (desk.view == LabView::controls) desk.view = LabView::outcomes;
    const double split = window.left + std::clamp(0.3 * window.width(), 20 * line, 34 * line);
    draw_controls_pane(ui, screen, desk, {window.left, window.top, split, window.bottom}, wish);
    window.left = split + 0.45 * line;
  }
  draw_tabs(ui, desk, window, wide);
  if (desk.view == LabView::controls)
    draw_controls_pane(ui, screen, desk, window, wish);
  else
    draw_view(ui, screen, desk, window);
  end_full_window();
  end_items(desk.memory);
  return wish;
}

}  // namespace breakglass::viz
