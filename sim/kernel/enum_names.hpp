// The names of an enumeration's values as they stand in a file, for whoever reads, writes or documents them.
//
// An enumeration that appears in a Params struct has, beside it, a free function found by argument-dependent
// lookup:
//
//     enum class Routing { request, sticky };
//     inline constexpr EnumName kRoutingNames[] = {{"request", 0}, {"sticky", 1}};
//     constexpr std::span<const EnumName> names(Routing) { return kRoutingNames; }
//
// The argument is only a tag; its value is ignored. Order is the order in which help and error texts list
// the names. A value may have two names (an older spelling, say): the first listed is the one written.
#pragma once

#include <span>
#include <string_view>

namespace breakglass::sim {

struct EnumName {
  std::string_view text;  // as written in a file: lower case, words joined by '-'
  int value = 0;          // static_cast<int> of the enumerator
};

// The name of a value; "?" for a value that has none, which is a mistake in the table.
constexpr std::string_view name_in(std::span<const EnumName> table, int value) {
  for (const EnumName& entry : table) {
    if (entry.value == value) return entry.text;
  }
  return "?";
}

// The name of an enumerator: name_of(Routing::sticky) is "sticky".
template <class E>
constexpr std::string_view name_of(E value) {
  return name_in(names(value), static_cast<int>(value));
}

}  // namespace breakglass::sim
