#include "viz/input.hpp"

#include <imgui.h>

#include <array>

namespace breakglass::viz {
namespace {

constexpr std::array<int, kKeys> kNamed{
    ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,  ImGuiKey_DownArrow, ImGuiKey_Home,
    ImGuiKey_End,       ImGuiKey_PageUp,     ImGuiKey_PageDown, ImGuiKey_Space,     ImGuiKey_Tab};

ImGuiKey named(Key key) { return static_cast<ImGuiKey>(kNamed[static_cast<std::size_t>(key)]); }

}  // namespace

bool shift_held() { return ImGui::GetIO().KeyShift; }

bool typed(char character) {
  for (const ImWchar c : ImGui::GetIO().InputQueueCharacters) {
    if (c == static_cast<ImWchar>(character)) return true;
  }
  return false;
}

#if IMGUI_VERSION_NUM >= 18700

bool pressed(Key key) { return ImGui::IsKeyPressed(named(key)); }
void map_keys() {}
void feed_key(Key key, bool down) { ImGui::GetIO().AddKeyEvent(named(key), down); }
void feed_mouse(float x, float y, bool down, float wheel) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(x, y);
  io.AddMouseButtonEvent(0, down);
  if (wheel != 0) io.AddMouseWheelEvent(0, wheel);
}

#else

bool pressed(Key key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(named(key))); }
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
