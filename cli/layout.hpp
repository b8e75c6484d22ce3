// Text in columns: tables that fit the width they are given, and paragraphs that wrap.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"

namespace breakglass::cli {

struct Cell {
  std::string text;  // one line, safe for a terminal (scenarios/visible.hpp)
  Tone tone = Tone::plain;
};

enum class Align { left, right };

struct Column {
  std::string head;  // line breaks make a head of several lines
  Align align = Align::right;
};

// The first column names the rows and is repeated where a table must be cut.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // each with as many cells as there are columns
};

// A table too wide for `width` is cut into several, one below the other, each with the first column. A single
// column that is still too wide sticks out: numbers are never cut. Lines have no trailing blanks.
std::string print_table(const Table& table, std::size_t width, bool colour);

// The text in lines of at most `width` columns, broken at blanks; a longer word is broken where it must be.
// Line breaks in the text stay. At least one line. `width` at least 2.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// `lead` followed by the wrapped text, further lines indented to where the first one's text begins. Ends with
// a line break.
std::string hanging(std::string_view lead, std::string_view text, std::size_t width);

// Filled with blanks to `width` columns; unchanged if it is wider.
std::string padded(std::string_view text, std::size_t width, Align align = Align::left);

}  // namespace breakglass::cli
