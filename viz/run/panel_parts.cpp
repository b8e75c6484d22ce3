#include "viz/run/panel_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/text.hpp"

namespace breakglass::viz {
namespace {

// Two lines of a block: a large one above a small one.
struct Block {
  plot::Box large;
  plot::Box small;
};

Block block_in(const Canvas& canvas, const plot::Box& box) {
  const double large = canvas.fonts.big->FontSize * 1.1;
  const double small = canvas.line() * 1.25;
  const double top = (box.top + box.bottom - large - small) / 2;
  return {{box.left, top, box.right, top + large}, {box.left, top + large, box.right, top + large + small}};
}

void draw_title(const Canvas& canvas, const RunView& view, const plot::Box& box, bool two_lines) {
  Block block = block_in(canvas, box);
  if (!two_lines) block.large = box;
  const double pad = 0.5 * canvas.line();
  const double badge = text_width(canvas.fonts.bold, "SIMULATION") + 2 * pad;
  const double half = 0.75 * canvas.line();
  const double middle = (block.large.top + block.large.bottom) / 2;
  const plot::Box mark{box.left, middle - half, box.left + badge, middle + half};
  fill(canvas, mark, canvas.ink.mark, 0.3F * canvas.line());
  put_text_in(canvas, canvas.fonts.bold, {mark.left + pad, mark.top, mark.right, mark.bottom},
              canvas.ink.on_mark, "SIMULATION");
  put_text_in(canvas, canvas.fonts.bold,
              {mark.right + 1.4 * pad, block.large.top, box.right, block.large.bottom}, canvas.ink.text,
              two_lines ? view.title : fmt::format("{}: {}", view.strategy, view.title));
  if (!two_lines) return;
  put_text_in(canvas, canvas.fonts.text, block.small, canvas.ink.muted,
              fmt::format("{} · {} · {}", view.strategy, view.category, view.ticket));
}

// Two bars or a triangle: whether time runs is told by a shape as well.
double put_run_state(const Canvas& canvas, const plot::Box& box, bool playing) {
  const double size = 0.62 * canvas.line();
  const double middle = (box.top + box.bottom) / 2;
  const plot::Box b{box.left, middle - size / 2, box.left + size, middle + size / 2};
  if (playing) {
    canvas.list->AddTriangleFilled(vec({b.left, b.top}), vec({b.right, middle}), vec({b.left, b.bottom}),
                                   canvas.ink.text);
  } else {
    fill(canvas, {b.left, b.top, b.left + 0.36 * size, b.bottom}, canvas.ink.muted);
    fill(canvas, {b.right - 0.36 * size, b.top, b.right, b.bottom}, canvas.ink.muted);
  }
  return b.right + 0.4 * canvas.line();
}

void draw_clock(const Canvas& canvas, const RunView& view, const RunPanelState& state, const plot::Box& box) {
  const Block block = block_in(canvas, box);
  std::string text = clock_text(view.clock, state.cursor, true);
  if (text_width(canvas.fonts.big, text) > box.width()) text = clock_text(view.clock, state.cursor, false);
  put_text_in(canvas, canvas.fonts.big, block.large, canvas.ink.text, text);
  plot::Box below = block.small;
  below.left = put_run_state(canvas, below, state.playing);
  std::string words = fmt::format("{}, {}, {} from the page", state.playing ? "playing" : "paused", view.zone,
                                  elapsed_text(state.cursor));
  if (text_width(canvas.fonts.text, words) > below.width()) {
    words = fmt::format("{}, {}", state.playing ? "playing" : "paused", view.zone);
  }
  put_text_in(canvas, canvas.fonts.text, below, canvas.ink.muted, words);
}

void draw_harm_so_far(const Canvas& canvas, const RunView& view, const RunPanelState& state,
                      const plot::Box& box) {
  const Block block = block_in(canvas, box);
  put_text_in(canvas, canvas.fonts.big, block.large,
              colour_of(canvas.ink, plot::series_ink(0), Palette::sources),
              plot::short_number(at(view, state.cursor).harm), plot::Anchor::end);
  put_text_in(canvas, canvas.fonts.text, block.small, canvas.ink.muted, view.unit + " so far",
              plot::Anchor::end);
}

}  // namespace

void draw_top_bar(const Canvas& canvas, const RunView& view, const RunPanelState& state,
                  const Layout& layout) {
  const plot::Box& box = layout.top;
  fill(canvas, box, canvas.ink.pane);
  fill(canvas, {box.left, box.bottom - 1, box.right, box.bottom}, canvas.ink.rule);
  const double pad = canvas.line();
  const plot::Box inner{box.left + pad, box.top + 0.25 * pad, box.right - pad, box.bottom - 0.25 * pad};
  const double w = inner.width();
  if (!layout.top_stacked) {
    draw_title(canvas, view, {inner.left, inner.top, inner.left + 0.48 * w, inner.bottom}, true);
    draw_clock(canvas, view, state, {inner.left + 0.5 * w, inner.top, inner.left + 0.8 * w, inner.bottom});
    draw_harm_so_far(canvas, view, state, {inner.left + 0.81 * w, inner.top, inner.right, inner.bottom});
    return;
  }
  const double middle = inner.top + (layout.low ? 0.36 : 0.5) * inner.height();
  draw_title(canvas, view, {inner.left, inner.top, inner.right, middle}, !layout.low);
  draw_clock(canvas, view, state, {inner.left, middle, inner.left + 0.58 * w, inner.bottom});
  draw_harm_so_far(canvas, view, state, {inner.left + 0.6 * w, middle, inner.right, inner.bottom});
}

void draw_tabs(const Canvas& canvas, RunPanelState& state, const Layout& layout) {
  const double width = layout.tabs.width() / kPanes;
  for (int i = 0; i < kPanes; ++i) {
    const auto pane = static_cast<Pane>(i);
    const plot::Box box{layout.tabs.left + i * width, layout.tabs.top, layout.tabs.left + (i + 0.94) * width,
                        layout.tabs.bottom};
    const bool chosen = pane == state.first;
    fill(canvas, box, chosen ? canvas.ink.raised : canvas.ink.pane, 0.3F * canvas.line());
    if (chosen)
      fill(canvas, {box.left, box.bottom - 0.14 * canvas.line(), box.right, box.bottom}, canvas.ink.text);
    put_text_in(canvas, chosen ? canvas.fonts.bold : canvas.fonts.text, box,
                chosen ? canvas.ink.text : canvas.ink.muted, name_of(pane), plot::Anchor::middle);
    if (click_area(name_of(pane), box)) state.first = pane;
  }
}

bool click_area(const char* id, const plot::Box& box) {
  ImGui::SetCursorScreenPos(vec({box.left, box.top}));
  return ImGui::InvisibleButton(id, {std::max(1.0F, static_cast<float>(box.width())),
                                     std::max(1.0F, static_cast<float>(box.height()))});
}

void put_kind(const Canvas& canvas, analysis::LineKind kind, plot::Point middle, double radius, bool bright) {
  const auto shade = [&](ImU32 full) {
    return bright ? full : (full & ~IM_COL32_A_MASK) | (110U << IM_COL32_A_SHIFT);
  };
  const auto r = static_cast<float>(radius);
  const ImVec2 c = vec(middle);
  switch (kind) {
    case analysis::LineKind::decision:
      canvas.list->AddQuadFilled({c.x, c.y - 1.25F * r}, {c.x + 1.25F * r, c.y}, {c.x, c.y + 1.25F * r},
                                 {c.x - 1.25F * r, c.y}, shade(canvas.ink.change));
      break;
    case analysis::LineKind::dashboard:
      canvas.list->AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, shade(canvas.ink.stable), 0, 0, 0.5F * r);
      break;
    case analysis::LineKind::fact:
    case analysis::LineKind::hindsight:
      canvas.list->AddTriangleFilled({c.x, c.y - r}, {c.x + r, c.y + r}, {c.x - r, c.y + r},
                                     shade(canvas.ink.text));
      break;
    case analysis::LineKind::event:
      canvas.list->AddCircleFilled(c, 0.85F * r, shade(canvas.ink.muted));
      break;
  }
}

double flow(const Canvas& canvas, const std::vector<Item>& items, const plot::Box& box, int* clicked) {
  const double line = canvas.line();
  const double height = 1.4 * line;
  double x = box.left;
  double y = box.top;
  if (clicked != nullptr) *clicked = -1;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    const double before = item.swatch ? 2.0 * line : item.button ? 0.5 * line : 0;
    const double after = item.button ? 0.5 * line : 0;
    const double width = std::min(before + text_width(item.font, item.text) + after, box.width());
    if (x > box.left && x + width > box.right) {
      x = box.left;
      y += height;
    }
    const plot::Box place{x, y, x + width, y + height};
    if (item.swatch) {
      put_line(canvas, {{x, y + height / 2}, {x + 1.6 * line, y + height / 2}}, item.swatch_colour, item.dash,
               2 * canvas.fonts.scale, canvas.fonts.scale);
    }
    if (item.button) {
      const plot::Box button{place.left, place.top + 0.1 * line, place.right, place.bottom - 0.1 * line};
      fill(canvas, button, item.selected ? canvas.ink.raised : canvas.ink.back,
           0.3F * static_cast<float>(line));
      if (item.selected)
        fill(canvas, {button.left, button.bottom - 0.12 * line, button.right, button.bottom},
             canvas.ink.text);
      if (click_area(fmt::format("##{}{}", item.text, i).c_str(), button) && clicked != nullptr)
        *clicked = static_cast<int>(i);
    }
    put_text_in(canvas, item.font, {x + before, y, place.right - after, y + height}, item.colour, item.text);
    x += width + (item.button ? 0.35 : 0.9) * line;
  }
  return y + height;
}

}  // namespace breakglass::viz
