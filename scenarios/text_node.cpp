#include "scenarios/text_node.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/quantity.hpp"
#include "scenarios/syntax_error.hpp"

namespace breakglass::scenarios {
namespace {

// Reads the text for the parser and lets us know how far it has come.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator() = default;
  CountingIterator(const char* at, const char** consumed) : at_(at), consumed_(consumed) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    if (consumed_ != nullptr) *consumed_ = at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char* at_ = nullptr;
  const char** consumed_ = nullptr;
};

// Builds the tree from the parser's events.
class TreeBuilder {
 public:
  using number_integer_t = std::int64_t;
  using number_unsigned_t = std::uint64_t;
  using number_float_t = double;
  using string_t = std::string;
  using binary_t = nlohmann::json::binary_t;

  TreeBuilder(Problems& problems, int source, const TextBudget& budget, std::size_t begin,
              const char* const& consumed)
      : problems_(problems),
        source_(source),
        text_(problems.source(source).text),
        budget_(budget),
        consumed_(consumed) {
    state_.last_end = begin;
  }

  bool null() { return scalar(Node::Kind::null, 4); }
  bool boolean(bool value) {
    if (!scalar(Node::Kind::boolean, value ? 4 : 5)) return false;
    last_->boolean = value;
    return true;
  }
  bool number_integer(number_integer_t) { return number(); }
  bool number_unsigned(number_unsigned_t) { return number(); }
  bool number_float(number_float_t, const string_t&) { return number(); }
  bool string(string_t& value) {
    if (!string_fits(value)) return false;
    if (!scalar(Node::Kind::string, consumed() - next_token())) return false;
    last_->text = std::move(value);
    return true;
  }
  bool binary(binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Node::Kind::object); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Node::Kind::array); }
  bool end_array() { return close(); }

  bool key(string_t& value) {
    if (!string_fits(value)) return false;
    Open& object = open_.back();
    object.key_at = token(consumed() - next_token());
    const auto [first, is_new] = object.keys.emplace(value, object.key_at);
    object.is_repeated = !is_new;
    if (!is_new) repeated(value, object.key_at, first->second);
    object.key = std::move(value);
    state_.wants = ParseState::Wants::colon;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) {
    if (!has_failed_) add_syntax_error(problems_, source_, state_);
    has_failed_ = true;
    return false;
  }

  std::optional<Node> take() {
    if (has_failed_) return {};
    return std::move(root_);
  }

 private:
  struct Open {
    Node node;
    std::string key;  // of the member being read
    Place key_at;
    bool is_repeated = false;
    std::map<std::string, Place> keys;
  };

  std::size_t consumed() const { return static_cast<std::size_t>(consumed_ - text_.data()); }
  std::size_t next_token() const { return skip_blank(text_, state_.last_end, true); }

  // The next token's place; it becomes the last token.
  Place token(std::size_t length) {
    const std::size_t begin = next_token();
    state_.last_end = begin + length;
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
  }

  bool refuse(Place place, std::string what, std::string expected) {
    problems_.add_at(place, std::move(what), std::move(expected));
    has_failed_ = true;
    return false;
  }

  bool string_fits(const std::string& value) {
    if (value.size() <= budget_.string_bytes) return true;
    return refuse(token(1), "this string is " + std::to_string(value.size()) + " bytes long",
                  "at most " + std::to_string(budget_.string_bytes));
  }

  void repeated(const std::string& key, Place place, Place first) {
    if (!problems_.keeps_more()) return problems_.add_at(place, {});
    problems_.add_at(place,
                     "duplicate key \"" + key + "\": first given at " + line_and_column(problems_, first));
  }

  // Puts a finished value where it belongs; last_ points to it (or to a spare for what a repeated key hides).
  void place(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      last_ = &*root_;
      state_.wants = ParseState::Wants::nothing;
      return;
    }
    Open& parent = open_.back();
    node.key_at = node.at;
    state_.wants = ParseState::Wants::comma_or_end;
    if (parent.node.is_object()) {
      node.key = std::move(parent.key);
      node.key_at = parent.key_at;
      if (parent.is_repeated) {
        spare_ = std::move(node);
        last_ = &spare_;
        return;
      }
    }
    parent.node.items.push_back(std::move(node));
    last_ = &parent.node.items.back();
  }

  bool count_node(Place place) {
    if (++nodes_ <= budget_.nodes) return true;
    return refuse(place, "the document has more than " + std::to_string(budget_.nodes) + " values", {});
  }

  bool scalar(Node::Kind kind, std::size_t length) {
    Node node;
    node.kind = kind;
    node.at = token(length);
    if (!count_node(node.at)) return false;
    place(std::move(node));
    return true;
  }

  bool number() {
    const std::size_t begin = next_token();
    const std::size_t length = number_end(text_, begin) - begin;
    const std::string_view spelled = text_.substr(begin, length);
    const Parsed<double> parsed = parse_number(spelled);
    // The parser takes "007" and "1-2" for several numbers; it would complain about the second, and oddly.
    const std::size_t first = spelled.starts_with('-') ? 1 : 0;
    const bool zeros =
        length > first + 1 && spelled[first] == '0' && spelled[first + 1] >= '0' && spelled[first + 1] <= '9';
    if (!parsed.ok() || zeros) {
      add_syntax_error(problems_, source_, state_);
      has_failed_ = true;
      return false;
    }
    if (!scalar(Node::Kind::number, length)) return false;
    last_->text = std::string(spelled);
    last_->number = parsed.value;
    return true;
  }

  bool open(Node::Kind kind) {
    Open opened;
    opened.node.kind = kind;
    opened.node.at = token(1);
    if (!count_node(opened.node.at)) return false;
    if (open_.size() >= budget_.depth) {
      return refuse(opened.node.at, "too deep",
                    "at most " + std::to_string(budget_.depth) + " levels of brackets");
    }
    open_.push_back(std::move(opened));
    entered();
    state_.wants = state_.in_object ? ParseState::Wants::first_key : ParseState::Wants::first_element;
    return true;
  }

  bool close() {
    Node node = std::move(open_.back().node);
    node.at.end = token(1).end;
    open_.pop_back();
    entered();
    place(std::move(node));
    return true;
  }

  // Brings the state up to date with the innermost container.
  void entered() {
    state_.in_container = !open_.empty();
    if (open_.empty()) return;
    state_.in_object = open_.back().node.is_object();
    state_.opened = open_.back().node.at;
  }

  Problems& problems_;
  int source_;
  std::string_view text_;
  TextBudget budget_;
  const char* const& consumed_;
  ParseState state_;
  std::vector<Open> open_;
  std::optional<Node> root_;
  Node spare_;
  Node* last_ = nullptr;
  std::size_t nodes_ = 0;
  bool has_failed_ = false;
};

}  // namespace

std::optional<Node> parse_text(Problems& problems, int source, const TextBudget& budget, std::size_t begin) {
  const std::string& text = problems.source(source).text;
  if (text.size() > budget.bytes) {
    problems.add_at(whole(source), "too large: " + std::to_string(text.size()) + " bytes",
                    "at most " + std::to_string(budget.bytes));
    return {};
  }
  if (!check_encoding(problems, source)) return {};
  const char* consumed = text.data() + begin;
  TreeBuilder builder(problems, source, budget, begin, consumed);
  nlohmann::json::sax_parse(CountingIterator(text.data() + begin, &consumed),
                            CountingIterator(text.data() + text.size(), nullptr), &builder,
                            nlohmann::json::input_format_t::json, true, true);
  return builder.take();
}

}  // namespace breakglass::scenarios
