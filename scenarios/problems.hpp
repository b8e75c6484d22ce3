// What is wrong with a file, said to the person who wrote it: where, what, what was expected, and a guess at
// what they meant. All problems of a file are collected and shown at once, in the file's order:
//
//     scenarios/pii-leak.json:12:25: error: unknown field "rat"
//        12 |   "entry": {"gateway": {"rat": "40/s"}}
//           |                         ^~~~~
//           = at /traffic/entry/gateway/rat; expected one of: rate, daily, weekly, burst, trace
//           = did you mean "rate"?
//
//     1 problem in scenarios/pii-leak.json
//
// No exceptions, no files: this part also runs in a browser. Nothing that a file says reaches the terminal
// unescaped (see visible.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/line_index.hpp"

namespace breakglass::scenarios {

// A stretch of bytes [begin, end) of one of the texts of a Problems. An empty stretch is a caret between two
// characters (the end of a file, say).
struct Place {
  std::int32_t source = 0;  // index of the text; see Problems::add_source
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// The place of a problem with a text as a whole (it cannot be opened, say): printed without line and caret.
constexpr Place whole(int source) { return {source, UINT32_MAX, UINT32_MAX}; }

// A text that problems point into.
struct SourceText {
  std::string name;             // a path, or "--set /pointer" for an argument
  std::string text;             // bytes as read, with BOM and line ends
  std::int64_t first_line = 1;  // number of the text's first line; 0 for an argument, which has no lines
};

// One problem, resolved for reading: what a machine-readable report of problems would hold.
struct Problem {
  std::string file;
  std::int64_t line = 0;    // from 1; 0 where there is no line
  std::int64_t column = 0;  // from 1, in code points, not counting a byte-order mark; 0 where there is none
  std::string pointer;      // RFC 6901 pointer to the value, "" for the whole document
  std::string what;
  std::string expected;  // empty, or what would have been right
  std::string hint;      // empty, or a suggestion such as `did you mean "rate"?`
  Place place;
  bool has_pointer = false;  // false where a pointer has no meaning (a CSV file, a syntax error)
};

// The collector. Cheap to add to; lines and columns are worked out when asked for.
class Problems {
 public:
  // Keeps no more than this many; later ones are only counted.
  static constexpr std::size_t kMaxKept = 2000;

  Problems() = default;
  // For the usual case of one file: its text becomes source 0.
  Problems(std::string name, std::string text) { add_source(std::move(name), std::move(text)); }

  // Registers a text and returns its index. Texts beyond 4 GB are not supported (readers refuse far earlier).
  int add_source(std::string name, std::string text, std::int64_t first_line = 1);
  const SourceText& source(int index) const { return sources_[static_cast<std::size_t>(index)]; }
  std::size_t source_count() const { return sources_.size(); }

  // Problems of a value in a document. The text `what` has no full stop and starts in lower case.
  void add(Place place, std::string pointer, std::string what, std::string expected = {},
           std::string hint = {});
  // Problems that no pointer names: syntax errors, rows of a table, whole files.
  void add_at(Place place, std::string what, std::string expected = {}, std::string hint = {});

  bool empty() const { return count() == 0; }
  std::size_t count() const { return kept_.size() + dropped_; }
  // Whether add would still keep a problem; lets a reader of huge files skip preparing the text.
  bool keeps_more() const { return kept_.size() < kMaxKept; }

  // The first `limit` problems in order of source and position, with lines and columns.
  std::vector<Problem> resolve(std::size_t limit = kMaxKept) const;

  // The pointers of the problems added from the `first`-th on, for checks that should not add nonsense to
  // them.
  std::vector<std::string> pointers_since(std::size_t first) const;

  // Line and column of a place's beginning (first_line taken into account).
  LineColumn locate(Place place) const;

 private:
  std::vector<SourceText> sources_;
  mutable std::vector<LineIndex> indices_;  // caches: one a source
  std::vector<Problem> kept_;
  std::size_t dropped_ = 0;
};

// "12:25" of a place, for texts that mention a second place ("first given at 3:5").
std::string line_and_column(const Problems& problems, Place place);

// Appends one reference token to a JSON pointer, escaped as RFC 6901 wants ('~' as "~0", '/' as "~1").
void append_token(std::string& pointer, std::string_view token);

// The text shown above; "" where there are no problems. Ends with a newline. At most `max_shown` problems
// are printed, then "... and N more". Lines are at most 100 columns wide, cut around the caret.
std::string render(const Problems& problems, std::size_t max_shown = 50);

}  // namespace breakglass::scenarios
