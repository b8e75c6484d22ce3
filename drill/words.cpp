#include "drill/words.hpp"

#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::drill {

Words cut_words(std::string_view line) {
  Words out;
  if (scenarios::first_bad_utf8(line) != std::string_view::npos) {
    out.error = "bytes that are not UTF-8";
    return out;
  }
  std::size_t i = 0;
  while (i < line.size()) {
    if (line[i] == ' ' || line[i] == '\t') {
      ++i;
      continue;
    }
    std::string word;
    const bool quotes = line[i] == '"';
    if (quotes) ++i;
    bool closed = !quotes;
    while (i < line.size()) {
      const char c = line[i];
      if (quotes && c == '"') {
        ++i;
        closed = true;
        break;
      }
      if (!quotes && (c == ' ' || c == '\t')) break;
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        out.error = "a control character in the text";
        return out;
      }
      if (quotes && c == '\\' && i + 1 < line.size()) ++i;
      word += line[i++];
    }
    if (!closed) {
      out.error = "a quote that does not end";
      return out;
    }
    if (word.empty()) {
      out.error = "quotes with nothing between them";
      return out;
    }
    out.words.push_back(std::move(word));
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::optional<double> read_share(std::string_view text) {
  const bool percent = text.ends_with('%');
  const auto number = scenarios::parse_number(percent ? text.substr(0, text.size() - 1) : text);
  if (!number.ok()) return std::nullopt;
  const double value = percent ? number.value / 100 : number.value;
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  return value;
}

}  // namespace breakglass::drill
