// A JSON document as a tree that remembers where everything stood, so that any later complaint can point at
// it. Comments (// and /* */) are allowed, as scenarios are written by people; otherwise strict JSON.
//
// Budgets come before meaning: a file that is too large, too deep or too long is refused as soon as that
// is known, and the tree never holds more than the budget allows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problems.hpp"

namespace breakglass::scenarios {

struct Node {
  enum class Kind { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;        // nearest double; `text` has what was written
  std::string text;         // a number as it was spelled, or a string's decoded value
  std::vector<Node> items;  // elements of an array, or values of an object in the file's order
  std::string key;          // this value's name in the object that holds it
  Place at;                 // the value, with quotes or brackets
  Place key_at;             // the key, with quotes; equal to `at` where there is none

  bool is_object() const { return kind == Kind::object; }
  bool is_array() const { return kind == Kind::array; }
  bool is_string() const { return kind == Kind::string; }
  bool is_number() const { return kind == Kind::number; }

  // The member of that name, or nullptr.
  const Node* find(std::string_view name) const;
  Node* find(std::string_view name);
};

// Ready-made nodes for writers. The number is spelled in the shortest way that reads back to the same double.
Node make_bool(bool value);
Node make_number(double value);
Node make_integer(std::int64_t value);
Node make_string(std::string value);
Node make_array();
Node make_object();
// Appends a member (or an element, with an empty key) and returns it.
Node& add_member(Node& object, std::string key, Node value);

struct TextBudget {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t depth = 64;
  std::size_t nodes = 100'000;
  std::size_t string_bytes = std::size_t{64} << 10;
};

// Reads text [begin, end) of a source of `problems` (by default all of it). Returns nothing if the text is
// not a JSON document within the budget; problems then say why. A repeated key is a problem that names both
// places, but the document is still returned (with the first of the two), so that the rest can be checked.
std::optional<Node> parse_text(Problems& problems, int source = 0, const TextBudget& budget = {},
                               std::size_t begin = 0);

// The value that an RFC 6901 pointer names, or nullptr. "" names the root itself. For checks that come after
// reading and want a position: problems.add(find(root, "/signals/0/delay")->at, ...).
const Node* find(const Node& root, std::string_view pointer);

// The value that the pointer names or, where it is absent (a default), the nearest value around it.
const Node& find_or_around(const Node& root, std::string_view pointer);

// What a value is, in words: `the number 25`, `the string "fast"`, `a list of 3`, `an object`, `true`,
// `null`.
std::string describe(const Node& node);

// Compact but readable JSON: what fits the width stays on one line. Ends with a newline.
std::string print_json(const Node& node, std::size_t width = 110);

}  // namespace breakglass::scenarios
