// Drawing into an ImGui draw list: text that knows its room, scenes of plot/, small shapes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/scene.hpp"
#include "viz/theme.hpp"

namespace breakglass::viz {

// A text that was drawn, for whoever checks that nothing is cut off or printed over something else.
struct TextMark {
  std::string text;  // as drawn
  plot::Box box;
  plot::Box clip;         // of the draw list at the time
  bool scrolled = false;  // inside a scrolling list, whose edge may cut a line
  bool elided = false;    // shortened by "…", on purpose
};

struct Canvas {
  ImDrawList* list = nullptr;
  Fonts fonts;
  Colours ink;
  std::vector<TextMark>* marks = nullptr;  // null: nobody checks
  bool scrolled = false;

  float line() const { return fonts.text->FontSize; }  // height of a line of text
};

float text_width(const ImFont* font, std::string_view text);

// `at` is the upper left corner.
void put_text(const Canvas& canvas, const ImFont* font, ImVec2 at, ImU32 colour, std::string_view text);

// Centred vertically in the box, shortened by "…" if it is too long; nothing if not even that has room.
void put_text_in(const Canvas& canvas, const ImFont* font, const plot::Box& box, ImU32 colour,
                 std::string_view text, plot::Anchor anchor = plot::Anchor::start);

// The lines that a text takes in a width, broken at spaces; a word longer than a line is broken where it
// must.
std::vector<std::string_view> wrapped(const ImFont* font, std::string_view text, float width);

void fill(const Canvas& canvas, const plot::Box& box, ImU32 colour, float rounding = 0);

// A polyline; `thickness` in pixels; dashes as long as `unit` wants.
void put_line(const Canvas& canvas, const std::vector<plot::Point>& points, ImU32 colour, plot::Dash dash,
              float thickness, float unit);

// Of a digit of the mono font, which charts are laid out by.
double digit_width(const Canvas& canvas);

void put_scene(const Canvas& canvas, const plot::Scene& scene, Palette palette);

inline ImVec2 vec(plot::Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }

}  // namespace breakglass::viz
