// Reading one value of a document: the part of the reader that knows no struct. Each function checks kind,
// spelling and range, adds a problem with the value's position and pointer where something is wrong, and then
// leaves `out` alone and returns false.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/problems.hpp"
#include "scenarios/text_node.hpp"
#include "sim/kernel/distribution.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"

namespace breakglass::scenarios {

// Where the reader is: the pointer grows and shrinks as it walks.
struct ReadContext {
  Problems& problems;
  std::string pointer;

  void add(Place place, std::string what, std::string expected = {}, std::string hint = {}) {
    problems.add(place, pointer, std::move(what), std::move(expected), std::move(hint));
  }
};

// Goes one step down for as long as it lives.
class PointerStep {
 public:
  PointerStep(ReadContext& context, std::string_view token)
      : context_(context), size_(context.pointer.size()) {
    append_token(context.pointer, token);
  }
  ~PointerStep() { context_.pointer.resize(size_); }
  PointerStep(const PointerStep&) = delete;
  PointerStep& operator=(const PointerStep&) = delete;

 private:
  ReadContext& context_;
  std::size_t size_;
};

// No duration in a scenario is longer: a longer one is a slip of the unit.
inline constexpr double kLongestDuration_s = 10 * 365.25 * 86400;

// The sizes that a number other than 0 may have, in its field's unit (a rate: per second).
inline constexpr double kSmallestNumber = 1e-15;
inline constexpr double kLargestNumber = 1e15;

bool read_value(const Node& node, const sim::FieldInfo& info, double& out, ReadContext& context);
bool read_value(const Node& node, const sim::FieldInfo& info, bool& out, ReadContext& context);
bool read_value(const Node& node, const sim::FieldInfo& info, std::string& out, ReadContext& context);
bool read_value(const Node& node, const sim::FieldInfo& info, sim::Duration& out, ReadContext& context);
bool read_value(const Node& node, const sim::FieldInfo& info, sim::Distribution& out, ReadContext& context);
bool read_integer(const Node& node, const sim::FieldInfo& info, std::int64_t lowest, std::int64_t highest,
                  std::int64_t& out, ReadContext& context);
bool read_name(const Node& node, std::span<const sim::EnumName> names, int& out, ReadContext& context);

// A quantity by the field's unit: a number, or a duration in seconds, or a rate per second. For what is not a
// field itself (a distribution's parameters); no range is checked, only that its size is sane.
std::optional<double> read_quantity(const Node& node, const sim::FieldInfo& info, ReadContext& context);

// Whether the value lies in the field's range; adds a problem where not. `written` is how the file spells it.
bool check_range(const Node& node, const sim::FieldInfo& info, double value, ReadContext& context);

// `a duration such as "25m"`, `a probability from 0 to 1`: what the field's unit wants.
std::string expected_form(const sim::FieldInfo& info);
// "from 0 to 1", "above 0", "at least 1", "" for any.
std::string range_text(const sim::FieldInfo& info);

// Adds `expected <form>, found <the value>`, with a hint where one is obvious; returns false.
bool wrong_kind(const Node& node, std::string_view form, ReadContext& context, std::string hint = {});

// Adds `expected <form>, found <the value>: <error>`; returns false.
bool malformed(const Node& node, std::string_view form, const std::string& error, const std::string& hint,
               ReadContext& context);

// The checks of an object as a whole: unknown members (with the nearest known name), and required ones that
// are missing. `known` are the fields' names in order.
void check_members(const Node& object, std::span<const std::string_view> known,
                   std::span<const sim::FieldInfo> missing, ReadContext& context);

}  // namespace breakglass::scenarios
