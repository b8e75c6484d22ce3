#include "scenarios/override.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

constexpr std::string_view kOption = "--set ";

// One reference token of the pointer, decoded, and where it stands in the argument's text.
struct Token {
  std::string name;
  Place place;
  bool is_valid = true;  // false: a '~' that is not ~0 or ~1
};

// The argument as a source of its own, so that problems can point into it.
struct Argument {
  int source = 0;
  std::string text;             // "--set /pointer=value"
  std::size_t value_begin = 0;  // behind the '='
  std::vector<Token> tokens;
};

Place place_in(const Argument& argument, std::size_t begin, std::size_t end) {
  return {argument.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

Token decode_token(const Argument& argument, std::size_t begin, std::size_t end) {
  Token token;
  token.place = place_in(argument, begin, end);
  for (std::size_t i = begin; i < end; ++i) {
    if (argument.text[i] != '~') {
      token.name += argument.text[i];
      continue;
    }
    const char next = i + 1 < end ? argument.text[i + 1] : ' ';
    if (next != '0' && next != '1') token.is_valid = false;
    token.name += next == '1' ? '/' : '~';
    ++i;
  }
  return token;
}

std::vector<Token> split_tokens(const Argument& argument, std::size_t begin, std::size_t end) {
  std::vector<Token> tokens;
  while (begin < end) {
    const std::size_t slash = std::min(argument.text.find('/', begin + 1), end);
    tokens.push_back(decode_token(argument, begin + 1, slash));
    begin = slash;
  }
  return tokens;
}

// Takes the argument apart; nothing, and a problem, if it has no pointer or no value.
std::optional<Argument> take_apart(std::string_view text, Problems& problems) {
  const std::size_t equals = text.find('=');
  const std::string pointer(text.substr(0, equals));
  Argument argument;
  argument.text = std::string(kOption) + std::string(text);
  argument.source = problems.add_source(
      pointer.empty() ? "--set" : std::string(kOption) + visible(pointer, 80), argument.text, 0);
  const std::size_t begin = kOption.size();
  const auto complain = [&](std::size_t from, std::size_t to, std::string what, std::string hint) {
    problems.add_at(place_in(argument, from, to), std::move(what), "POINTER=VALUE, such as /horizon=3d",
                    std::move(hint));
    return std::nullopt;
  };
  if (equals == std::string_view::npos)
    return complain(begin, argument.text.size(), "there is no '=' in it", {});
  if (pointer.empty()) return complain(begin, begin + 1, "there is no pointer before the '='", {});
  if (pointer[0] != '/')
    return complain(begin, begin + equals, "a pointer begins with '/'",
                    "did you mean \"/" + visible(pointer, 80) + "\"?");
  argument.value_begin = begin + equals + 1;
  argument.tokens = split_tokens(argument, begin, begin + equals);
  for (const Token& token : argument.tokens) {
    if (!token.is_valid)
      return complain(token.place.begin, token.place.end,
                      "'~' in a pointer is written ~0, and '/' inside a name ~1", {});
  }
  return argument;
}

struct Walk {
  const Argument& argument;
  Problems& problems;
  std::string so_far;  // pointer to the node reached

  void complain(const Token& token, std::string what, std::string expected, std::string hint = {}) {
    problems.add(token.place, so_far, std::move(what), std::move(expected), std::move(hint));
  }
};

std::string sizes(const Node& list) {
  if (list.items.empty()) return "nothing: the list is empty";
  return list.items.size() == 1 ? "0" : "0 to " + std::to_string(list.items.size() - 1);
}

// The element that the token names; complains and gives nullptr if there is none.
Node* element(Node& list, const Token& token, Walk& walk) {
  if (token.name == "-") {
    walk.complain(token, "lists cannot be lengthened", "an index, " + sizes(list));
    return nullptr;
  }
  const bool digits = !token.name.empty() && token.name.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) {
    std::string hint;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Node* id = list.items[i].find("id");
      if (id == nullptr || !id->is_string() || id->text != token.name) continue;
      hint = "that is " + walk.so_far + "/" + std::to_string(i);
    }
    walk.complain(token, "\"" + visible(token.name, 40) + "\" is not an index", "an index, " + sizes(list),
                  hint);
    return nullptr;
  }
  if (token.name.size() > 1 && token.name[0] == '0') {
    walk.complain(token, "an index has no leading zeros", "an index, " + sizes(list));
    return nullptr;
  }
  const Parsed<std::int64_t> index = parse_integer(token.name);
  if (index.ok() && static_cast<std::size_t>(index.value) < list.items.size()) {
    return &list.items[static_cast<std::size_t>(index.value)];
  }
  walk.complain(token, "there is no element " + visible(token.name, 20) + " in this list",
                "an index, " + sizes(list));
  return nullptr;
}

void no_member(const Node& object, const Token& token, Walk& walk) {
  std::vector<std::string_view> keys;
  for (const Node& item : object.items) keys.push_back(item.key);
  const std::string where = walk.so_far.empty() ? "the document" : walk.so_far;
  walk.complain(token, "there is no \"" + visible(token.name, 40) + "\" in " + where,
                keys.empty() ? "nothing: that object is empty" : "one of: " + list_names(keys),
                did_you_mean(token.name, keys));
}

// The child for a token that is not the last; complains and gives nullptr if there is none.
Node* step(Node& node, const Token& token, Walk& walk) {
  Node* next = nullptr;
  if (node.is_array()) {
    next = element(node, token, walk);
  } else if (node.is_object()) {
    next = node.find(token.name);
    if (next == nullptr) no_member(node, token, walk);
  } else {
    const std::string where = walk.so_far.empty() ? "the document" : walk.so_far;
    walk.complain(token, where + " is " + describe(node) + ", with nothing inside",
                  "a pointer that ends there");
  }
  if (next != nullptr) append_token(walk.so_far, token.name);
  return next;
}

// The value: JSON, or else the text itself as a string.
std::optional<Node> parse_value(const Argument& argument, Problems& problems) {
  const std::string value = argument.text.substr(argument.value_begin);
  const bool must_be_json =
      !value.empty() && std::string_view("{[\"").find(value[0]) != std::string_view::npos;
  if (must_be_json) return parse_text(problems, argument.source, {}, argument.value_begin);
  Problems scratch;
  // A source of the same index and text, so that the nodes' places are right for the real one.
  while (static_cast<int>(scratch.source_count()) < argument.source) scratch.add_source({}, {});
  scratch.add_source({}, argument.text);
  if (std::optional<Node> node = parse_text(scratch, argument.source, {}, argument.value_begin)) return node;
  Node node = make_string(value);
  node.at = place_in(argument, argument.value_begin, argument.text.size());
  if (first_bad_utf8(value) == std::string_view::npos) return node;
  problems.add_at(node.at, "this is not UTF-8");
  return {};
}

}  // namespace

bool apply_override(Node& root, std::string_view argument_text, Problems& problems) {
  const std::optional<Argument> argument = take_apart(argument_text, problems);
  if (!argument) return false;
  Walk walk{*argument, problems, {}};
  Node* node = &root;
  for (std::size_t i = 0; i + 1 < argument->tokens.size(); ++i) {
    node = step(*node, argument->tokens[i], walk);
    if (node == nullptr) return false;
  }
  const Token& last = argument->tokens.back();
  Node* target = nullptr;
  const bool is_new = node->is_object() && node->find(last.name) == nullptr;
  if (!is_new) {
    target = step(*node, last, walk);
    if (target == nullptr) return false;
  }
  std::optional<Node> value = parse_value(*argument, problems);
  if (!value) return false;
  value->key = node->is_object() ? last.name : std::string();
  value->key_at = last.place;
  if (is_new) {
    node->items.push_back(std::move(*value));
  } else {
    *target = std::move(*value);
  }
  return true;
}

}  // namespace breakglass::scenarios
