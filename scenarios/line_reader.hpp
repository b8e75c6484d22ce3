// Lines of a stream in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "scenarios/trace_csv.hpp"

namespace breakglass::scenarios {

class LineReader {
 public:
  enum class Result { line, end, too_long, read_failed };

  LineReader(const ChunkSource& chunks, std::size_t most_bytes) : chunks_(chunks), most_bytes_(most_bytes) {}

  // The next line without its LF or CRLF, valid until the next call. After anything but `line`, reading is
  // over; for too_long, line() holds the beginning of the line.
  Result next();

  std::string_view line() const { return line_; }
  std::int64_t number() const { return number_; }  // of line(), from 1

 private:
  bool fill();

  const ChunkSource& chunks_;
  std::size_t most_bytes_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of what is not yet given out
  std::string_view line_;
  std::int64_t number_ = 0;
  bool at_end_ = false;
  bool has_failed_ = false;
};

}  // namespace breakglass::scenarios
