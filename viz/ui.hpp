// Widgets that mouse and keyboard reach alike. Each has a label of its own on the screen: it is what the
// focus is remembered by, and what a test activates it by.
//
// Tab and Shift+Tab move the focus in the order in which things are drawn, Enter activates. While a text
// field has the focus, what is typed is text and no key of the screen.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "viz/canvas.hpp"

namespace breakglass::viz {

struct ItemMark {
  std::string label;
  plot::Box box;
  bool enabled = true;
  bool is_text = false;
};

struct TextField {
  std::string text;       // UTF-8
  std::size_t caret = 0;  // in bytes
};

// What outlives a frame: the focus, what is written in text fields, and the items of the last frame.
struct Memory {
  std::string focus;         // empty: nothing has it
  bool shows_focus = false;  // the keyboard was used last
  std::string activate;      // is activated in the frame that comes, as Enter would
  int reveal = 0;            // for so many frames a scrolling list scrolls to the focus
  bool typing = false;       // a text field has the focus
  std::map<std::string, TextField> fields;
  std::vector<ItemMark> items;             // of the frame that is drawn
  std::vector<ItemMark> last;              // of the one before
  std::vector<TextMark>* marks = nullptr;  // where to write down every text drawn; null: nowhere
};

// At the beginning of a frame and at its end. The keyboard moves the focus.
void begin_items(Memory& memory);
void end_items(Memory& memory);

struct Ui {
  Canvas canvas;
  Memory& memory;
  bool enabled = true;  // false: something in front takes all input
};

struct Button {
  std::string text;  // as drawn; the label when empty
  std::string key;   // a hint of the key that does the same
  bool enabled = true;
  bool selected = false;
  bool primary = false;
  plot::Anchor anchor = plot::Anchor::middle;
};
// True in the frame in which it is activated.
bool button(Ui& ui, const std::string& label, const plot::Box& box, const Button& how = {});
// The same without a face of its own: a row, a card, a chart; `draw` does what it looks like.
bool area(Ui& ui, const std::string& label, const plot::Box& box, bool enabled = true);
// Whether the mouse is over the item drawn last, or the focus on it.
bool is_hot(const Ui& ui, const std::string& label, const plot::Box& box);
// Width that a button of this text wants.
double button_width(const Ui& ui, std::string_view text, std::string_view key = {});

// A line to type into. True in the frame in which Enter is pressed in it.
bool text_field(Ui& ui, const std::string& label, const plot::Box& box, std::string_view prompt,
                std::string& text);

// 0 to 1, moved by dragging or by the arrows; true while it moves.
bool slider(Ui& ui, const std::string& label, const plot::Box& box, double& part);

// Buttons from left to right, in as many lines as they need.
struct Row {
  plot::Box box;  // what is left to fill
  double x = 0;
  double y = 0;
  double height = 0;
  double gap = 0;
};
Row row_in(const Ui& ui, const plot::Box& box);
plot::Box next(Row& row, double width);
double below(const Row& row);  // where the lines end

// A paragraph, broken into lines; returns where it ends. `most`: lines at most, 0: as many as it takes.
double paragraph(const Ui& ui, const ImFont* font, const plot::Box& box, ImU32 colour, std::string_view text,
                 int most = 0);

// A pane with its heading; returns what is inside.
plot::Box pane(const Ui& ui, const plot::Box& box, std::string_view title, std::string_view remark = {});

// A list that scrolls: what is drawn between the two stands in it. `end_scroll` is told where it ended.
struct Scroll {
  Ui ui;
  plot::Box box;
};
Scroll begin_scroll(Ui& ui, const std::string& label, const plot::Box& box);
void end_scroll(Scroll& scroll, double bottom);
// Scrolls to the end of the list that is being drawn.
void scroll_to_end();

}  // namespace breakglass::viz
