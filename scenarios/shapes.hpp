// What kinds of members a parameter struct may have, as far as reader, writer, schema and documentation care:
//
//   double                       a number; a quantity string where the field's unit is duration (held in
//   seconds) or
//                                per_second
//   int, std::int64_t, ...       a whole number within the type's range (at most 2^63 - 1)
//   bool, std::string
//   sim::Duration                "25m"
//   sim::Distribution            see distribution_text.hpp
//   an enumeration               with names(E), see sim/kernel/enum_names.hpp
//   a type with a TextForm       see text_form.hpp
//   a struct with fields(V&, T&)
//   std::optional<T>             absent (or null) means no value
//   std::vector<T>, std::array<T, N>   a list of any of these; the field's unit and range hold for every
//   element std::vector<struct>, keyed   an object whose keys go to the structs' member `id`
//
// A struct may have a shorthand, a bare number or string in place of its object, by a function found beside
// it:
//
//     inline bool shorthand(CallParams& p, double number) { p.per_request = number; return true; }
//
// (or with std::string_view). It must store its argument, unchanged, in exactly one member that fields()
// visits: the bare value is then read and checked as that field, and a struct that differs from its defaults
// in that field only is written as the bare value.
#pragma once

#include <array>
#include <concepts>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "scenarios/text_form.hpp"
#include "sim/kernel/distribution.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::scenarios {

// A visitor that does nothing: only for asking whether a type has fields().
struct AnyVisitor {
  template <class T>
  void operator()(const sim::FieldInfo&, T&) {}
};

template <class T>
concept HasFields = requires(AnyVisitor& visitor, T& value) { fields(visitor, value); };

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E value) {
  { names(value) } -> std::convertible_to<std::span<const sim::EnumName>>;
};

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

template <class T>
concept HasId = requires(T& value) {
  { value.id } -> std::same_as<std::string&>;
};

template <class T>
concept NumberShorthand = requires(T& value, double number) {
  { shorthand(value, number) } -> std::same_as<bool>;
} && !requires(T& value, std::string_view text) { shorthand(value, text); };

template <class T>
concept TextShorthand = requires(T& value, std::string_view text) {
  { shorthand(value, text) } -> std::same_as<bool>;
};

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsArray = false;
template <class T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

namespace detail {

// Finds the field that a shorthand sets, by setting it to something that no default is.
struct ShorthandFinder {
  static constexpr double kNumber = 0.1234567890123;
  static constexpr std::string_view kText = "\x01shorthand";
  std::string_view found;

  template <class M>
  void operator()(const sim::FieldInfo& info, M& member) {
    if constexpr (std::same_as<M, double>) {
      if (member == kNumber) found = info.name;
    } else if constexpr (std::same_as<M, std::string>) {
      if (member == kText) found = info.name;
    }
  }
};

}  // namespace detail

// The name of the field that a bare value stands for, "" where the struct has no shorthand.
template <class T>
std::string_view shorthand_field() {
  detail::ShorthandFinder finder;
  if constexpr (TextShorthand<T>) {
    T probe{};
    if (shorthand(probe, detail::ShorthandFinder::kText)) fields(finder, probe);
  } else if constexpr (NumberShorthand<T>) {
    T probe{};
    if (shorthand(probe, detail::ShorthandFinder::kNumber)) fields(finder, probe);
  }
  return finder.found;
}

// The field's range and unit, for its elements: a list may be required, its elements are simply there.
constexpr sim::FieldInfo element_info(const sim::FieldInfo& info) {
  sim::FieldInfo element = info;
  element.is_required = false;
  element.is_keyed = false;
  return element;
}

}  // namespace breakglass::scenarios
