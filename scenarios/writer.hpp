// Writes a parameter struct as JSON that the reader reads back to an equal struct: fields in the order of the
// struct's list, those that equal the struct's defaults left out unless asked for.
//
// A default outside its own field's range stands for "absent" (a doubling time of 0, say) and is never
// written. NaN and infinities cannot be written: they become null, which the reader refuses.
#pragma once

#include <string>
#include <utility>

#include "scenarios/distribution_text.hpp"
#include "scenarios/shapes.hpp"
#include "scenarios/text_node.hpp"

namespace breakglass::scenarios {

struct WriteOptions {
  bool defaults = false;  // also write what equals the default
};

// Whether two trees say the same, places aside.
bool same_value(const Node& a, const Node& b);

// Whether a scalar lies in the field's range (true for what is no number).
bool in_range(double value, const sim::FieldInfo& info);

template <class T>
Node value_node(T& value, const sim::FieldInfo& info, const WriteOptions& options, bool id_is_key = false);

// The visitor that fields() calls: turns members into members of an object.
class Writer {
 public:
  Writer(const WriteOptions& options, bool id_is_key) : options_(options), id_is_key_(id_is_key) {}

  template <class T>
  void operator()(const sim::FieldInfo& info, T& member) {
    if (id_is_key_ && info.name == "id") return;
    if constexpr (kIsOptional<T>) {
      if (member) add(info, value_node(*member, info, options_), true);
    } else if constexpr (std::same_as<T, double>) {
      add(info, value_node(member, info, options_), in_range(member, info));
    } else if constexpr (std::same_as<T, sim::Duration>) {
      add(info, value_node(member, info, options_), in_range(exact_seconds(member), info));
    } else if constexpr (WholeNumber<T>) {
      add(info, value_node(member, info, options_), in_range(static_cast<double>(member), info));
    } else {
      add(info, value_node(member, info, options_), true);
    }
  }

  struct Member {
    Node node;
    bool is_required = false;
    bool is_valid = true;  // in its field's range
  };
  std::vector<Member> members;

 private:
  void add(const sim::FieldInfo& info, Node node, bool is_valid) {
    node.key = std::string(info.name);
    members.push_back({std::move(node), info.is_required, is_valid});
  }

  WriteOptions options_;
  bool id_is_key_;
};

// The object of the members that need saying, given those of a default-constructed struct.
Node object_of(std::vector<Writer::Member> members, const std::vector<Writer::Member>& defaults,
               const WriteOptions& options, std::string_view shorthand);

namespace detail {

template <class T>
Node struct_node(T& value, const WriteOptions& options, bool id_is_key) {
  Writer mine(options, id_is_key);
  fields(mine, value);
  T fresh{};
  Writer defaults(options, id_is_key);
  fields(defaults, fresh);
  return object_of(std::move(mine.members), defaults.members, options, shorthand_field<T>());
}

template <class T>
Node list_node(T& values, const sim::FieldInfo& info, const WriteOptions& options) {
  Node list = make_array();
  for (auto& value : values) add_member(list, {}, value_node(value, element_info(info), options));
  return list;
}

template <class T>
Node keyed_node(std::vector<T>& values, const sim::FieldInfo& info, const WriteOptions& options) {
  Node object = make_object();
  for (auto& value : values)
    add_member(object, value.id, value_node(value, element_info(info), options, true));
  return object;
}

}  // namespace detail

template <class T>
Node value_node(T& value, const sim::FieldInfo& info, const WriteOptions& options, bool id_is_key) {
  if constexpr (std::same_as<T, bool>) {
    return make_bool(value);
  } else if constexpr (std::same_as<T, double>) {
    return quantity_node(value, info);
  } else if constexpr (WholeNumber<T>) {
    return make_integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::same_as<T, std::string>) {
    return make_string(value);
  } else if constexpr (std::same_as<T, sim::Duration>) {
    return make_string(print_duration(value));
  } else if constexpr (std::same_as<T, sim::Distribution>) {
    return distribution_node(value, info);
  } else if constexpr (NamedEnum<T>) {
    return make_string(std::string(sim::name_of(value)));
  } else if constexpr (HasTextForm<T>) {
    return make_string(TextForm<T>::print(value));
  } else if constexpr (kIsOptional<T>) {
    return value ? value_node(*value, info, options) : Node{};
  } else if constexpr (kIsArray<T>) {
    return detail::list_node(value, info, options);
  } else if constexpr (kIsVector<T>) {
    if constexpr (HasFields<typename T::value_type> && HasId<typename T::value_type>) {
      if (info.is_keyed) return detail::keyed_node(value, info, options);
    }
    return detail::list_node(value, info, options);
  } else {
    static_assert(HasFields<T>, "a member that shapes.hpp does not list");
    return detail::struct_node(value, options, id_is_key);
  }
}

// The tree and the text of a whole struct.
template <HasFields T>
Node to_node(T value, const WriteOptions& options = {}) {
  return value_node(value, sim::FieldInfo{}, options);
}
template <HasFields T>
std::string to_json(const T& value, const WriteOptions& options = {}) {
  return print_json(to_node(value, options));
}

}  // namespace breakglass::scenarios
