// A writer of JSON text that keeps the order of its keys and the shortest form of its numbers.
//
// Objects and arrays are opened and closed by hand; commas and indentation are the writer's business. Not
// checked: that keys are given inside objects and only there, and that brackets match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace breakglass::analysis {

// The shortest decimal text that reads back to exactly this double; with an exponent only where the number is
// below 1e-6 or from 1e16 on. `value` must be finite (JSON has no other numbers): anything else becomes null.
std::string number_text(double value);

// A JSON string literal with its quotes: control characters escaped, bytes that are not UTF-8 replaced by
// U+FFFD.
std::string quoted(std::string_view text);

// How the members of an object or array are laid out. Inside `line` everything stays on that line.
enum class Layout { lines, line };

class JsonWriter {
 public:
  void open_object(Layout layout = Layout::lines) { open('{', layout); }
  void close_object() { close('}'); }
  void open_array(Layout layout = Layout::lines) { open('[', layout); }
  void close_array() { close(']'); }

  void key(std::string_view name);
  void value(std::string_view text) { raw(quoted(text)); }
  void value(const char* text) { raw(quoted(text)); }
  void value(double number) { raw(number_text(number)); }
  void value(std::uint64_t number) { raw(std::to_string(number)); }
  void value(bool flag) { raw(flag ? "true" : "false"); }
  void value(std::optional<double> number) { raw(number ? number_text(*number) : "null"); }
  void value(std::optional<bool> flag) { raw(flag ? (*flag ? "true" : "false") : "null"); }
  void null() { raw("null"); }
  // Text that is JSON already.
  void raw(std::string_view json);

  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

  // The document with a final newline. The writer is empty afterwards.
  std::string take();

 private:
  struct Level {
    Layout layout = Layout::lines;
    bool has_members = false;
  };
  void open(char bracket, Layout layout);
  void close(char bracket);
  void separate();
  void new_line();

  std::string text_;
  std::vector<Level> levels_;
  bool is_after_key_ = false;
};

// Which program has written a document.
struct ProgramInfo {
  std::string_view name = "breakglass";
  std::string_view version;
};
void write_program(JsonWriter& json, const ProgramInfo& program);

}  // namespace breakglass::analysis
