// A writer of JSON text that keeps the order of its keys and the shortest form of its numbers.
//
// Objects and arrays are opened and closed by hand; commas and indentation are the writer's business. An
// array of numbers is written on one line. Not checked: that keys are given inside objects and only there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace breakglass::analysis {

// The shortest decimal text that reads back to exactly this double, without an exponent where that stays
// readable. `value` must be finite (JSON has no other numbers): anything else is written as null.
std::string number_text(double value);

// A JSON string literal with its quotes: control characters escaped, bytes that are not UTF-8 replaced by
// U+FFFD.
std::string quoted(std::string_view text);

class JsonWriter {
 public:
  void open_object() { open('{'); }
  void close_object() { close('}'); }
  void open_array() { open('['); }
  void close_array() { close(']'); }
  void key(std::string_view name);
  void value(std::string_view text) { raw(quoted(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(double number) { raw(number_text(number)); }
  void value(std::uint64_t number) { raw(std::to_string(number)); }
  void value(bool flag) { raw(flag ? "true" : "false"); }
  void value(std::optional<double> number) { number ? value(*number) : raw("null"); }
  // [low, high] on one line, null for an absent bound.
  void range(std::optional<double> low, std::optional<double> high);
  template <class T>
  void member(std::string_view name, T v) {
    key(name);
    value(v);
  }
  // Text that is JSON already.
  void raw(std::string_view json);
  // The document with a final newline. The writer is empty afterwards.
  std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  std::string text_;
  std::vector<bool> has_member_;
  bool after_key_ = false;
};

}  // namespace breakglass::analysis
