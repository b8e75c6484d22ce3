// What time it is, whether it runs, what it has cost, and that this is a drill.
#include <fmt/format.h>

#include <algorithm>

#include "viz/drill/panels.hpp"
#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

// Somebody who is waited for, where they are: the first who has not answered.
std::string waited_for(const DrillScreen& screen) {
  for (const drill::BoardPlace& place : screen.board.places) {
    if (place.state != drill::Asked::waiting) continue;
    return fmt::format("{}: {}", place.paged_now.empty() ? place.name : place.paged_now, place.local);
  }
  return "";
}

double draw_badge(const Canvas& c, const plot::Box& box, const char* text, ImU32 back, ImU32 ink) {
  const double pad = 0.5 * c.line();
  const double half = 0.78 * c.line();
  const double middle = (box.top + box.bottom) / 2;
  const plot::Box badge{box.left, middle - half, box.left + text_width(c.fonts.bold, text) + 2 * pad,
                        middle + half};
  fill(c, badge, back, 0.3F * c.line());
  put_text_in(c, c.fonts.bold, badge, ink, text, plot::Anchor::middle);
  return badge.right + 0.6 * c.line();
}

// Two bars and a frame, or a triangle and the speed: told by shape and word.
void draw_pace(const Canvas& c, const DrillScreen& screen, const plot::Box& box) {
  const double line = c.line();
  const bool paused = screen.pace.paused || screen.view.over || !screen.question.empty();
  const std::string words = screen.view.over ? "OVER"
                            : paused         ? "PAUSED"
                                             : fmt::format("{:g}x", screen.pace.speed);
  const double size = 0.75 * line;
  const double middle = (box.top + box.bottom) / 2;
  const double width = size + text_width(c.fonts.bold, words) + 1.5 * line;
  const plot::Box frame{box.right - width, middle - 0.85 * line, box.right, middle + 0.85 * line};
  if (paused)
    c.list->AddRect(vec({frame.left, frame.top}), vec({frame.right, frame.bottom}), c.ink.text,
                    0.3F * c.line(), 0, 1.6F * c.fonts.scale);
  const plot::Box sign{frame.left + 0.5 * line, middle - size / 2, frame.left + 0.5 * line + size,
                       middle + size / 2};
  if (paused) {
    fill(c, {sign.left, sign.top, sign.left + 0.34 * size, sign.bottom}, c.ink.text);
    fill(c, {sign.right - 0.34 * size, sign.top, sign.right, sign.bottom}, c.ink.text);
  } else {
    c.list->AddTriangleFilled(vec({sign.left, sign.top}), vec({sign.right, middle}),
                              vec({sign.left, sign.bottom}), c.ink.good);
  }
  put_text_in(c, c.fonts.bold, {sign.right + 0.4 * line, frame.top, frame.right, frame.bottom}, c.ink.text,
              words);
}

void draw_title(const Panel& panel, const plot::Box& box, bool one_line) {
  const Canvas& c = panel.ui.canvas;
  const DrillScreen& s = panel.screen;
  const double line = c.line();
  const double split = one_line ? box.bottom : box.top + 1.9 * line;
  const double left =
      draw_badge(c, {box.left, box.top, box.right, split}, "DRILL", c.ink.mark, c.ink.on_mark);
  put_text_in(c, c.fonts.bold, {left, box.top, box.right, split}, c.ink.text, s.title);
  if (one_line) return;
  put_text_in(c, c.fonts.text, {box.left, split, box.right, box.bottom}, c.ink.muted,
              fmt::format("phase: {} · {} · {} mode", s.view.phase, s.service, s.mode));
}

void draw_clock(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const DrillScreen& s = panel.screen;
  const double split = box.top + 0.58 * box.height();
  std::string clock = clock_text(s.clock, s.view.now, true);
  const double room = box.width() - 7.5 * c.line();
  if (text_width(c.fonts.big, clock) > room) clock = clock_text(s.clock, s.view.now, false);
  put_text_in(c, c.fonts.big, {box.left, box.top, box.left + room, split}, c.ink.text, clock);
  draw_pace(c, s, {box.left, box.top, box.right, split});
  std::string words = fmt::format("{} · {} from the page", s.zone, elapsed_text(s.view.now));
  const std::string whom = waited_for(s);
  if (!whom.empty()) words = fmt::format("{} · {} · {}", s.zone, elapsed_text(s.view.now), whom);
  put_text_in(c, c.fonts.text, {box.left, split, box.right, box.bottom}, c.ink.muted, words);
}

void draw_harm(const Panel& panel, const plot::Box& box) {
  const Canvas& c = panel.ui.canvas;
  const DrillScreen& s = panel.screen;
  const double split = box.top + 0.58 * box.height();
  put_text_in(c, c.fonts.big, {box.left, box.top, box.right, split},
              colour_of(c.ink, plot::series_ink(0), Palette::sources), amount_text(s.view.harm_estimate),
              plot::Anchor::end);
  put_text_in(c, c.fonts.text, {box.left, split, box.right, box.bottom}, c.ink.muted,
              s.view.harm_unit + ", reckoned", plot::Anchor::end);
}

}  // namespace

void draw_drill_top(const Panel& panel, const plot::Box& box, const DrillLayout& layout) {
  const Canvas& c = panel.ui.canvas;
  const double line = c.line();
  fill(c, box, c.ink.pane);
  fill(c, {box.left, box.bottom - 1, box.right, box.bottom}, c.ink.rule);
  const plot::Box in{box.left + 0.9 * line, box.top + 0.25 * line, box.right - 0.9 * line,
                     box.bottom - 0.3 * line};
  const double w = in.width();
  if (layout.wide) {
    draw_title(panel, {in.left, in.top, in.left + 0.39 * w, in.bottom}, false);
    draw_clock(panel, {in.left + 0.41 * w, in.top, in.left + 0.79 * w, in.bottom});
    draw_harm(panel, {in.left + 0.8 * w, in.top, in.right, in.bottom});
    return;
  }
  const double middle = in.top + (layout.low ? 1.7 : 3.3) * line;
  draw_title(panel, {in.left, in.top, in.right, middle}, layout.low);
  draw_clock(panel, {in.left, middle, in.left + 0.68 * w, in.bottom});
  draw_harm(panel, {in.left + 0.7 * w, middle, in.right, in.bottom});
}

}  // namespace breakglass::viz
