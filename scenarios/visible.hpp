// Text from a stranger, made safe and honest for a terminal: whatever could move the cursor, change colours
// or reorder what is read is spelled out instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace breakglass::scenarios {

// A code point and how many bytes it took. Bytes that are not UTF-8 come back one at a time, not `valid`.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = true;
};

// Decodes the code point at `offset` (which must be inside the text). Overlong forms, surrogates and values
// beyond U+10FFFF are not valid.
CodePoint decode(std::string_view text, std::size_t offset);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t first_bad_utf8(std::string_view text);

// Control characters (also C1), bidirectional controls, invisible and line-separating characters and bad
// bytes are spelled "\x1b", "\u202e", ...; everything else stays. Tabs become a space and line feeds "\n":
// the result is always one line.
std::string visible(std::string_view text);

// The same, cut to at most `columns` columns, with "..." where something was cut.
std::string visible(std::string_view text, std::size_t columns);

// One code point as `visible` shows it.
std::string visible_code_point(std::string_view text, std::size_t offset, const CodePoint& c);

// How many columns a terminal gives to the text: 0 for combining marks, 2 for East Asian wide characters and
// emoji, else 1. The text must have been through `visible`. Terminals differ for rare characters.
std::size_t display_width(std::string_view text);

}  // namespace breakglass::scenarios
