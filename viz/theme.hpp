// Fonts and colours of the window: dark, every mark at least 3:1 and every text at least 4.5:1 on its
// background.
#pragma once

#include <imgui.h>

#include "plot/scene.hpp"

namespace breakglass::viz {

inline constexpr float kTextSize = 16;  // pixels at 100%

struct Fonts {
  ImFont* text = nullptr;
  ImFont* bold = nullptr;
  ImFont* mono = nullptr;  // for numbers and labels of axes
  ImFont* big = nullptr;   // mono: the clock and the harm
  float scale = 1;
};

// Loads Inter and JetBrains Mono into the current context's atlas, scaled by `scale` (1 to 2.5, brought into
// that range); where they are not installed, ImGui's own font stands in. Before the first frame.
Fonts load_fonts(float scale);

// Sizes and colours of ImGui's own widgets (scroll bars, tooltips), at the fonts' scale.
void apply_style(const Fonts& fonts);

namespace colour {
inline constexpr ImU32 kBack = IM_COL32(16, 20, 26, 255);
inline constexpr ImU32 kPane = IM_COL32(24, 30, 38, 255);
inline constexpr ImU32 kRaised = IM_COL32(42, 51, 64, 255);
inline constexpr ImU32 kRule = IM_COL32(52, 62, 76, 255);
inline constexpr ImU32 kText = IM_COL32(232, 237, 243, 255);
inline constexpr ImU32 kMuted = IM_COL32(156, 168, 183, 255);
inline constexpr ImU32 kCursor = IM_COL32(255, 255, 255, 255);
inline constexpr ImU32 kMark = IM_COL32(255, 214, 102, 255);   // the mark that says it is a simulation
inline constexpr ImU32 kChange = IM_COL32(242, 177, 52, 255);  // the change's arm, on every chart
inline constexpr ImU32 kStable = IM_COL32(111, 183, 240, 255);
}  // namespace colour

// What a chart's series stand for, and so which colours they take.
enum class Palette {
  arms,     // series 0 the change, 1 stable, 2 belief
  sources,  // series 0 to 4: sim::HarmSource
};

ImU32 colour_of(plot::Ink ink, Palette palette);

}  // namespace breakglass::viz
