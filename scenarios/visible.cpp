#include "scenarios/visible.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace breakglass::scenarios {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Characters that reorder or hide text, or break a line, and are not control characters by category.
constexpr Range kInvisible[] = {
    {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

// Blocks of characters that terminals draw two columns wide (Unicode TR 11, classes W and F, joined).
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

// Marks drawn over the character before them.
constexpr Range kCombining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x0900, 0x0902},
    {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

template <std::size_t N>
bool in(const Range (&ranges)[N], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& r) { return c >= r.first && c <= r.last; });
}

bool must_be_spelled(const CodePoint& c) {
  return !c.valid || c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || in(kInvisible, c.value);
}

std::string hex_digits(std::uint32_t value, int least) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (; value != 0 || static_cast<int>(text.size()) < least; value /= 16)
    text.push_back(kDigits[value % 16]);
  std::reverse(text.begin(), text.end());
  return text;
}

std::string spelled(std::string_view text, std::size_t offset, const CodePoint& c) {
  if (!c.valid) return "\\x" + hex_digits(static_cast<unsigned char>(text[offset]), 2);
  if (c.value == '\n') return "\\n";
  if (c.value == '\r') return "\\r";
  if (c.value == '\t') return " ";
  if (c.value < 0x80) return "\\x" + hex_digits(c.value, 2);
  return c.value > 0xFFFF ? "\\u{" + hex_digits(c.value, 1) + "}" : "\\u" + hex_digits(c.value, 4);
}

std::size_t width_of(char32_t c) {
  if (in(kCombining, c)) return 0;
  return c >= 0x1100 && in(kWide, c) ? 2 : 1;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < length) return {lead, 1, false};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1, false};
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[length] || value > 0x10FFFF || surrogate) return {lead, 1, false};
  return {value, length, true};
}

std::size_t first_bad_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const CodePoint c = decode(text, i);
    if (!c.valid) return i;
    i += c.bytes;
  }
  return std::string_view::npos;
}

std::string visible_code_point(std::string_view text, std::size_t offset, const CodePoint& c) {
  return must_be_spelled(c) ? spelled(text, offset, c) : std::string(text.substr(offset, c.bytes));
}

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    result += visible_code_point(text, i, c);
    i += c.bytes;
  }
  return result;
}

std::string visible(std::string_view text, std::size_t columns) {
  constexpr std::string_view kCut = "...";
  std::string result;
  std::size_t width = 0;
  std::size_t fits = 0;  // bytes of the result that leave room for the dots
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    const std::string shown = visible_code_point(text, i, c);
    width += display_width(shown);
    if (width > columns) return result.substr(0, fits) + std::string(kCut);
    result += shown;
    if (width + kCut.size() <= columns) fits = result.size();
    i += c.bytes;
  }
  return result;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    width += width_of(c.value);
    i += c.bytes;
  }
  return width;
}

}  // namespace breakglass::scenarios
