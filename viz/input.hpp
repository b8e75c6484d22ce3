// The keyboard, as every version of Dear ImGui from 1.86 on tells it. All that differs between versions is
// here.
#pragma once

namespace breakglass::viz {

enum class Key { left, right, up, down, home, end, page_up, page_down, space, tab };
inline constexpr int kKeys = 10;

// Whether the key went down in this frame, or repeats.
bool pressed(Key key);
bool shift_held();
// Whether this character was typed in this frame. Letters come this way because 1.86 names few keys, and
// because it follows the keyboard's layout.
bool typed(char character);

// For contexts without a window: gives every key a code of its own, so that `feed_key` can press it.
void map_keys();
void feed_key(Key key, bool down);
void feed_mouse(float x, float y, bool down, float wheel);

}  // namespace breakglass::viz
