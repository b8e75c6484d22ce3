#include "scenarios/syntax_error.hpp"

#include <algorithm>
#include <string>

#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

using Wants = ParseState::Wants;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '+' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

std::string wanted(const ParseState& state) {
  switch (state.wants) {
    case Wants::value: return "a value";
    case Wants::first_element: return "a value or ']'";
    case Wants::first_key: return "a field name in double quotes or '}'";
    case Wants::key: return "a field name in double quotes";
    case Wants::colon: return "':' after the field name";
    case Wants::comma_or_end: return state.in_object ? "',' or '}'" : "',' or ']'";
    case Wants::nothing: return "nothing after the end of the document";
  }
  return "a value";
}

bool wants_value(const ParseState& state) {
  return state.wants == Wants::value || state.wants == Wants::first_element;
}

// The culprit and where the complaint goes.
class Diagnosis {
 public:
  Diagnosis(Problems& problems, int source, const ParseState& state)
      : problems_(problems), source_(source), state_(state), text_(problems.source(source).text) {}

  void say() {
    const std::size_t at = culprit();
    if (at >= text_.size()) return end_of_file();
    const char c = text_[at];
    if (c == '/') return slash(at);
    if (c == '"') return string(at);
    if (c == '\'' || c == '`') return add(at, at + 1, "strings are written in double quotes");
    if (c == '}' || c == ']') return bracket(at, c);
    if (c == ',' || c == ':' || c == '=' || c == ';') return separator(at, c);
    if (is_word(c)) return word(at);
    add(at, at + decode(text_, at).bytes, "unexpected " + quoted(at, at + decode(text_, at).bytes),
        wanted(state_));
  }

 private:
  // The first token that the grammar has no place for. The comma or colon that the state allows is stepped
  // over.
  std::size_t culprit() {
    std::size_t at = skip_blank(text_, state_.last_end, false);
    if (at < text_.size() && state_.wants == Wants::comma_or_end && text_[at] == ',') {
      after_comma_ = true;
      comma_ = at;
      at = skip_blank(text_, at + 1, false);
      state_.wants = state_.in_object ? Wants::key : Wants::value;
    }
    if (at < text_.size() && state_.wants == Wants::colon && text_[at] == ':') {
      at = skip_blank(text_, at + 1, false);
      state_.wants = Wants::value;
    }
    return at;
  }

  std::string quoted(std::size_t from, std::size_t to) const {
    return "'" + visible(std::string_view(text_).substr(from, to - from), 40) + "'";
  }

  void add(std::size_t from, std::size_t to, std::string what, std::string expected = {},
           std::string hint = {}) {
    problems_.add_at({source_, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)},
                     std::move(what), std::move(expected), std::move(hint));
  }

  std::string opened() const {
    return std::string(state_.in_object ? "the object" : "the list") + " that begins at " +
           line_and_column(problems_, state_.opened);
  }

  void end_of_file() {
    // Point behind the last thing written, not into the blank lines after it.
    std::size_t end = text_.size();
    while (end > 0 && (text_[end - 1] == '\n' || text_[end - 1] == '\r' || text_[end - 1] == ' ' ||
                       text_[end - 1] == '\t')) {
      --end;
    }
    if (state_.wants == Wants::value && !state_.in_container) {
      return add(end, end, "there is nothing in it", "a JSON document, which starts with '{'");
    }
    add(end, end, "the text ends inside " + opened(), wanted(state_));
  }

  void slash(std::size_t at) {
    if (text_.substr(at).starts_with("/*")) return add(at, at + 2, "this comment has no end", "\"*/\"");
    add(at, at + 1, "unexpected '/'", wanted(state_), "comments start with // or /*");
  }

  void bracket(std::size_t at, char c) {
    if (after_comma_ && (c == '}') == state_.in_object) {
      return add(comma_, comma_ + 1, "a comma before the closing '" + std::string(1, c) + "'", {},
                 "remove the comma");
    }
    if (!state_.in_container)
      return add(at, at + 1, "unexpected '" + std::string(1, c) + "'", wanted(state_));
    if ((c == '}') != state_.in_object) {
      return add(at, at + 1, "'" + std::string(1, c) + "' does not close " + opened(), wanted(state_));
    }
    add(at, at + 1, "unexpected '" + std::string(1, c) + "'", wanted(state_));
  }

  void separator(std::size_t at, char c) {
    const bool at_colon = state_.wants == Wants::colon;
    if (c == ',' && after_comma_) return add(at, at + 1, "two commas in a row", wanted(state_));
    std::string hint;
    if (c == '=' && at_colon) hint = "write ':' instead of '='";
    if (c == ';' && state_.wants == Wants::comma_or_end) hint = "write ',' instead of ';'";
    add(at, at + 1, "unexpected '" + std::string(1, c) + "'", wanted(state_), hint);
  }

  void string(std::size_t at) {
    const bool fits = wants_value(state_) || state_.wants == Wants::first_key || state_.wants == Wants::key;
    if (fits) return bad_string(at);
    if (state_.wants == Wants::comma_or_end) {
      return add(state_.last_end, state_.last_end, "a comma is missing here", wanted(state_));
    }
    add(at, at + 1, "unexpected string", wanted(state_));
  }

  // A string that breaks off: says where inside it.
  void bad_string(std::size_t at) {
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      const auto c = static_cast<unsigned char>(text_[i]);
      if (c == '"') break;
      if (c == '\n' || c == '\r') return add(at, i, "this string has no closing quote on its line");
      if (c < 0x20) {
        return add(i, i + 1, "a control character in a string", {},
                   c == '\t' ? "write \\t for a tab" : "write \\u00.. for control characters");
      }
      if (c != '\\') continue;
      if (i + 1 < text_.size() && text_[i + 1] == 'u') {
        if (!good_unicode_escape(i)) return;
        i += 5;
      } else if (i + 1 >= text_.size() ||
                 std::string_view("\"\\/bfnrt").find(text_[i + 1]) == std::string_view::npos) {
        const std::size_t end = std::min(text_.size(), i + 2);
        return add(i, end, "unknown escape " + quoted(i, end),
                   "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX", "write \\\\ for a backslash");
      } else {
        ++i;
      }
    }
    add(at, std::min(at + 1, text_.size()), "this string has no closing quote");
  }

  // Checks the six characters of \uXXXX; surrogates must come in pairs. Adds the problem if they do not.
  bool good_unicode_escape(std::size_t i) {
    const auto unit = [&](std::size_t from) -> int {
      if (from + 6 > text_.size() || text_[from] != '\\' || text_[from + 1] != 'u') return -1;
      int value = 0;
      for (std::size_t k = from + 2; k < from + 6; ++k) {
        const std::size_t digit =
            std::string_view("0123456789abcdef").find(static_cast<char>(text_[k] | 0x20));
        if (digit == std::string_view::npos) return -1;
        value = value * 16 + static_cast<int>(digit);
      }
      return value;
    };
    const int first = unit(i);
    const std::size_t end = std::min(text_.size(), i + 6);
    if (first < 0) {
      add(i, end, "\\u must be followed by four hexadecimal digits");
      return false;
    }
    const bool low = first >= 0xDC00 && first <= 0xDFFF;
    if (first < 0xD800 || first > 0xDFFF) return true;
    const int second = low ? -1 : unit(i + 6);
    if (low || second < 0xDC00 || second > 0xDFFF) {
      add(i, end, "half of a surrogate pair", {}, "write the character itself; files are UTF-8");
      return false;
    }
    return true;
  }

  void word(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view word = std::string_view(text_).substr(at, end - at);
    if (state_.wants == Wants::comma_or_end) {
      if (at != state_.last_end) {
        return add(state_.last_end, state_.last_end, "a comma is missing here", wanted(state_));
      }
      // "25m" and "01" reach us as a good number with something sticking to it.
      std::size_t start = at;
      while (start > 0 && is_word(text_[start - 1])) --start;
      if (start < at) return number(start, end, std::string_view(text_).substr(start, end - start));
    }
    if (!wants_value(state_)) {
      std::string hint;
      if (state_.wants == Wants::key || state_.wants == Wants::first_key)
        hint = "write \"" + visible(word, 40) + "\"";
      return add(at, end, "unexpected " + quoted(at, end), wanted(state_), hint);
    }
    const char c = word.front();
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') return number(at, end, word);
    constexpr std::string_view kLiterals[] = {"true", "false", "null"};
    std::string hint = did_you_mean(word, kLiterals);
    if (!hint.empty()) hint = "did you mean " + std::string(nearest(word, kLiterals)) + "?";
    if (word == "NaN" || word == "Infinity" || word == "nan" || word == "inf")
      hint = "JSON has no " + std::string(word);
    if (word == "None" || word == "nil") hint = "did you mean null?";
    if (hint.empty()) hint = "strings are written in double quotes: \"" + visible(word, 40) + "\"";
    add(at, end, "unexpected " + quoted(at, end), wanted(state_), hint);
  }

  void number(std::size_t at, std::size_t end, std::string_view word) {
    const bool minus = word.front() == '-';
    const std::string_view digits = word.substr(minus ? 1 : 0);
    std::string hint;
    if (word.front() == '+') {
      hint = "write it without '+'";
    } else if (digits.starts_with('.')) {
      hint = "write a digit before the point: 0" + visible(digits, 40);
    } else if (digits.ends_with('.') && digits.find('.') == digits.size() - 1) {
      hint = "write a digit after the point: " + visible(word, 40) + "0";
    } else if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') {
      hint = "write it without leading zeros";
    } else if (digits.starts_with("0x") || digits.starts_with("0X")) {
      hint = "write it in decimal";
    } else if (parse_number(word).ok() || parse_number(word).error.find("too") != std::string::npos) {
      return add(at, end, "the number " + visible(word, 40) + " " + parse_number(word).error);
    } else if (std::any_of(digits.begin(), digits.end(),
                           [](char c) { return c != 'e' && c != 'E' && is_letter(c); })) {
      hint = "write quantities with units in double quotes: \"" + visible(word, 40) + "\"";
    }
    add(at, end, quoted(at, end) + " is not a number", {}, hint);
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  Problems& problems_;
  int source_;
  ParseState state_;
  std::string_view text_;
  bool after_comma_ = false;
  std::size_t comma_ = 0;
};

std::string looks_like(std::string_view text) {
  if (text.starts_with("\x1f\x8b")) return "it looks like a gzip file: unpack it first";
  if (text.starts_with("PK\x03\x04")) return "it looks like a zip archive: unpack it first";
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    return "it looks like UTF-16: save it as UTF-8";
  if (text.starts_with("\x28\xb5\x2f\xfd")) return "it looks like a zstd file: unpack it first";
  if (text.starts_with("SQLite format 3")) return "it looks like an SQLite database";
  if (text.starts_with("\x7f"
                       "ELF"))
    return "it looks like a program";
  if (text.starts_with("PAR1")) return "it looks like a Parquet file: export it as text";
  return {};
}

}  // namespace

std::size_t skip_blank(std::string_view text, std::size_t from, bool separators) {
  std::size_t i = from;
  if (i == 0 && text.starts_with("\xEF\xBB\xBF")) i = 3;
  while (i < text.size()) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || (separators && (c == ',' || c == ':'))) {
      ++i;
    } else if (text.substr(i).starts_with("//")) {
      const std::size_t end = text.find_first_of("\r\n", i);
      i = end == std::string_view::npos ? text.size() : end;
    } else if (text.substr(i).starts_with("/*")) {
      const std::size_t end = text.find("*/", i + 2);
      if (end == std::string_view::npos) return i;
      i = end + 2;
    } else {
      return i;
    }
  }
  return i;
}

std::size_t number_end(std::string_view text, std::size_t from) {
  const std::size_t end = text.find_first_not_of("+-.0123456789eE", from);
  return end == std::string_view::npos ? text.size() : end;
}

void add_syntax_error(Problems& problems, int source, const ParseState& state) {
  Diagnosis(problems, source, state).say();
}

bool check_encoding(Problems& problems, int source) {
  const std::string_view text = problems.source(source).text;
  const std::size_t nul = text.find('\0');
  const std::size_t bad = first_bad_utf8(text);
  std::string hint = looks_like(text);
  if (nul == std::string_view::npos && bad == std::string_view::npos && hint.empty()) return true;
  if (!hint.empty() || nul != std::string_view::npos) {
    std::string what = "this is not a text file";
    if (nul != std::string_view::npos) what += ": byte " + std::to_string(nul + 1) + " is 0";
    problems.add_at(whole(source), what, {}, hint);
    return false;
  }
  const auto at = static_cast<std::uint32_t>(bad);
  problems.add_at({source, at, at + 1}, "this is not UTF-8", {}, "save the file as UTF-8");
  return false;
}

}  // namespace breakglass::scenarios
