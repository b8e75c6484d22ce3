#include "scenarios/line_index.hpp"

#include <algorithm>

#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

constexpr std::size_t kSpacing = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

bool ends_line(std::string_view text, std::size_t offset) {
  if (text[offset] == '\n') return true;
  return text[offset] == '\r' && (offset + 1 == text.size() || text[offset + 1] != '\n');
}

LineColumn LineIndex::locate(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  if (notes_.empty()) {
    notes_.push_back({text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0, {}});
  }
  const auto after = std::upper_bound(notes_.begin() + 1, notes_.end(), offset,
                                      [](std::size_t o, const Note& note) { return o < note.offset; });
  Note walk = *(after - 1);
  while (walk.offset < offset) {
    if (ends_line(text, walk.offset)) {
      ++walk.at.line;
      walk.at.column = 1;
      ++walk.offset;
    } else {
      ++walk.at.column;
      walk.offset += decode(text, walk.offset).bytes;
    }
    if (walk.offset >= notes_.back().offset + kSpacing) notes_.push_back(walk);
  }
  return walk.at;
}

}  // namespace breakglass::scenarios
