// Why a text is not JSON, in words for the person who wrote it.
#pragma once

#include <cstddef>
#include <string_view>

#include "scenarios/problems.hpp"

namespace breakglass::scenarios {

// How far a parser came before it failed.
struct ParseState {
  enum class Wants {
    value,          // a document's, element's or member's value
    first_element,  // an element or ']'
    first_key,      // a key or '}'
    key,            // a key, after a comma
    colon,
    comma_or_end,  // of the innermost list or object
    nothing,       // the document is complete
  };
  Wants wants = Wants::value;
  bool in_object = false;  // the innermost container is an object (false: a list, or none)
  bool in_container = false;
  Place opened;              // the innermost container's opening bracket
  std::size_t last_end = 0;  // end of the last good token
};

// Skips white space, comments and a byte-order mark; with `separators` also ',' and ':'. Returns where the
// next token starts (the text's end if there is none, the comment's start if a comment has no end).
std::size_t skip_blank(std::string_view text, std::size_t from, bool separators);

// The end of a number-like token: the longest run of characters that numbers are made of.
std::size_t number_end(std::string_view text, std::size_t from);

// Adds the problem that stopped the parser. The text has passed check_encoding.
void add_syntax_error(Problems& problems, int source, const ParseState& state);

// Whether the text is text: UTF-8 without NUL bytes. Adds a problem if not, and says what it looks like
// instead.
bool check_encoding(Problems& problems, int source);

}  // namespace breakglass::scenarios
