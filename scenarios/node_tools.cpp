// Making, finding, describing and printing nodes: what needs no parser.
#include <algorithm>

#include "scenarios/quantity.hpp"
#include "scenarios/text_node.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape =
        token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    text += escape ? (token[++i] == '0' ? '~' : '/') : token[i];
  }
  return text;
}

const Node* child(const Node& node, std::string_view token) {
  if (node.is_object()) return node.find(unescaped(token));
  if (!node.is_array() || token.empty() || token.size() > 9) return nullptr;
  std::size_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return nullptr;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  if (token.size() > 1 && token[0] == '0') return nullptr;
  return index < node.items.size() ? &node.items[index] : nullptr;
}

// Walks as far as the pointer's tokens exist; `whole_way` says whether that was all of them.
const Node* walk(const Node& root, std::string_view pointer, bool& whole_way) {
  const Node* node = &root;
  whole_way = pointer.empty() || pointer[0] == '/';
  while (whole_way && !pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const Node* next = child(*node, pointer.substr(1, end - 1));
    whole_way = next != nullptr;
    if (next != nullptr) node = next;
    pointer.remove_prefix(end);
  }
  return node;
}

std::string quoted_json(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (byte < 0x20) {
      result += "\\u00";
      result += kHex[byte / 16];
      result += kHex[byte % 16];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string one_line(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null: return "null";
    case Node::Kind::boolean: return node.boolean ? "true" : "false";
    case Node::Kind::number: return node.text;
    case Node::Kind::string: return quoted_json(node.text);
    case Node::Kind::array:
    case Node::Kind::object: break;
  }
  std::string text = node.is_object() ? "{" : "[";
  for (const Node& item : node.items) {
    if (text.size() > 1) text += ", ";
    if (node.is_object()) text += quoted_json(item.key) + ": ";
    text += one_line(item);
  }
  return text + (node.is_object() ? "}" : "]");
}

// `used`: columns taken on the first line before the value; one column is kept for the comma behind it.
void print(std::string& out, const Node& node, std::size_t indent, std::size_t used, std::size_t width) {
  std::string flat = one_line(node);
  if (node.items.empty() || used + display_width(flat) + 1 <= width) {
    out += flat;
    return;
  }
  out += node.is_object() ? "{" : "[";
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string key = node.is_object() ? quoted_json(node.items[i].key) + ": " : "";
    out += "\n" + std::string(indent + 2, ' ') + key;
    print(out, node.items[i], indent + 2, indent + 2 + display_width(key), width);
    if (i + 1 < node.items.size()) out += ",";
  }
  out += "\n" + std::string(indent, ' ') + (node.is_object() ? "}" : "]");
}

}  // namespace

const Node* Node::find(std::string_view name) const {
  if (kind != Kind::object) return nullptr;
  const auto found =
      std::find_if(items.begin(), items.end(), [name](const Node& item) { return item.key == name; });
  return found == items.end() ? nullptr : &*found;
}

Node* Node::find(std::string_view name) {
  return const_cast<Node*>(static_cast<const Node*>(this)->find(name));
}

Node make_bool(bool value) {
  Node node;
  node.kind = Node::Kind::boolean;
  node.boolean = value;
  return node;
}

Node make_number(double value) {
  Node node;
  node.kind = Node::Kind::number;
  node.number = value;
  node.text = print_number(value);
  return node;
}

Node make_integer(std::int64_t value) {
  Node node;
  node.kind = Node::Kind::number;
  node.number = static_cast<double>(value);
  node.text = std::to_string(value);
  return node;
}

Node make_string(std::string value) {
  Node node;
  node.kind = Node::Kind::string;
  node.text = std::move(value);
  return node;
}

Node make_array() {
  Node node;
  node.kind = Node::Kind::array;
  return node;
}

Node make_object() {
  Node node;
  node.kind = Node::Kind::object;
  return node;
}

Node& add_member(Node& object, std::string key, Node value) {
  value.key = std::move(key);
  object.items.push_back(std::move(value));
  return object.items.back();
}

const Node* find(const Node& root, std::string_view pointer) {
  bool whole_way = false;
  const Node* node = walk(root, pointer, whole_way);
  return whole_way ? node : nullptr;
}

const Node& find_or_around(const Node& root, std::string_view pointer) {
  bool whole_way = false;
  return *walk(root, pointer, whole_way);
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null: return "null";
    case Node::Kind::boolean: return node.boolean ? "true" : "false";
    case Node::Kind::number: return "the number " + visible(node.text, 40);
    case Node::Kind::string: return "the string \"" + visible(node.text, 40) + "\"";
    case Node::Kind::array:
      return node.items.empty() ? "an empty list" : "a list of " + std::to_string(node.items.size());
    case Node::Kind::object: return node.items.empty() ? "an empty object" : "an object";
  }
  return "a value";
}

std::string print_json(const Node& node, std::size_t width) {
  std::string out;
  print(out, node, 0, 0, width);
  return out + "\n";
}

}  // namespace breakglass::scenarios
