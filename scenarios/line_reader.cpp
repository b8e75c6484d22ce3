#include "scenarios/line_reader.hpp"

namespace breakglass::scenarios {

// Reads one more chunk behind what is left of the last. False at the end.
bool LineReader::fill() {
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  if (at_end_) return false;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t used = buffer_.size();
  buffer_.resize(used + kChunk);
  const std::size_t got = chunks_(buffer_.data() + used, kChunk);
  has_failed_ = got == kReadFailed;
  at_end_ = has_failed_ || got == 0;
  buffer_.resize(used + (at_end_ ? 0 : got));
  return !at_end_;
}

LineReader::Result LineReader::next() {
  std::size_t searched = 0;  // no line feed in so many bytes
  for (;;) {
    const std::size_t feed = buffer_.find('\n', begin_ + searched);
    const std::size_t length = (feed == std::string::npos ? buffer_.size() : feed) - begin_;
    if (length > most_bytes_) {
      ++number_;
      line_ = std::string_view(buffer_).substr(begin_, most_bytes_);
      return Result::too_long;
    }
    if (feed != std::string::npos) {
      ++number_;
      line_ = std::string_view(buffer_).substr(begin_, length);
      if (line_.ends_with('\r')) line_.remove_suffix(1);
      begin_ = feed + 1;
      return Result::line;
    }
    searched = length;
    if (fill()) continue;
    if (has_failed_) return Result::read_failed;
    if (length == 0) return Result::end;
    ++number_;
    line_ = std::string_view(buffer_).substr(begin_);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    begin_ = buffer_.size();
    return Result::line;
  }
}

}  // namespace breakglass::scenarios
