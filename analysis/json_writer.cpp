#include "analysis/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace breakglass::analysis {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none (Unicode 15, table
// 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
  if (text.size() < length) return 0;
  const unsigned char lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  return length;
}

void append_control(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u00";
  out += kHex[c >> 4U];
  out += kHex[c & 15U];
}

}  // namespace

std::string number_text(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";  // also for the negative zero
  const double magnitude = std::fabs(value);
  const bool is_plain = magnitude >= 1e-6 && magnitude < 1e16;
  std::array<char, 64> buffer{};
  const auto format = is_plain ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
  return {buffer.data(), end.ptr};
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    std::size_t length = sequence_length(text);
    if (length == 0) {
      out += kReplacement;
      length = 1;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7F) {
      append_control(out, c);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out + '"';
}

void JsonWriter::new_line() {
  text_ += '\n';
  text_.append(2 * levels_.size(), ' ');
}

void JsonWriter::separate() {
  if (std::exchange(is_after_key_, false) || levels_.empty()) return;
  Level& level = levels_.back();
  const bool has_members = std::exchange(level.has_members, true);
  if (has_members) text_ += ',';
  if (level.layout == Layout::lines) {
    new_line();
  } else if (has_members) {
    text_ += ' ';
  }
}

void JsonWriter::key(std::string_view name) {
  separate();
  text_ += quoted(name);
  text_ += ": ";
  is_after_key_ = true;
}

void JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
}

void JsonWriter::open(char bracket, Layout layout) {
  separate();
  text_ += bracket;
  const bool is_inside_line = !levels_.empty() && levels_.back().layout == Layout::line;
  levels_.push_back({is_inside_line ? Layout::line : layout, false});
}

void JsonWriter::close(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.has_members && level.layout == Layout::lines) new_line();
  text_ += bracket;
}

std::string JsonWriter::take() {
  text_ += '\n';
  levels_.clear();
  is_after_key_ = false;
  return std::exchange(text_, {});
}

void write_program(JsonWriter& json, const ProgramInfo& program) {
  json.key("program");
  json.open_object(Layout::line);
  json.member("name", program.name);
  json.member("version", program.version);
  json.close_object();
}

}  // namespace breakglass::analysis
