#include "viz/debrief/room.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/debrief/chapters.hpp"
#include "viz/full_window.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {

const std::array<const char*, 3> kOwnWords{"What would you do again?", "What would you do otherwise?",
                                           "What should change before the next one?"};

const char* name_of(Chapter chapter) {
  static constexpr std::array kNames{"Replay",         "A better move?", "Verdict", "Belief",
                                     "Skill and luck", "Critical tasks", "Others",  "Hindsight",
                                     "Own words",      "Export"};
  return kNames[static_cast<std::size_t>(chapter)];
}

namespace {

double draw_words(const Page& page) {
  const Canvas& c = page.ui.canvas;
  const double line = c.line();
  double y = page.box.top;
  for (std::size_t i = 0; i < kOwnWords.size(); ++i) {
    y = paragraph(page.ui, c.fonts.bold, {page.box.left, y, page.box.right, page.box.bottom}, c.ink.text,
                  kOwnWords[i]) +
        0.2 * line;
    text_field(page.ui, kOwnWords[i], {page.box.left, y, page.box.right, y + 1.7 * line}, "in your own words",
               page.desk.answers[i]);
    y += 2.3 * line;
  }
  return y;
}

double draw_files(const Page& page, DebriefWish& wish) {
  const Canvas& c = page.ui.canvas;
  Row row = row_in(page.ui, page.box);
  if (button(page.ui, "Save as Markdown", next(row, button_width(page.ui, "Save as Markdown"))))
    wish = DebriefWish::markdown;
  if (button(page.ui, "Save as JSON", next(row, button_width(page.ui, "Save as JSON"))))
    wish = DebriefWish::json;
  return paragraph(
      page.ui, c.fonts.text, {page.box.left, below(row), page.box.right, page.box.bottom}, c.ink.muted,
      page.screen.saved.empty() ? "Your own words are part of the Markdown." : page.screen.saved);
}

double draw_chapter(const Page& page, DebriefWish& wish) {
  switch (page.desk.chapter) {
    case Chapter::replay: return draw_replay(page);
    case Chapter::better: return draw_better(page);
    case Chapter::verdict: return draw_verdict(page);
    case Chapter::belief: return draw_belief(page);
    case Chapter::luck: return draw_luck(page);
    case Chapter::tasks: return draw_tasks(page);
    case Chapter::others: return draw_others(page);
    case Chapter::hindsight: return draw_hindsight(page);
    case Chapter::words: return draw_words(page);
    case Chapter::files: return draw_files(page, wish);
  }
  return page.box.top;
}

// The chapters: a column beside the page, or rows above it where there is no room.
plot::Box draw_contents(Ui& ui, DebriefDesk& desk, plot::Box box) {
  const double line = ui.canvas.line();
  const bool wide = box.width() > 55 * line;
  Row row = row_in(ui, box);
  for (int i = 0; i < kChapters; ++i) {
    const auto chapter = static_cast<Chapter>(i);
    const std::string text = fmt::format("{} {}", i + 1, name_of(chapter));
    Button how;
    how.text = text;
    how.selected = chapter == desk.chapter;
    how.anchor = plot::Anchor::start;
    const plot::Box place = wide ? plot::Box{box.left, box.top + i * 2.05 * line, box.left + 11.5 * line,
                                             box.top + (i * 2.05 + 1.75) * line}
                                 : next(row, wide           ? 0
                                             : how.selected ? button_width(ui, text)
                                                            : button_width(ui, std::to_string(i + 1)));
    if (!wide && !how.selected) how.text = std::to_string(i + 1);
    if (button(ui, name_of(chapter), place, how)) desk.chapter = chapter;
  }
  if (wide)
    box.left += 12 * line;
  else
    box.top = below(row);
  return box;
}

void read_keys(DebriefDesk& desk) {
  if (desk.memory.typing) return;
  const int at = static_cast<int>(desk.chapter);
  if (typed(']') || pressed(Key::page_down))
    desk.chapter = static_cast<Chapter>(std::min(kChapters - 1, at + 1));
  if (typed('[') || pressed(Key::page_up)) desk.chapter = static_cast<Chapter>(std::max(0, at - 1));
}

}  // namespace

DebriefWish draw_debrief_room(const Look& look, const DebriefScreen& screen, DebriefDesk& desk) {
  DebriefWish wish = DebriefWish::none;
  begin_items(desk.memory);
  read_keys(desk);
  plot::Box window = begin_full_window("debrief");
  Ui ui = ui_of(look, desk.memory);
  const double line = ui.canvas.line();
  const std::string remark = screen.working  ? fmt::format("grading: {:.0f}%", 100 * screen.progress)
                             : screen.graded ? "debrief: [ and ] turn the pages"
                                             : "debrief, without a grade";
  if (draw_room_head(ui, window, screen.title, remark, "DRILL")) wish = DebriefWish::leave;
  plot::Box box = draw_contents(ui, desk, window);
  if (screen.working) {
    const double width = button_width(ui, "Cancel the grading");
    const plot::Box bar{box.left, box.top, box.right - width - line, box.top + 1.7 * line};
    fill(ui.canvas, {bar.left, bar.top + 0.6 * line, bar.right, bar.bottom - 0.6 * line}, look.ink.raised);
    fill(ui.canvas,
         {bar.left, bar.top + 0.6 * line, bar.left + bar.width() * screen.progress, bar.bottom - 0.6 * line},
         look.ink.stable);
    if (button(ui, "Cancel the grading", {box.right - width, bar.top, box.right, bar.bottom}))
      wish = DebriefWish::cancel;
    box.top = bar.bottom + 0.4 * line;
  }
  const plot::Box in = pane(ui, box, "");
  Scroll scroll = begin_scroll(ui, std::string("chapter ") + name_of(desk.chapter), in);
  const Page page{scroll.ui, screen, desk, scroll.box};
  double bottom = page.box.top;
  if (screen.debrief || desk.chapter == Chapter::words)
    bottom = draw_chapter(page, wish);
  else
    bottom = paragraph(page.ui, look.fonts.text, page.box, look.ink.muted, "The debrief is being made.");
  end_scroll(scroll, bottom);
  end_full_window();
  end_items(desk.memory);
  return wish;
}

}  // namespace breakglass::viz
