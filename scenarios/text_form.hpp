// Teaches reader, writer, schema and documentation a scalar type that is written as a string in files.
//
//     template <>
//     struct TextForm<sim::CivilClock> {
//       static constexpr std::string_view kExpected = "a start such as \"2026-03-04T22:00:00+05:30\"";
//       static constexpr std::string_view kPattern = "^....$";   // for the JSON schema; "" for none
//       static Parsed<sim::CivilClock> parse(std::string_view text);
//       static std::string print(const sim::CivilClock& value);
//     };
//
// print must give what parse reads back to the same value. Errors of parse are shown as
// `expected <kExpected>, found the string "...": <error>`, with "it" for the string.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "scenarios/quantity.hpp"

namespace breakglass::scenarios {

template <class T>
struct TextForm;

template <class T>
concept HasTextForm = requires(std::string_view text, const T& value) {
  { TextForm<T>::parse(text) } -> std::same_as<Parsed<T>>;
  { TextForm<T>::print(value) } -> std::convertible_to<std::string>;
};

}  // namespace breakglass::scenarios
