#include "viz/ui.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "plot/axis.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {
namespace {

// The next item that can have the focus, going round.
void move_focus(Memory& memory, int direction) {
  std::vector<const ItemMark*> able;
  for (const ItemMark& item : memory.last) {
    if (item.enabled) able.push_back(&item);
  }
  if (able.empty()) return;
  const auto found = std::find_if(able.begin(), able.end(),
                                  [&](const ItemMark* item) { return item->label == memory.focus; });
  const auto count = static_cast<std::ptrdiff_t>(able.size());
  std::ptrdiff_t to = direction > 0 ? 0 : count - 1;
  if (found != able.end()) to = ((found - able.begin()) + direction + count) % count;
  memory.focus = able[static_cast<std::size_t>(to)]->label;
  memory.shows_focus = true;
  memory.reveal = 3;
}

bool is_focused(const Ui& ui, const std::string& label) { return ui.enabled && ui.memory.focus == label; }

// Enters the item in the frame's list; a focused one in a scrolling list is scrolled to.
void note_item(Ui& ui, const std::string& label, const plot::Box& box, bool enabled, bool is_text) {
  ui.memory.items.push_back({label, box, enabled && ui.enabled, is_text});
  if (!is_focused(ui, label) || !ui.canvas.scrolled || ui.memory.reveal <= 0) return;
  const auto middle = static_cast<float>((box.top + box.bottom) / 2);
  ImGui::SetScrollFromPosY(middle - ImGui::GetWindowPos().y, 0.5F);
}

bool clicked_in(const std::string& label, const plot::Box& box) {
  ImGui::SetCursorScreenPos(vec({box.left, box.top}));
  return ImGui::InvisibleButton(label.c_str(), {std::max(1.0F, static_cast<float>(box.width())),
                                                std::max(1.0F, static_cast<float>(box.height()))});
}

}  // namespace

void begin_items(Memory& memory) {
  memory.items.clear();
  if (memory.reveal > 0) --memory.reveal;
  memory.typing = false;
  for (const ItemMark& item : memory.last) {
    if (item.is_text && item.enabled && item.label == memory.focus) memory.typing = true;
  }
  if (pressed(Key::tab)) move_focus(memory, shift_held() ? -1 : 1);
  if (pressed(Key::enter) && memory.activate.empty() && !memory.focus.empty()) {
    memory.activate = memory.focus;
    memory.shows_focus = true;
  }
  if (ImGui::IsMouseClicked(0)) memory.shows_focus = false;
}

void end_items(Memory& memory) {
  memory.activate.clear();
  memory.last = memory.items;
}

void put_focus(const Ui& ui, const std::string& label, const plot::Box& box) {
  if (!is_focused(ui, label) || !ui.memory.shows_focus) return;
  const float unit = ui.canvas.fonts.scale;
  ui.canvas.list->AddRect(vec({box.left - 1, box.top - 1}), vec({box.right + 1, box.bottom + 1}),
                          ui.canvas.ink.focus, 0.3F * ui.canvas.line(), 0, 2.5F * unit);
}

bool area(Ui& ui, const std::string& label, const plot::Box& box, bool enabled) {
  note_item(ui, label, box, enabled, false);
  if (!ui.enabled) return false;
  const bool clicked = clicked_in(label, box);
  if (!enabled) return false;
  if (clicked) ui.memory.focus = label;
  put_focus(ui, label, box);
  return clicked || ui.memory.activate == label;
}

bool is_hot(const Ui& ui, const std::string& label, const plot::Box& box) {
  if (!ui.enabled) return false;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return box.holds({mouse.x, mouse.y}) || (is_focused(ui, label) && ui.memory.shows_focus);
}

double button_width(const Ui& ui, std::string_view text, std::string_view key) {
  const double hint = key.empty() ? 0 : text_width(ui.canvas.fonts.mono, key) + 0.9 * ui.canvas.line();
  return text_width(ui.canvas.fonts.bold, text) + hint + 1.15 * ui.canvas.line();
}

bool button(Ui& ui, const std::string& label, const plot::Box& box, const Button& how) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const bool hot = how.enabled && is_hot(ui, label, box);
  const float round = 0.3F * c.line();
  fill(c, box, !how.enabled ? c.ink.back : hot ? c.ink.rule : c.ink.raised, round);
  if (how.primary && how.enabled)
    c.list->AddRect(vec({box.left, box.top}), vec({box.right, box.bottom}), c.ink.muted, round, 0,
                    c.fonts.scale);
  if (how.selected)
    fill(c, {box.left + 0.2 * line, box.bottom - 0.16 * line, box.right - 0.2 * line, box.bottom},
         c.ink.text);
  plot::Box inside{box.left + 0.5 * line, box.top, box.right - 0.5 * line, box.bottom};
  const ImU32 ink = how.enabled ? c.ink.text : c.ink.faint;
  if (!how.key.empty()) {
    const double width = text_width(c.fonts.mono, how.key);
    put_text_in(c, c.fonts.mono, {inside.right - width, box.top, inside.right, box.bottom}, c.ink.muted,
                how.key, plot::Anchor::end);
    inside.right -= width + 0.5 * line;
  }
  put_text_in(c, how.selected ? c.fonts.bold : c.fonts.text, inside, ink,
              how.text.empty() ? std::string_view(label) : std::string_view(how.text), how.anchor);
  return area(ui, label, box, how.enabled);
}

bool slider(Ui& ui, const std::string& label, const plot::Box& box, double& part) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  note_item(ui, label, box, true, false);
  const plot::Scale x{0, 1, box.left + 0.5 * line, box.right - 0.5 * line};
  double to = part;
  if (ui.enabled) {
    clicked_in(label, box);
    if (ImGui::IsItemActive()) {
      ui.memory.focus = label;
      to = std::clamp(x.inverse(ImGui::GetIO().MousePos.x), 0.0, 1.0);
    }
    if (is_focused(ui, label) && !ui.memory.typing) {
      const double step = shift_held() ? 0.1 : 0.01;
      if (pressed(Key::left)) to = std::max(0.0, part - step);
      if (pressed(Key::right)) to = std::min(1.0, part + step);
    }
  }
  const double middle = (box.top + box.bottom) / 2;
  const double half = 0.1 * line;
  fill(c, {x.begin, middle - half, x.end, middle + half}, c.ink.rule, static_cast<float>(half));
  fill(c, {x.begin, middle - half, x(to), middle + half}, c.ink.muted, static_cast<float>(half));
  c.list->AddCircleFilled(vec({x(to), middle}), static_cast<float>(0.38 * line), c.ink.text);
  put_focus(ui, label, box);
  const bool moved = to != part;
  part = to;
  return moved;
}

Row row_in(const Ui& ui, const plot::Box& box) {
  const double line = ui.canvas.line();
  return {box, box.left, box.top, 1.7 * line, 0.35 * line};
}

plot::Box next(Row& row, double width) {
  width = std::min(width, row.box.width());
  if (row.x > row.box.left && row.x + width > row.box.right + 0.5) {
    row.x = row.box.left;
    row.y += row.height + row.gap;
  }
  const plot::Box box{row.x, row.y, row.x + width, row.y + row.height};
  row.x += width + row.gap;
  return box;
}

double below(const Row& row) { return row.y + row.height + row.gap; }

double paragraph(const Ui& ui, const ImFont* font, const plot::Box& box, ImU32 colour, std::string_view text,
                 int most) {
  const double step = 1.2 * font->FontSize;
  const auto lines = wrapped(font, text, static_cast<float>(box.width()));
  double y = box.top;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = most > 0 && i + 1 == static_cast<std::size_t>(most) && i + 1 < lines.size();
    const std::string_view rest =
        last ? text.substr(static_cast<std::size_t>(lines[i].data() - text.data())) : lines[i];
    put_text_in(ui.canvas, font, {box.left, y, box.right, y + step}, colour, rest);
    y += step;
    if (last) break;
  }
  return y;
}

plot::Box pane(const Ui& ui, const plot::Box& box, std::string_view title, std::string_view remark) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  fill(c, box, c.ink.pane, 0.35F * c.line());
  plot::Box inside{box.left + 0.7 * line, box.top + 0.35 * line, box.right - 0.6 * line,
                   box.bottom - 0.4 * line};
  if (title.empty()) return inside;
  const double width = std::min<double>(text_width(c.fonts.bold, title), inside.width());
  const double bottom = inside.top + 1.35 * line;
  put_text_in(c, c.fonts.bold, {inside.left, inside.top, inside.left + width, bottom}, c.ink.text, title);
  if (!remark.empty())
    put_text_in(c, c.fonts.text, {inside.left + width + 0.7 * line, inside.top, inside.right, bottom},
                c.ink.muted, remark);
  inside.top = bottom + 0.15 * line;
  return inside;
}

Scroll begin_scroll(Ui& ui, const std::string& label, const plot::Box& box) {
  ImGui::SetCursorScreenPos(vec({box.left, box.top}));
  ImGui::BeginChild(
      label.c_str(),
      {std::max(1.0F, static_cast<float>(box.width())), std::max(1.0F, static_cast<float>(box.height()))},
      false, ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Scroll scroll{{ui.canvas, ui.memory, ui.enabled}, {}};
  scroll.ui.canvas.list = ImGui::GetWindowDrawList();
  scroll.ui.canvas.scrolled = true;
  const double edge = 0.15 * ui.canvas.line();  // room for the ring of the focus
  scroll.box = {origin.x + edge, origin.y + edge,
                origin.x + ImGui::GetWindowContentRegionMax().x - 2 * edge - ImGui::GetStyle().ScrollbarSize,
                origin.y + box.height()};

  return scroll;
}

void end_scroll(Scroll& scroll, double bottom) {
  const double edge = 0.15 * scroll.ui.canvas.line();
  ImGui::SetCursorScreenPos(vec({scroll.box.left, scroll.box.top}));
  ImGui::Dummy({1, static_cast<float>(std::max(1.0, bottom - scroll.box.top + edge))});
  ImGui::EndChild();
}

void scroll_to_end() { ImGui::SetScrollY(ImGui::GetScrollMaxY() + 10000); }

}  // namespace breakglass::viz
