// Lines and columns of byte offsets, without rereading the text for each: a note is kept every few kilobytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace breakglass::scenarios {

struct LineColumn {
  std::int64_t line = 1;    // from 1
  std::int64_t column = 1;  // from 1, in code points (a byte that is not UTF-8 counts as one)
};

// Lines end with LF, CRLF or a lone CR. A byte-order mark at the start is in no column.
class LineIndex {
 public:
  // The position of an offset (clamped to the text's end). The text must be the same in every call.
  LineColumn locate(std::string_view text, std::size_t offset);

 private:
  struct Note {
    std::size_t offset = 0;
    LineColumn at;
  };
  std::vector<Note> notes_;
};

// Whether a line ends with the character at `offset`. Of CRLF, that is the LF.
bool ends_line(std::string_view text, std::size_t offset);

}  // namespace breakglass::scenarios
