// Fonts and colours of the window. Two themes, dark and light; in both every mark has at least 3:1 and every
// text at least 4.5:1 on the surfaces that it is drawn on (a test measures them).
#pragma once

#include <imgui.h>

#include <array>

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

// Whether the fonts that the window is made for are installed.
bool has_fonts();

enum class Theme { dark, light };

// Surfaces, texts and marks.
struct Colours {
  ImU32 back = 0;    // behind everything
  ImU32 pane = 0;    // a panel
  ImU32 raised = 0;  // a button, a chosen row
  ImU32 rule = 0;    // edges, a button under the mouse
  ImU32 text = 0;
  ImU32 muted = 0;   // secondary text
  ImU32 faint = 0;   // what is not there yet, or not possible
  ImU32 cursor = 0;  // the instant that is looked at
  ImU32 focus = 0;   // the ring around what the keyboard acts on
  ImU32 mark = 0;    // the badge that says it is a drill or a simulation
  ImU32 on_mark = 0;
  ImU32 change = 0;  // the change's arm, on every screen
  ImU32 stable = 0;
  ImU32 good = 0;  // done, approved
  ImU32 bad = 0;   // refused, failed, a limit
  ImU32 grid = 0;
  ImU32 axis = 0;
  ImU32 veil = 0;  // over what is not known yet
  std::array<ImU32, 5> arms{};
  std::array<ImU32, 5> sources{};
};
const Colours& colours_of(Theme theme);

// How everything looks: what a person has chosen in the settings.
struct Look {
  Fonts fonts;
  Theme theme = Theme::dark;
  Colours ink = colours_of(Theme::dark);
  bool reduced_motion = false;
};

// Sizes and colours of ImGui's own widgets (scroll bars), at the fonts' scale.
void apply_style(const Look& look);

// What a chart's series stand for, and so which colours they take.
enum class Palette {
  arms,     // series 0 the change, 1 stable, 2 belief
  sources,  // series 0 to 4: sim::HarmSource
};

ImU32 colour_of(const Colours& colours, plot::Ink ink, Palette palette);

}  // namespace breakglass::viz
