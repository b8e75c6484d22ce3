#include "scenarios/writer.hpp"

#include <algorithm>

namespace breakglass::scenarios {

bool same_value(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.key != b.key || a.items.size() != b.items.size()) return false;
  if (a.kind == Node::Kind::boolean && a.boolean != b.boolean) return false;
  if (a.text != b.text) return false;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), same_value);
}

bool in_range(double value, const sim::FieldInfo& info) {
  return value >= info.min && value <= info.max && !(info.above_min && value == info.min);
}

Node object_of(std::vector<Writer::Member> members, const std::vector<Writer::Member>& defaults,
               const WriteOptions& options, std::string_view shorthand) {
  Node object = make_object();
  for (Writer::Member& member : members) {
    const auto fresh = std::find_if(defaults.begin(), defaults.end(), [&](const Writer::Member& other) {
      return other.node.key == member.node.key;
    });
    const bool is_default = fresh != defaults.end() && same_value(fresh->node, member.node);
    const bool is_said = member.is_required || !is_default || (options.defaults && member.is_valid);
    if (is_said) object.items.push_back(std::move(member.node));
  }
  const bool is_bare = !shorthand.empty() && object.items.size() == 1 && object.items[0].key == shorthand &&
                       !object.items[0].is_object() && !object.items[0].is_array();
  if (!is_bare) return object;
  Node bare = std::move(object.items[0]);
  bare.key.clear();
  return bare;
}

}  // namespace breakglass::scenarios
