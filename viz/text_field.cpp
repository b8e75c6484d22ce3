// A line to type into: the same under every version of Dear ImGui, and without a window.
#include <imgui.h>

#include <algorithm>

#include "viz/input.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {
namespace {

constexpr std::size_t kLongest = 600;  // bytes: a line of a log has room for it

bool is_middle(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t before(const std::string& text, std::size_t at) {
  if (at > 0) --at;
  while (at > 0 && is_middle(text[at])) --at;
  return at;
}

std::size_t after(const std::string& text, std::size_t at) {
  if (at < text.size()) ++at;
  while (at < text.size() && is_middle(text[at])) ++at;
  return at;
}

void insert(TextField& field, std::string_view what) {
  if (field.text.size() + what.size() > kLongest) return;
  field.text.insert(field.caret, what);
  field.caret += what.size();
}

// What was copied elsewhere may have line breaks and control characters: a line has none.
std::string pasted() {
  const char* clip = ImGui::GetClipboardText();
  std::string out;
  for (const char* c = clip; c != nullptr && *c != 0 && out.size() < kLongest; ++c) {
    const auto byte = static_cast<unsigned char>(*c);
    out += byte < 0x20 || byte == 0x7F ? ' ' : *c;
  }
  return out;
}

void edit(TextField& field) {
  std::string& text = field.text;
  if (const std::string typed = typed_text(); !typed.empty()) insert(field, typed);
  if (ctrl_pressed('v')) insert(field, pasted());
  if (pressed(Key::backspace)) {
    const std::size_t from = before(text, field.caret);
    text.erase(from, field.caret - from);
    field.caret = from;
  }
  if (pressed(Key::del)) text.erase(field.caret, after(text, field.caret) - field.caret);
  if (pressed(Key::left)) field.caret = before(text, field.caret);
  if (pressed(Key::right)) field.caret = after(text, field.caret);
  if (pressed(Key::home)) field.caret = 0;
  if (pressed(Key::end)) field.caret = text.size();
}

// The part of the text that has room and holds the caret: the end of it while it is typed.
std::size_t first_shown(const ImFont* font, const TextField& field, double width) {
  std::size_t from = 0;
  while (from < field.caret &&
         text_width(font, std::string_view(field.text).substr(from, field.caret - from)) > width)
    from = after(field.text, from);
  return from;
}

void draw(Ui& ui, const plot::Box& box, const TextField& field, bool focused, std::string_view prompt) {
  const Canvas& c = ui.canvas;
  const double line = c.line();
  fill(c, box, c.ink.back, 0.2F * c.line());
  c.list->AddRect(vec({box.left, box.top}), vec({box.right, box.bottom}), focused ? c.ink.focus : c.ink.axis,
                  0.2F * c.line(), 0, focused ? 2 * c.fonts.scale : c.fonts.scale);
  const plot::Box inside{box.left + 0.4 * line, box.top, box.right - 0.4 * line, box.bottom};
  if (field.text.empty() && !focused) {
    put_text_in(c, c.fonts.text, inside, c.ink.faint, prompt);
    return;
  }
  const std::size_t from = focused ? first_shown(c.fonts.text, field, inside.width() - 3) : 0;
  const std::string_view shown = std::string_view(field.text).substr(from);
  put_text_in(c, c.fonts.text, inside, c.ink.text, shown);
  if (!focused) return;
  const double x = inside.left + text_width(c.fonts.text, shown.substr(0, field.caret - from)) + 1;
  c.list->AddLine(vec({x, box.top + 0.3 * line}), vec({x, box.bottom - 0.3 * line}), c.ink.text,
                  1.5F * c.fonts.scale);
}

}  // namespace

bool text_field(Ui& ui, const std::string& label, const plot::Box& box, std::string_view prompt,
                std::string& text) {
  TextField& field = ui.memory.fields[label];
  if (field.text != text) field = {text, text.size()};
  field.caret = std::min(field.caret, field.text.size());
  area(ui, label, box);
  if (!ui.memory.items.empty()) ui.memory.items.back().is_text = true;
  const bool focused = ui.enabled && ui.memory.focus == label;
  if (focused && ui.memory.typing) edit(field);
  draw(ui, box, field, focused, prompt);
  text = field.text;
  return focused && ui.memory.activate == label;
}

}  // namespace breakglass::viz
