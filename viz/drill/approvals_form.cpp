// Approvals as the graph that they are: who has answered, who is waited for and for how long.
#include <fmt/format.h>

#include <algorithm>

#include "plot/graph.hpp"
#include "viz/drill/panels.hpp"
#include "viz/drill/services.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

std::string state_of(const drill::BoardPlace& place, sim::Time now) {
  const std::string age = age_text(now - place.since);
  switch (place.state) {
    case drill::Asked::no: return "not asked";
    case drill::Asked::waiting:
      return fmt::format("waiting {}{}{}", age, place.pages > 1 ? fmt::format(", page {}", place.pages) : "",
                         place.paged_now.empty() ? "" : ", now " + place.paged_now);
    case drill::Asked::approved: return fmt::format("approved {} ago", age);
    case drill::Asked::refused: return fmt::format("refused {} ago", age);
  }
  return "";
}

// A hook, a cross, three dots or an empty ring: a state is told by its shape as well.
void put_state(const Canvas& c, plot::Point middle, drill::Asked state) {
  const float r = 0.36F * c.line();
  const float w = 2 * c.fonts.scale;
  const ImVec2 m = vec(middle);
  switch (state) {
    case drill::Asked::no: c.list->AddCircle(m, 0.8F * r, c.ink.muted, 16, w * 0.7F); return;
    case drill::Asked::waiting:
      for (const float x : {-0.8F, 0.0F, 0.8F})
        c.list->AddCircleFilled({m.x + x * r, m.y}, 0.22F * r, c.ink.text);
      return;
    case drill::Asked::approved:
      c.list->AddLine({m.x - 0.7F * r, m.y}, {m.x - 0.1F * r, m.y + 0.6F * r}, c.ink.good, w);
      c.list->AddLine({m.x - 0.1F * r, m.y + 0.6F * r}, {m.x + 0.9F * r, m.y - 0.7F * r}, c.ink.good, w);
      return;
    case drill::Asked::refused:
      c.list->AddLine({m.x - 0.6F * r, m.y - 0.6F * r}, {m.x + 0.6F * r, m.y + 0.6F * r}, c.ink.bad, w);
      c.list->AddLine({m.x - 0.6F * r, m.y + 0.6F * r}, {m.x + 0.6F * r, m.y - 0.6F * r}, c.ink.bad, w);
      return;
  }
}

void draw_place(const Panel& panel, const plot::Box& box, const drill::BoardPlace& place) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  fill(c, box, c.ink.raised, 0.3F * c.line());
  put_state(c, {box.left + 0.7 * line, (box.top + box.bottom) / 2}, place.state);
  const plot::Box in{box.left + 1.4 * line, box.top + 0.15 * line, box.right - 0.3 * line,
                     box.bottom - 0.15 * line};
  const double step = in.height() / 2;
  put_text_in(c, c.fonts.bold, {in.left, in.top, in.right, in.top + step}, c.ink.text,
              fmt::format("{}, {}", place.name, place.authority));
  std::string below = state_of(place, panel.screen.view.now);
  if (place.state == drill::Asked::waiting || place.state == drill::Asked::no) below += " · " + place.local;
  put_text_in(c, c.fonts.text, {in.left, in.top + step, in.right, in.bottom}, c.ink.muted, below);
}

void draw_rule(const Panel& panel, const plot::Box& box, const drill::BoardRule& rule) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  c.list->AddRect(vec({box.left, box.top}), vec({box.right, box.bottom}),
                  rule.approved ? c.ink.good : c.ink.axis, 0.3F * c.line(), 0, 1.6F * c.fonts.scale);
  put_state(c, {box.left + 0.7 * line, (box.top + box.bottom) / 2},
            rule.approved ? drill::Asked::approved : drill::Asked::no);
  put_text_in(c, c.fonts.text, {box.left + 1.4 * line, box.top, box.right - 0.2 * line, box.bottom},
              c.ink.text, rule.approved ? "approved" : rule.text);
}

// People on the left, the rules that need them to the right of them, the whole rule last.
double draw_graph(const Panel& panel, const plot::Box& box) {
  const drill::ApprovalBoard& board = panel.screen.board;
  const double line = panel.ui.canvas.line();
  const std::size_t people = board.places.size();
  std::vector<std::vector<int>> edges(people + board.rules.size());
  for (std::size_t r = 0; r < board.rules.size(); ++r) {
    const auto node = static_cast<int>(people + r);
    for (const int p : board.rules[r].places) edges[static_cast<std::size_t>(p)].push_back(node);
    for (const int other : board.rules[r].rules)
      edges[people + static_cast<std::size_t>(other)].push_back(node);
    if (board.rules[r].after >= 0)
      edges[people + static_cast<std::size_t>(board.rules[r].after)].push_back(node);
  }
  const plot::GraphLayout layout = plot::lay_out_graph(edges);
  const double high = 2.6 * line;
  const double height = std::max(static_cast<double>(people), 1.0) * (high + 0.4 * line);
  const double rule_width = 6.2 * line;
  const double person_width =
      std::max(8 * line, box.width() - (layout.columns - 1) * (rule_width + 1.6 * line));
  std::vector<plot::Box> boxes;
  for (std::size_t i = 0; i < layout.places.size(); ++i) {
    const plot::Place& place = layout.places[i];
    const bool person = i < people;
    const double y = box.top + place.row * height;
    const double right = box.right - (layout.columns - 1 - place.column) * (rule_width + 1.6 * line);
    const double tall = person ? high : 1.8 * line;
    const double left = person ? box.left : right - rule_width;
    boxes.push_back({left, y - tall / 2, person ? box.left + person_width : right, y + tall / 2});
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const int to : edges[i])
      put_arrow(panel.ui.canvas, boxes[i], boxes[static_cast<std::size_t>(to)], panel.ui.canvas.ink.axis);
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (i < people)
      draw_place(panel, boxes[i], board.places[i]);
    else
      draw_rule(panel, boxes[i], board.rules[i - people]);
  }
  return box.top + height + 0.3 * line;
}

}  // namespace

double draw_approvals(const Panel& panel, const plot::Box& box) {
  const DrillScreen& s = panel.screen;
  double y = draw_heading(panel, box, "Which rule does it need?");
  Row row = row_in(panel.ui, {box.left, y, box.right, box.bottom});
  for (const std::string& rule : s.forms.rules) {
    Button how;
    how.text = plain(rule);
    how.selected = rule == s.board.rule;
    how.enabled = !s.view.over;
    if (button(panel.ui, "rule " + rule, next(row, button_width(panel.ui, how.text)), how))
      say(panel.commands, "rule " + rule);
  }
  y = s.forms.rules.empty() ? row.y : below(row);
  const auto rest = [&] { return plot::Box{box.left, y, box.right, box.bottom}; };
  if (!s.board.places.empty()) y = draw_graph(panel, rest());
  y = draw_order(panel, rest(), sim::Order::ask_approval, "");
  return draw_order(panel, rest(), sim::Order::check_accounts, "");
}

}  // namespace breakglass::viz
