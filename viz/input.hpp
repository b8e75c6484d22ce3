// The keyboard, as every version of Dear ImGui from 1.86 on tells it. All that differs between versions is
// here.
#pragma once

#include <string>

namespace breakglass::viz {

enum class Key {
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  space,
  tab,
  enter,
  escape,
  backspace,
  del,
};
inline constexpr int kKeys = 14;

// Whether the key went down in this frame, or repeats.
bool pressed(Key key);
bool shift_held();
// Whether F1, or Ctrl with this letter, went down in this frame.
bool f1_pressed();
bool ctrl_pressed(char letter);
// Whether this character was typed in this frame. Letters come this way because 1.86 names few keys, and
// because it follows the keyboard's layout.
bool typed(char character);
// All that was typed in this frame, as UTF-8.
std::string typed_text();

// For contexts without a window: gives every key a code of its own, so that `feed_key` can press it.
void map_keys();
void feed_key(Key key, bool down);
void feed_mouse(float x, float y, bool down, float wheel);

}  // namespace breakglass::viz
