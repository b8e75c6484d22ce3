#include "viz/input.hpp"

#include <imgui.h>

#include <array>

namespace breakglass::viz {
namespace {

constexpr std::array<int, kKeys> kNamed{
    ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,   ImGuiKey_DownArrow, ImGuiKey_Home,
    ImGuiKey_End,       ImGuiKey_PageUp,     ImGuiKey_PageDown,  ImGuiKey_Space,     ImGuiKey_Tab,
    ImGuiKey_Enter,     ImGuiKey_Escape,     ImGuiKey_Backspace, ImGuiKey_Delete};

ImGuiKey named(Key key) { return static_cast<ImGuiKey>(kNamed[static_cast<std::size_t>(key)]); }

}  // namespace

bool shift_held() { return ImGui::GetIO().KeyShift; }

bool typed(char character) {
  for (const ImWchar c : ImGui::GetIO().InputQueueCharacters) {
    if (c == static_cast<ImWchar>(character)) return true;
  }
  return false;
}

std::string typed_text() {
  std::string text;
  for (const ImWchar wide : ImGui::GetIO().InputQueueCharacters) {
    const auto c = static_cast<unsigned>(wide);
    if (c < 0x20 || c == 0x7F || (c >= 0xD800 && c < 0xE000)) continue;
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0U | c >> 6U);
      text += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
      text += static_cast<char>(0xE0U | c >> 12U);
      text += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
      text += static_cast<char>(0x80U | (c & 0x3FU));
    }
  }
  return text;
}

#if IMGUI_VERSION_NUM >= 18700

bool pressed(Key key) { return ImGui::IsKeyPressed(named(key)); }
bool f1_pressed() { return ImGui::IsKeyPressed(ImGuiKey_F1, false); }
bool ctrl_pressed(char letter) {
  return ImGui::GetIO().KeyCtrl &&
         ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_A + (letter - 'a')), false);
}
void map_keys() {}
void feed_key(Key key, bool down) { ImGui::GetIO().AddKeyEvent(named(key), down); }
void feed_mouse(float x, float y, bool down, float wheel) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(x, y);
  io.AddMouseButtonEvent(0, down);
  if (wheel != 0) io.AddMouseWheelEvent(0, wheel);
}

#else

// Without names for most keys: the codes of GLFW, which is the only backend; letters are upper-case ASCII.
constexpr int kF1 = 290;
bool pressed(Key key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(named(key))); }
bool f1_pressed() { return ImGui::IsKeyPressed(kF1, false); }
bool ctrl_pressed(char letter) {
  return ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(letter - 'a' + 'A', false);
}
void map_keys() {
  ImGuiIO& io = ImGui::GetIO();
  for (int i = 0; i < ImGuiKey_COUNT; ++i) io.KeyMap[i] = i;
}
void feed_key(Key key, bool down) { ImGui::GetIO().KeysDown[named(key)] = down; }
void feed_mouse(float x, float y, bool down, float wheel) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {x, y};
  io.MouseDown[0] = down;
  io.MouseWheel = wheel;
}

#endif

}  // namespace breakglass::viz
