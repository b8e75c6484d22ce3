#include "analysis/gate/tokens.hpp"

#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::analysis {
namespace {

using scenarios::Place;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Tokens {
 public:
  Tokens(int source, std::size_t begin, scenarios::Problems& problems)
      : text_(problems.source(source).text), at_(begin), source_(source), problems_(problems) {}

  std::optional<std::vector<Token>> all() {
    for (;;) {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
      if (at_ == text_.size()) {
        out_.push_back({TokenKind::end, {}, 0, place(at_, at_)});
        return std::move(out_);
      }
      if (!next()) return std::nullopt;
    }
  }

 private:
  bool next() {
    const char c = text_[at_];
    const bool starts_number =
        is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]) && !after_name());
    if (starts_number) return number();
    if (is_letter(c)) return name();
    if (c == '[') return strategy();
    return symbol();
  }
  bool after_name() const { return !out_.empty() && out_.back().kind == TokenKind::name; }

  // Digits with what hangs on them: "5%", "4h", "1h30m", "1e-3".
  bool number() {
    const std::size_t begin = at_;
    bool has_letters = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      const bool is_sign = (c == '-' || c == '+') && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]) &&
                           (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E');
      if (!is_digit(c) && c != '.' && !is_letter(c) && !is_sign) break;
      has_letters = has_letters || (is_letter(c) && c != 'e' && c != 'E');
    }
    const std::string word = text_.substr(begin, at_ - begin);
    const bool is_share = at_ < text_.size() && text_[at_] == '%';
    if (is_share) ++at_;
    const Place where = place(begin, at_);
    if (has_letters) return duration(word, where, is_share);
    const auto parsed = scenarios::parse_number(word);
    if (!parsed.ok()) return refuse(where, parsed.error, "a number such as 500, 5% or 4h");
    out_.push_back({is_share ? TokenKind::share : TokenKind::number, word,
                    is_share ? parsed.value / 100 : parsed.value, where});
    return true;
  }
  bool duration(const std::string& word, Place where, bool is_share) {
    const auto parsed = scenarios::parse_duration(word);
    if (!parsed.ok() || is_share) {
      const std::string what = parsed.ok() ? "a length of time is not a percentage" : parsed.error;
      return refuse(where, what, "a number such as 500, 5% or 4h", parsed.hint);
    }
    out_.push_back({TokenKind::duration, word, scenarios::exact_seconds(parsed.value), where});
    return true;
  }
  bool name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    out_.push_back({TokenKind::name, text_.substr(begin, at_ - begin), 0, place(begin, at_)});
    return true;
  }
  bool strategy() {
    const std::size_t begin = at_;
    const std::size_t end = text_.find(']', begin);
    if (end == std::string::npos)
      return refuse(place(begin, begin + 1), "this bracket is not closed", "[STRATEGY]");
    at_ = end + 1;
    const std::string name = text_.substr(begin + 1, end - begin - 1);
    if (name.empty()) return refuse(place(begin, at_), "there is no name in the brackets", "[STRATEGY]");
    out_.push_back({TokenKind::strategy, name, 0, place(begin, at_)});
    return true;
  }
  bool symbol() {
    const char c = text_[at_];
    const bool is_order = c == '<' || c == '>';
    if (!is_order && std::string_view(".()+-*/").find(c) == std::string_view::npos) return unknown();
    const std::size_t size = is_order && at_ + 1 < text_.size() && text_[at_ + 1] == '=' ? 2 : 1;
    out_.push_back({TokenKind::symbol, text_.substr(at_, size), 0, place(at_, at_ + size)});
    at_ += size;
    return true;
  }
  bool unknown() {
    const char c = text_[at_];
    std::size_t size = 1;  // the whole of a character of several bytes
    while (at_ + size < text_.size() && (static_cast<unsigned char>(text_[at_ + size]) & 0xC0U) == 0x80U)
      ++size;
    std::string hint;
    if (c == '=') hint = "two measured numbers are never equal; write <= or >=";
    if (c == '&') hint = "write \"and\"";
    if (c == '|') hint = "write \"or\"";
    if (c == '!') hint = "write \"not\"";
    const std::string shown = scenarios::visible(text_.substr(at_, size), 10);
    return refuse(place(at_, at_ + size), "\"" + shown + "\" means nothing here",
                  "a name, a number, or one of < <= > >= + - * / ( )", hint);
  }

  Place place(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  bool refuse(Place where, std::string what, std::string expected, std::string hint = {}) {
    problems_.add_at(where, std::move(what), std::move(expected), std::move(hint));
    return false;
  }

  std::string text_;
  std::size_t at_;
  int source_;
  scenarios::Problems& problems_;
  std::vector<Token> out_;
};

}  // namespace

std::optional<std::vector<Token>> read_tokens(int source, std::size_t begin, scenarios::Problems& problems) {
  return Tokens(source, begin, problems).all();
}

}  // namespace breakglass::analysis
