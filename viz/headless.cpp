#include "viz/headless.hpp"

#include <imgui.h>

#include <limits>

#include "viz/input.hpp"

namespace breakglass::viz {

Headless::Headless(int width, int height, float scale) : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // the rasteriser does
  map_keys();
  resize(width, height);
  fonts_ = load_fonts(scale);
  apply_style(fonts_);
  // No mouse, as long as nobody moves one: nothing is hovered.
  feed_mouse(-std::numeric_limits<float>::max(), -std::numeric_limits<float>::max(), false, 0);
}

Headless::~Headless() { ImGui::DestroyContext(context_); }

void Headless::resize(int width, int height) {
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
}

void Headless::frame(const RunView& view, RunPanelState& state) {
  ImGui::GetIO().DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
  draw_run_panel(view, state);
  ImGui::Render();
}

Image Headless::image() const { return rasterise(*ImGui::GetDrawData()); }

Image picture(const RunView& view, int width, int height, float scale, sim::Time instant) {
  Headless headless(width, height, scale);
  RunPanelState state = opening_state(view, headless.fonts());
  state.whole = instant > view.story_end;
  state.cursor = instant;
  for (int i = 0; i < 3; ++i)
    headless.frame(view, state);  // the list knows its height after one frame, and scrolls after two
  return headless.image();
}

}  // namespace breakglass::viz
