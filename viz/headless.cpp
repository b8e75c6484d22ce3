#include "viz/headless.hpp"

#include <imgui.h>

#include <limits>

#include "viz/input.hpp"

namespace breakglass::viz {

Headless::Headless(int width, int height, float scale, Theme theme) : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // the rasteriser does
  map_keys();
  resize(width, height);
  look_.fonts = load_fonts(scale);
  look_.theme = theme;
  look_.ink = colours_of(theme);
  apply_style(look_);
  // No mouse, as long as nobody moves one: nothing is hovered.
  feed_mouse(-std::numeric_limits<float>::max(), -std::numeric_limits<float>::max(), false, 0);
}

Headless::~Headless() { ImGui::DestroyContext(context_); }

void Headless::resize(int width, int height) {
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
}

void Headless::frame(const std::function<void()>& draw) {
  ImGui::GetIO().DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
  draw();
  ImGui::Render();
}

Image Headless::image() const { return rasterise(*ImGui::GetDrawData()); }

}  // namespace breakglass::viz
