#include "scenarios/schema.hpp"

#include <cmath>
#include <utility>

namespace breakglass::scenarios {
namespace {

using sim::Unit;

// Units, not their order: no pattern that stays readable can say that.
constexpr std::string_view kDurationPattern = "^([0-9]+([.][0-9]+)?(d|h|m|s|ms|us|ns))+$";
constexpr std::string_view kRatePattern = "^[0-9.]+([eE][-+]?[0-9]+)?/(s|min|h|d)$";

Node typed(std::string_view type) {
  Node schema = make_object();
  add_member(schema, "type", make_string(std::string(type)));
  return schema;
}

Node reference(std::string_view name) {
  // Draft 7 ignores what stands beside a $ref, and a description will: so it goes one level down.
  Node target = make_object();
  add_member(target, "$ref", make_string("#/definitions/" + std::string(name)));
  Node all = make_array();
  add_member(all, {}, std::move(target));
  Node schema = make_object();
  add_member(schema, "allOf", std::move(all));
  return schema;
}

void add_range(Node& schema, const sim::FieldInfo& info) {
  if (std::isfinite(info.min))
    add_member(schema, info.above_min ? "exclusiveMinimum" : "minimum", make_number(info.min));
  if (std::isfinite(info.max)) add_member(schema, "maximum", make_number(info.max));
}

Node any_of(std::vector<Node> choices) {
  Node list = make_array();
  for (Node& choice : choices) add_member(list, {}, std::move(choice));
  Node schema = make_object();
  add_member(schema, "anyOf", std::move(list));
  return schema;
}

// An object with exactly these members.
Node closed_object(std::vector<std::pair<std::string, Node>> members, std::size_t required_count) {
  Node properties = make_object();
  Node required = make_array();
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i < required_count) add_member(required, {}, make_string(members[i].first));
    add_member(properties, members[i].first, std::move(members[i].second));
  }
  Node schema = typed("object");
  add_member(schema, "properties", std::move(properties));
  add_member(schema, "required", std::move(required));
  add_member(schema, "additionalProperties", make_bool(false));
  return schema;
}

Node pair_of(const Node& element) {
  Node schema = typed("array");
  add_member(schema, "items", element);
  add_member(schema, "minItems", make_integer(2));
  add_member(schema, "maxItems", make_integer(2));
  return schema;
}

Node atoms_schema() {
  Node probability = typed("number");
  add_member(probability, "exclusiveMinimum", make_integer(0));
  add_member(probability, "maximum", make_integer(1));
  Node schema = typed("object");
  add_member(schema, "minProperties", make_integer(1));
  add_member(schema, "additionalProperties", std::move(probability));
  return schema;
}

// All forms of a distribution over one sort of quantity; "else" is the same without atoms, which `name`
// refers to.
Node continuous_forms(const Node& quantity) {
  Node shape = typed("number");
  add_member(shape, "exclusiveMinimum", make_integer(0));
  const auto one = [](std::string name, Node inside) {
    std::vector<std::pair<std::string, Node>> members;
    members.emplace_back(std::move(name), std::move(inside));
    return closed_object(std::move(members), 1);
  };
  const auto named = [&](const char* first, const char* second) {
    std::vector<std::pair<std::string, Node>> members;
    members.emplace_back(first, quantity);
    if (second != nullptr) members.emplace_back(second, quantity);
    const std::size_t count = members.size();
    return closed_object(std::move(members), count);
  };
  return any_of({quantity, one("uniform", pair_of(quantity)), one("exponential", named("mean", nullptr)),
                 one("normal", named("mean", "sd")), one("lognormal", named("median", "p95")),
                 one("gamma", named("mean", "sd")), one("beta", pair_of(shape))});
}

Node with_atoms(const std::string& continuous) {
  return any_of({reference(continuous),
                 closed_object({{"atoms", atoms_schema()}, {"else", reference(continuous)}}, 1)});
}

std::string sort_of(const sim::FieldInfo& info) {
  if (info.unit == Unit::duration) return "duration";
  return info.unit == Unit::per_second ? "rate" : "number";
}

// The definitions that the schema uses, directly or through each other.
Node definitions(const std::string& body) {
  Node all = make_object();
  for (const std::string sort : {"duration", "rate", "number"}) {
    const Node quantity = sort == "number" ? typed("number") : reference(sort);
    const bool has_distribution = body.find("#/definitions/" + sort + "_distribution\"") != std::string::npos;
    const bool is_used = has_distribution || body.find("#/definitions/" + sort + "\"") != std::string::npos;
    if (is_used && sort == "duration") {
      Node schema = string_schema(kDurationPattern);
      add_member(
          schema, "description",
          make_string("a length of time: 90s, 25m, 1h30m, 7d; units d h m s ms us ns, from large to small"));
      add_member(all, sort, std::move(schema));
    }
    if (is_used && sort == "rate") {
      Node schema = string_schema(kRatePattern);
      add_member(schema, "description", make_string("a rate: 40/s, 3/min, 12/h, 5/d"));
      add_member(all, sort, std::move(schema));
    }
    if (!has_distribution) continue;
    add_member(all, sort + "_continuous", continuous_forms(quantity));
    add_member(all, sort + "_distribution", with_atoms(sort + "_continuous"));
  }
  return all;
}

}  // namespace

Node number_schema(const sim::FieldInfo& info) {
  if (info.unit == Unit::duration || info.unit == Unit::per_second) return reference(sort_of(info));
  Node schema = typed("number");
  add_range(schema, info);
  return schema;
}

Node integer_schema(const sim::FieldInfo& info, std::int64_t lowest) {
  Node schema = typed("integer");
  sim::FieldInfo mine = info;
  if (lowest == 0 && !std::isfinite(mine.min)) mine.min = 0;
  add_range(schema, mine);
  return schema;
}

Node duration_schema() { return reference("duration"); }

Node bool_schema() { return typed("boolean"); }

Node string_schema(std::string_view pattern) {
  Node schema = typed("string");
  if (!pattern.empty()) add_member(schema, "pattern", make_string(std::string(pattern)));
  return schema;
}

Node names_schema(std::span<const sim::EnumName> names) {
  Node list = make_array();
  for (const sim::EnumName& name : names) add_member(list, {}, make_string(std::string(name.text)));
  Node schema = make_object();
  add_member(schema, "enum", std::move(list));
  return schema;
}

Node list_schema(Node elements, std::size_t exact_size) {
  Node schema = typed("array");
  add_member(schema, "items", std::move(elements));
  if (exact_size > 0) {
    add_member(schema, "minItems", make_integer(static_cast<std::int64_t>(exact_size)));
    add_member(schema, "maxItems", make_integer(static_cast<std::int64_t>(exact_size)));
  }
  return schema;
}

Node keyed_schema(Node elements) {
  Node schema = typed("object");
  add_member(schema, "additionalProperties", std::move(elements));
  return schema;
}

Node either_schema(Node a, Node b) {
  std::vector<Node> choices;
  choices.push_back(std::move(a));
  choices.push_back(std::move(b));
  return any_of(std::move(choices));
}

Node empty_object_schema() {
  Node schema = typed("object");
  add_member(schema, "properties", make_object());
  add_member(schema, "additionalProperties", make_bool(false));
  return schema;
}

Node distribution_schema(const sim::FieldInfo& info) { return reference(sort_of(info) + "_distribution"); }

void add_property(Node& object, const sim::FieldInfo& info, Node schema, const Node* default_value) {
  if (!info.doc.empty()) {
    Node description = make_string(std::string(info.doc));
    description.key = "description";
    schema.items.insert(schema.items.begin(), std::move(description));
  }
  if (default_value != nullptr) add_member(schema, "default", *default_value);
  add_member(*object.find("properties"), std::string(info.name), std::move(schema));
  if (!info.is_required) return;
  if (object.find("required") == nullptr) add_member(object, "required", make_array());
  add_member(*object.find("required"), {}, make_string(std::string(info.name)));
}

std::string schema_document(Node object, std::string_view title, std::string_view description) {
  Node document = make_object();
  add_member(document, "$schema", make_string("http://json-schema.org/draft-07/schema#"));
  add_member(document, "title", make_string(std::string(title)));
  add_member(document, "description", make_string(std::string(description)));
  Node shared = definitions(print_json(object));
  for (Node& member : object.items) {
    std::string key = member.key;
    add_member(document, std::move(key), std::move(member));
  }
  if (!shared.items.empty()) add_member(document, "definitions", std::move(shared));
  return print_json(document);
}

}  // namespace breakglass::scenarios
