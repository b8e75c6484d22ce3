#include "viz/full_window.hpp"

#include <imgui.h>

#include "viz/input.hpp"

namespace breakglass::viz {
namespace {

constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                    ImGuiWindowFlags_NoScrollWithMouse;

plot::Box fill_display() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  return {0, 0, size.x, size.y};
}

}  // namespace

plot::Box begin_full_window(const char* name) {
  const plot::Box box = fill_display();
  ImGui::Begin(name, nullptr, kFlags | ImGuiWindowFlags_NoBringToFrontOnFocus);
  return box;
}

plot::Box begin_front_window(const char* name) {
  const plot::Box box = fill_display();
  ImGui::SetNextWindowFocus();
  ImGui::Begin(name, nullptr, kFlags | ImGuiWindowFlags_NoBackground);
  return box;
}

void end_full_window() { ImGui::End(); }

Ui ui_of(const Look& look, Memory& memory, bool enabled) {
  return {{ImGui::GetWindowDrawList(), look.fonts, look.ink, memory.marks, false}, memory, enabled};
}

bool draw_room_head(Ui& ui, plot::Box& window, const std::string& title, const std::string& remark,
                    const std::string& badge) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  const plot::Box head{window.left, window.top, window.right, window.top + 3.4 * line};
  fill(c, head, c.ink.pane);
  fill(c, {head.left, head.bottom - 1, head.right, head.bottom}, c.ink.rule);
  const double back = button_width(ui, "Back", "Esc");
  double left = head.left + 0.9 * line;
  const double right = head.right - back - 1.5 * line;
  const double split = head.top + 1.9 * line;
  if (!badge.empty()) {
    const double width = text_width(c.fonts.bold, badge) + line;
    const plot::Box mark{left, head.top + 0.3 * line, left + width, split - 0.05 * line};
    fill(c, mark, c.ink.mark, 0.3F * c.line());
    put_text_in(c, c.fonts.bold, mark, c.ink.on_mark, badge, plot::Anchor::middle);
    left = mark.right + 0.6 * line;
  }
  put_text_in(c, c.fonts.bold, {left, head.top + 0.2 * line, right, split}, c.ink.text, title);
  put_text_in(c, c.fonts.text, {head.left + 0.9 * line, split, right, head.bottom - 0.15 * line}, c.ink.muted,
              remark);
  Button how;
  how.key = "Esc";
  const bool clicked = button(
      ui, "Back",
      {head.right - back - 0.7 * line, head.top + 0.8 * line, head.right - 0.7 * line, head.top + 2.5 * line},
      how);
  const double gap = 0.45 * line;
  window = {window.left + gap, head.bottom + gap, window.right - gap, window.bottom - gap};
  return clicked || (ui.enabled && !ui.memory.typing && pressed(Key::escape));
}

}  // namespace breakglass::viz
