// Reads a document into a parameter struct by walking the struct's own list of fields:
//
//     Problems problems(path, text);
//     if (auto root = parse_text(problems)) {
//       HarmParams params;
//       read_document(*root, params, problems);
//     }
//     if (!problems.empty()) fputs(render(problems).c_str(), stderr);
//
// Every field is checked even when others are wrong, so that one pass finds every problem. Fields that are
// absent keep the value of the struct as it was passed in (its defaults). shapes.hpp lists what members may
// be.
//
// What the reader does not know, callers check afterwards: references between ids, sums, graphs.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/read_values.hpp"
#include "scenarios/shapes.hpp"

namespace breakglass::scenarios {

template <HasFields T>
bool read_value(const Node& node, const sim::FieldInfo& info, T& out, ReadContext& context,
                bool id_is_key = false);

template <WholeNumber T>
bool read_value(const Node& node, const sim::FieldInfo& info, T& out, ReadContext& context) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  const auto lowest = static_cast<std::int64_t>(std::numeric_limits<T>::min());
  const auto highest = std::cmp_greater(std::numeric_limits<T>::max(), kMost)
                           ? kMost
                           : static_cast<std::int64_t>(std::numeric_limits<T>::max());
  std::int64_t value = 0;
  if (!read_integer(node, info, lowest, highest, value, context)) return false;
  out = static_cast<T>(value);
  return true;
}

template <NamedEnum E>
bool read_value(const Node& node, const sim::FieldInfo&, E& out, ReadContext& context) {
  int value = 0;
  if (!read_name(node, names(E{}), value, context)) return false;
  out = static_cast<E>(value);
  return true;
}

template <HasTextForm T>
bool read_value(const Node& node, const sim::FieldInfo&, T& out, ReadContext& context) {
  if (!node.is_string()) return wrong_kind(node, TextForm<T>::kExpected, context);
  auto parsed = TextForm<T>::parse(node.text);
  if (!parsed.ok()) return malformed(node, TextForm<T>::kExpected, parsed.error, parsed.hint, context);
  out = std::move(parsed.value);
  return true;
}

template <class T>
bool read_value(const Node& node, const sim::FieldInfo& info, std::optional<T>& out, ReadContext& context) {
  if (node.kind == Node::Kind::null) {
    out.reset();
    return true;
  }
  T value{};
  if (!read_value(node, info, value, context)) return false;
  out = std::move(value);
  return true;
}

namespace detail {

template <class T>
bool read_keyed(const Node& node, const sim::FieldInfo& info, std::vector<T>& out, ReadContext& context) {
  if (!node.is_object()) return wrong_kind(node, "an object with a member for each id", context);
  bool ok = true;
  std::vector<T> values;
  for (const Node& member : node.items) {
    const PointerStep step(context, member.key);
    if (member.key.empty()) {
      context.add(member.key_at, "an id must not be empty");
      ok = false;
    }
    T value{};
    ok &= read_value(member, element_info(info), value, context, true);
    value.id = member.key;
    values.push_back(std::move(value));
  }
  out = std::move(values);
  return ok;
}

// Ids of a list's elements: each names one thing only.
template <HasId T>
bool check_ids(const Node& list, const std::vector<T>& values, ReadContext& context) {
  std::map<std::string_view, Place> seen;
  bool ok = true;
  for (std::size_t i = 0; i < values.size() && i < list.items.size(); ++i) {
    const Node* id = list.items[i].find("id");
    if (id == nullptr || !id->is_string()) continue;
    const auto [first, is_new] = seen.emplace(id->text, id->at);
    if (is_new) continue;
    const PointerStep step(context, std::to_string(i));
    const PointerStep step_id(context, "id");
    context.add(id->at, "duplicate id \"" + id->text + "\": first given at " +
                            line_and_column(context.problems, first->second));
    ok = false;
  }
  return ok;
}

}  // namespace detail

template <class T>
bool read_value(const Node& node, const sim::FieldInfo& info, std::vector<T>& out, ReadContext& context) {
  if constexpr (HasFields<T> && HasId<T>) {
    if (info.is_keyed) return detail::read_keyed(node, info, out, context);
  }
  if (!node.is_array()) return wrong_kind(node, "a list in brackets", context);
  bool ok = true;
  std::vector<T> values;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const PointerStep step(context, std::to_string(i));
    T value{};
    ok &= read_value(node.items[i], element_info(info), value, context);
    values.push_back(std::move(value));
  }
  if constexpr (HasFields<T> && HasId<T>) ok &= detail::check_ids(node, values, context);
  out = std::move(values);
  return ok;
}

template <class T, std::size_t N>
bool read_value(const Node& node, const sim::FieldInfo& info, std::array<T, N>& out, ReadContext& context) {
  if (!node.is_array()) return wrong_kind(node, "a list of " + std::to_string(N), context);
  if (node.items.size() != N) {
    context.add(node.at,
                "expected " + std::to_string(N) + " values, found " + std::to_string(node.items.size()));
    return false;
  }
  bool ok = true;
  for (std::size_t i = 0; i < N; ++i) {
    const PointerStep step(context, std::to_string(i));
    ok &= read_value(node.items[i], element_info(info), out[i], context);
  }
  return ok;
}

// The visitor that fields() calls for each member of one object.
class Reader {
 public:
  // `id_is_key`: the object stands under its id, so a field `id` is not looked for inside it.
  Reader(const Node& object, ReadContext& context, bool id_is_key = false)
      : object_(object), context_(context), id_is_key_(id_is_key) {}

  template <class T>
  void operator()(const sim::FieldInfo& info, T& member) {
    if (id_is_key_ && info.name == "id") return;
    known_.push_back(info.name);
    const Node* node = object_.find(info.name);
    if (node == nullptr) {
      if (info.is_required) missing_.push_back(info);
      return;
    }
    const PointerStep step(context_, info.name);
    ok_ &= read_value(*node, info, member, context_);
  }

  // To be called after fields(): complains about what is missing or unknown. Whether all was well.
  bool finish() {
    const std::size_t before = context_.problems.count();
    check_members(object_, known_, missing_, context_);
    return ok_ && context_.problems.count() == before;
  }

 private:
  const Node& object_;
  ReadContext& context_;
  bool id_is_key_;
  bool ok_ = true;
  std::vector<std::string_view> known_;
  std::vector<sim::FieldInfo> missing_;
};

namespace detail {

// Reads a bare value as the one field that it is a shorthand for.
struct ShorthandReader {
  const Node& node;
  ReadContext& context;
  std::string_view name;
  bool ok = false;

  template <class M>
  void operator()(const sim::FieldInfo& info, M& member) {
    if (info.name == name) ok = read_value(node, info, member, context);
  }
};

}  // namespace detail

template <HasFields T>
bool read_value(const Node& node, const sim::FieldInfo&, T& out, ReadContext& context, bool id_is_key) {
  if (!node.is_object()) {
    const std::string_view name = shorthand_field<T>();
    if (name.empty() || node.is_array() || node.kind == Node::Kind::null)
      return wrong_kind(node, "an object", context);
    detail::ShorthandReader reader{node, context, name};
    fields(reader, out);
    return reader.ok;
  }
  Reader reader(node, context, id_is_key);
  fields(reader, out);
  return reader.finish();
}

// Reads a whole document, or the part of it at `pointer`. Returns whether there was nothing to complain
// about.
template <HasFields T>
bool read_document(const Node& root, T& out, Problems& problems, std::string pointer = {}) {
  ReadContext context{problems, std::move(pointer)};
  return read_value(root, sim::FieldInfo{}, out, context);
}

}  // namespace breakglass::scenarios
