#include "analysis/gate/expression.hpp"

#include <algorithm>
#include <utility>

#include "analysis/estimate/summary.hpp"
#include "analysis/gate/tokens.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::analysis {
namespace {

using Kind = ExpressionNode::Kind;

constexpr std::size_t kMostBytes = 4096;
constexpr int kMostDepth = 64;

// In what a sum is measured. A plain number fits everything.
enum class Dimension : std::uint8_t { plain, share, time, harm, users, requests };

std::string_view in_words(Dimension d) {
  constexpr std::string_view kWords[] = {"a number", "a probability", "a time", "harm", "users", "requests"};
  return kWords[static_cast<std::size_t>(d)];
}

struct Sum {
  std::vector<WeightedQuantity> terms;
  double constant = 0;
  Dimension dimension = Dimension::plain;
};

void scale(Sum& sum, double factor) {
  for (WeightedQuantity& term : sum.terms) term.weight *= factor;
  sum.constant *= factor;
}

void add(Sum& sum, const Sum& next, double sign) {
  for (const WeightedQuantity& term : next.terms) {
    const auto same = std::find_if(sum.terms.begin(), sum.terms.end(),
                                   [&](const auto& t) { return t.quantity == term.quantity; });
    if (same != sum.terms.end()) {
      same->weight += sign * term.weight;
    } else {
      sum.terms.push_back({sign * term.weight, term.quantity});
    }
  }
  sum.constant += sign * next.constant;
  if (sum.dimension == Dimension::plain) sum.dimension = next.dimension;
}

std::vector<std::string_view> catalogue() {
  std::vector<std::string_view> names;
  for (const MetricInfo& metric : kMetrics) names.push_back(metric.name);
  names.insert(names.end(), kEvents.begin(), kEvents.end());
  return names;
}

Dimension dimension_of(const Quantity& quantity) {
  if (quantity.is_probability) return Dimension::share;
  switch (info(quantity.metric).unit) {
    case MetricUnit::harm: return Dimension::harm;
    case MetricUnit::users: return Dimension::users;
    case MetricUnit::requests: return Dimension::requests;
    case MetricUnit::seconds: return Dimension::time;
  }
  return Dimension::plain;
}

// Recursive descent; every function returns nothing once there is a problem.
class Parser {
 public:
  Parser(std::vector<Token> tokens, scenarios::Problems& problems)
      : tokens_(std::move(tokens)), problems_(problems) {}

  std::optional<std::vector<ExpressionNode>> whole() {
    if (!either()) return std::nullopt;
    if (peek().kind != TokenKind::end) {
      refuse(peek(), "this is one word too many", "\"and\", \"or\", or the end");
      return std::nullopt;
    }
    return std::move(nodes_);
  }

 private:
  using Index = std::optional<std::size_t>;

  const Token& peek() const { return tokens_[at_]; }
  bool is(std::string_view symbol) const {
    return (peek().kind == TokenKind::symbol || peek().kind == TokenKind::name) && peek().text == symbol;
  }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    ++at_;
    return true;
  }
  void refuse(const Token& token, std::string what, std::string expected, std::string hint = {}) {
    problems_.add_at(token.at, std::move(what), std::move(expected), std::move(hint));
  }
  Index push(ExpressionNode node) {
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }

  Index joined(std::string_view word, Kind kind, Index (Parser::*part)()) {
    Index left = (this->*part)();
    while (left && take(word)) {
      const Index right = (this->*part)();
      left = right ? push({kind, {}, *left, *right}) : std::nullopt;
    }
    return left;
  }
  Index either() { return joined("or", Kind::either, &Parser::both); }
  Index both() { return joined("and", Kind::both, &Parser::negation); }

  Index negation() {
    if (is("not")) {
      const Token word = peek();
      ++at_;
      if (!deeper(word)) return std::nullopt;
      const Index inner = negation();
      --depth_;
      return inner ? push({Kind::negated, {}, *inner, 0}) : std::nullopt;
    }
    if (is("(") && brackets_hold_comparison()) {
      const Token bracket = peek();
      ++at_;
      if (!deeper(bracket)) return std::nullopt;
      const Index inner = either();
      --depth_;
      return inner && close() ? inner : std::nullopt;
    }
    return comparison();
  }
  // "(" opens a condition if a comparison stands between it and its ")"; otherwise a sum.
  bool brackets_hold_comparison() const {
    int depth = 0;
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.kind == TokenKind::name && (token.text == "and" || token.text == "or" || token.text == "not"))
        return true;
      if (token.kind != TokenKind::symbol) continue;
      if (token.text == "(") ++depth;
      if (token.text == ")" && --depth == 0) return false;
      if (token.text[0] == '<' || token.text[0] == '>') return true;
    }
    return false;
  }
  bool close() {
    if (take(")")) return true;
    refuse(peek(),
           peek().kind == TokenKind::end ? "a bracket is not closed" : "this does not close a bracket",
           "\")\"");
    return false;
  }
  bool deeper(const Token& token) {
    if (++depth_ <= kMostDepth) return true;
    refuse(token, "this goes too deep", "at most 64 levels");
    return false;
  }

  Index comparison() {
    std::optional<Sum> left = sum();
    if (!left) return std::nullopt;
    const Token sign = peek();
    const bool is_order = sign.kind == TokenKind::symbol && (sign.text[0] == '<' || sign.text[0] == '>');
    if (!is_order) {
      refuse(sign, sign.kind == TokenKind::end ? "there is nothing to compare with" : "this is no comparison",
             "one of < <= > >=");
      return std::nullopt;
    }
    ++at_;
    const std::optional<Sum> right = sum();
    if (!right || !fits(*left, *right, sign)) return std::nullopt;
    add(*left, *right, -1);
    if (left->terms.empty()) {
      refuse(sign, "only numbers are compared here", "a metric or probability on one side");
      return std::nullopt;
    }
    if (sign.text[0] == '<') scale(*left, -1);
    return push({Kind::comparing, {std::move(left->terms), left->constant, sign.text.size() == 1}, 0, 0});
  }
  bool fits(const Sum& left, const Sum& right, const Token& sign) {
    const bool same = left.dimension == right.dimension || left.dimension == Dimension::plain ||
                      right.dimension == Dimension::plain;
    if (same) return true;
    refuse(sign,
           std::string(in_words(left.dimension)) + " stands on the left and " +
               std::string(in_words(right.dimension)) + " on the right",
           "two of a kind");
    return false;
  }

  std::optional<Sum> sum() {
    std::optional<Sum> left = term();
    while (left && (is("+") || is("-"))) {
      const Token sign = peek();
      ++at_;
      const std::optional<Sum> right = term();
      if (!right || !fits(*left, *right, sign)) return std::nullopt;
      add(*left, *right, sign.text == "+" ? 1 : -1);
    }
    return left;
  }
  std::optional<Sum> term() {
    std::optional<Sum> left = factor();
    while (left && (is("*") || is("/"))) {
      const Token sign = peek();
      ++at_;
      std::optional<Sum> right = factor();
      if (!right) return std::nullopt;
      left = sign.text == "*" ? product(*left, *right, sign) : quotient(*left, *right, sign);
    }
    return left;
  }
  static bool is_number(const Sum& sum) {
    return sum.terms.empty() && (sum.dimension == Dimension::plain || sum.dimension == Dimension::share);
  }
  std::optional<Sum> product(Sum left, Sum right, const Token& sign) {
    if (is_number(left)) std::swap(left, right);
    if (!is_number(right)) {
      refuse(sign, "of two factors one must be a number", "such as 1.1 * harm_total");
      return std::nullopt;
    }
    scale(left, right.constant);
    return left;
  }
  std::optional<Sum> quotient(Sum left, const Sum& right, const Token& sign) {
    if (!is_number(right) || right.constant == 0) {
      refuse(sign, "this can only divide by a number other than zero",
             "a sum; for a ratio write harm_total[a] > 1.1 * harm_total[b]");
      return std::nullopt;
    }
    scale(left, 1 / right.constant);
    return left;
  }

  std::optional<Sum> factor() {
    const Token token = peek();
    if (token.kind == TokenKind::number || token.kind == TokenKind::share ||
        token.kind == TokenKind::duration) {
      ++at_;
      const Dimension dimension = token.kind == TokenKind::number  ? Dimension::plain
                                  : token.kind == TokenKind::share ? Dimension::share
                                                                   : Dimension::time;
      return Sum{{}, token.value, dimension};
    }
    if (token.kind == TokenKind::name) return quantity();
    if (is("-") || is("(")) {
      ++at_;
      if (!deeper(token)) return std::nullopt;
      std::optional<Sum> inner = token.text == "-" ? factor() : sum();
      --depth_;
      if (!inner || (token.text == "(" && !close())) return std::nullopt;
      if (token.text == "-") scale(*inner, -1);
      return inner;
    }
    refuse(token, token.kind == TokenKind::end ? "it ends too early" : "this is neither a name nor a number",
           "a metric, a probability, or a number such as 500, 5% or 4h");
    return std::nullopt;
  }

  std::optional<Sum> quantity() {
    const Token name = peek();
    ++at_;
    Quantity out;
    const auto* metric = std::find_if(kMetrics.begin(), kMetrics.end(),
                                      [&](const MetricInfo& m) { return m.name == name.text; });
    const auto* event = std::find(kEvents.begin(), kEvents.end(), name.text);
    if (metric == kMetrics.end() && event == kEvents.end()) {
      const std::vector<std::string_view> known = catalogue();
      refuse(name, "there is no metric or probability \"" + scenarios::visible(name.text, 60) + "\"",
             "one of: " + scenarios::list_names(known), scenarios::did_you_mean(name.text, known));
      return std::nullopt;
    }
    out.is_probability = metric == kMetrics.end();
    if (out.is_probability) {
      out.event = static_cast<Event>(event - kEvents.begin());
    } else {
      out.metric = static_cast<Metric>(metric - kMetrics.begin());
    }
    if (is(".") && !statistic(out)) return std::nullopt;
    if (peek().kind == TokenKind::strategy) {
      out.strategy = peek().text;
      out.strategy_at = peek().at;
      ++at_;
    }
    const Dimension dimension = dimension_of(out);
    return Sum{{{1, std::move(out)}}, 0, dimension};
  }
  bool statistic(Quantity& out) {
    ++at_;
    const Token word = peek();
    if (word.kind == TokenKind::name) ++at_;
    if (word.text == "mean" && word.kind == TokenKind::name) return true;
    std::vector<std::string_view> known{"mean"};
    for (std::size_t i = 0; i < kLevelCount && !out.is_probability; ++i) {
      known.push_back(kLevels[i].name);
      if (word.kind == TokenKind::name && word.text == kLevels[i].name) out.level = i;
    }
    if (out.level) return true;
    const bool has_no_interval = word.text == "cvar95" || word.text == "sd";
    refuse(word, "there is no such statistic of it", "one of: " + scenarios::list_names(known),
           has_no_interval
               ? word.text + " carries no interval, so nobody can say whether it is beyond a limit"
               : scenarios::did_you_mean(word.text, known));
    return false;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  scenarios::Problems& problems_;
  std::vector<ExpressionNode> nodes_;
};

}  // namespace

std::optional<Expression> read_expression(std::string_view option, std::string_view text,
                                          scenarios::Problems& problems) {
  const std::string whole = std::string(option) + " " + std::string(text);
  const int source = problems.add_source(std::string(option), whole, 0);
  if (text.size() > kMostBytes) {
    problems.add_at(scenarios::whole(source), "this expression is too long", "at most 4,096 bytes");
    return std::nullopt;
  }
  auto tokens = read_tokens(source, option.size() + 1, problems);
  if (!tokens) return std::nullopt;
  auto nodes = Parser(std::move(*tokens), problems).whole();
  if (!nodes) return std::nullopt;
  return Expression{std::string(text), std::move(*nodes)};
}

void check_strategies(const Expression& expression, std::span<const std::string> names,
                      scenarios::Problems& problems) {
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const ExpressionNode& node : expression.nodes) {
    for (const WeightedQuantity& term : node.comparing.terms) {
      const std::string& name = term.quantity.strategy;
      if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
      problems.add_at(term.quantity.strategy_at,
                      "no strategy \"" + scenarios::visible(name, 60) + "\" is compared",
                      "one of: " + scenarios::list_names(known), scenarios::did_you_mean(name, known));
    }
  }
}

bool is_for_each(const Expression& expression) {
  for (const ExpressionNode& node : expression.nodes) {
    for (const WeightedQuantity& term : node.comparing.terms) {
      if (term.quantity.strategy.empty()) return true;
    }
  }
  return false;
}

}  // namespace breakglass::analysis
