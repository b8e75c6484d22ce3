// The JSON Schema (draft 7) of a parameter struct, from the same list of fields that the reader walks: what
// editors complete from, and what other programs validate against.
//
// The schema accepts what the reader accepts, as far as a schema can say it. It cannot say: no repeated keys,
// units from large to small within a duration, ranges of quantities written as strings, probabilities that
// sum to at most 1, comments. A struct that contains itself is described down to its first repetition.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/distribution_text.hpp"
#include "scenarios/shapes.hpp"
#include "scenarios/text_node.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::scenarios {

// Schemas of the scalar types, with the field's range, without its description.
Node number_schema(const sim::FieldInfo& info);
Node integer_schema(const sim::FieldInfo& info, std::int64_t lowest);
Node duration_schema();
Node string_schema(std::string_view pattern);
Node names_schema(std::span<const sim::EnumName> names);
Node list_schema(Node elements, std::size_t exact_size);  // exact_size 0: any
Node keyed_schema(Node elements);
Node bool_schema();
// Either of two: a shorthand beside the object that it stands for.
Node either_schema(Node a, Node b);
Node empty_object_schema();

// Adds description and default to a member's schema and the member to an object's schema.
void add_property(Node& object, const sim::FieldInfo& info, Node schema, const Node* default_value);

// The whole document: title, description and the shared definitions around a struct's schema.
std::string schema_document(Node object, std::string_view title, std::string_view description);

namespace detail {

// An address of its own for each type, to notice a struct inside itself.
template <class T>
inline constexpr char kTypeMark = 0;

using TypeStack = std::vector<const char*>;

template <class T>
Node schema_of(T& value, const sim::FieldInfo& info, TypeStack& stack, bool id_is_key = false);

struct SchemaVisitor {
  Node object;
  TypeStack& stack;
  bool id_is_key;

  template <class T>
  void operator()(const sim::FieldInfo& info, T& member) {
    if (id_is_key && info.name == "id") return;
    Node schema = schema_of(member, info, stack);
    Writer writer(WriteOptions{}, false);
    writer(info, member);
    const bool has_default = !info.is_required && !HasFields<T> && !kIsOptional<T> &&
                             !writer.members.empty() && writer.members.front().is_valid;
    add_property(object, info, std::move(schema), has_default ? &writer.members.front().node : nullptr);
  }
};

template <class T>
Node struct_schema(T& value, TypeStack& stack, bool id_is_key) {
  if (std::find(stack.begin(), stack.end(), &kTypeMark<T>) != stack.end()) return make_object();
  stack.push_back(&kTypeMark<T>);
  SchemaVisitor visitor{empty_object_schema(), stack, id_is_key};
  fields(visitor, value);
  stack.pop_back();
  const Node* properties = visitor.object.find("properties");
  const std::string_view bare = shorthand_field<T>();
  const Node* shorthand = bare.empty() ? nullptr : properties->find(bare);
  return shorthand == nullptr ? std::move(visitor.object) : either_schema(*shorthand, visitor.object);
}

template <class T>
Node list_of(const sim::FieldInfo& info, std::size_t exact_size, TypeStack& stack) {
  T element{};
  if constexpr (HasFields<T> && HasId<T>) {
    if (info.is_keyed) return keyed_schema(schema_of(element, element_info(info), stack, true));
  }
  return list_schema(schema_of(element, element_info(info), stack), exact_size);
}

template <class T>
Node schema_of(T& value, const sim::FieldInfo& info, TypeStack& stack, bool id_is_key) {
  if constexpr (std::same_as<T, bool>) {
    return bool_schema();
  } else if constexpr (std::same_as<T, double>) {
    return number_schema(info);
  } else if constexpr (WholeNumber<T>) {
    return integer_schema(info, static_cast<std::int64_t>(std::numeric_limits<T>::min()));
  } else if constexpr (std::same_as<T, std::string>) {
    return string_schema({});
  } else if constexpr (std::same_as<T, sim::Duration>) {
    return duration_schema();
  } else if constexpr (std::same_as<T, sim::Distribution>) {
    return distribution_schema(info);
  } else if constexpr (NamedEnum<T>) {
    return names_schema(names(T{}));
  } else if constexpr (HasTextForm<T>) {
    return string_schema(TextForm<T>::kPattern);
  } else if constexpr (kIsOptional<T>) {
    typename T::value_type inner{};
    return schema_of(inner, info, stack);
  } else if constexpr (kIsArray<T>) {
    return list_of<typename T::value_type>(info, std::tuple_size_v<T>, stack);
  } else if constexpr (kIsVector<T>) {
    return list_of<typename T::value_type>(info, 0, stack);
  } else {
    static_assert(HasFields<T>, "a member that shapes.hpp does not list");
    return struct_schema(value, stack, id_is_key);
  }
}

}  // namespace detail

template <HasFields T>
std::string json_schema(std::string_view title, std::string_view description) {
  T value{};
  detail::TypeStack stack;
  return schema_document(detail::schema_of(value, sim::FieldInfo{}, stack), title, description);
}

}  // namespace breakglass::scenarios
