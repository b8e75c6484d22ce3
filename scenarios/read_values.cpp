#include "scenarios/read_values.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/distribution_text.hpp"
#include "scenarios/nearest.hpp"
#include "scenarios/quantity.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

using sim::Unit;

bool is_share(const sim::FieldInfo& info) {
  return info.unit == Unit::probability || info.unit == Unit::share;
}

// A bound as its field's unit writes it.
std::string bound(double value, Unit unit) {
  if (unit == Unit::duration) return print_duration(sim::from_seconds(value));
  if (unit == Unit::per_second) return print_rate(value);
  return print_number(value);
}

std::string range_in(const sim::FieldInfo& info, Unit unit) {
  const bool low = std::isfinite(info.min);
  const bool high = std::isfinite(info.max);
  if (low && high && !info.above_min) return "from " + bound(info.min, unit) + " to " + bound(info.max, unit);
  std::string text;
  if (low) text = (info.above_min ? "above " : "at least ") + bound(info.min, unit);
  if (high) text += (low ? " and at most " : "at most ") + bound(info.max, unit);
  return text;
}

bool is_outside(const sim::FieldInfo& info, double value) {
  return value < info.min || value > info.max || (info.above_min && value == info.min);
}

// What somebody who wrote 40 for 40% meant.
std::string percent_hint(const Node& node, const sim::FieldInfo& info, double value) {
  if (!is_share(info) || !node.is_number() || !(value >= 5 && value <= 100)) return {};
  return "for " + node.text + "% write " + print_number(value / 100);
}

// The value as the file spells it.
std::string literal(const Node& node) {
  return node.is_string() ? "\"" + visible(node.text, 40) + "\"" : visible(node.text, 40);
}

// Nobody means a number like 1e300: products of a few of them would be infinite.
bool check_size(const Node& node, double value, ReadContext& context) {
  const double size = std::fabs(value);
  if (size == 0 || (size >= kSmallestNumber && size <= kLargestNumber)) return true;
  context.add(node.at, literal(node) + (size > 1 ? " is too large" : " is too close to 0"),
              "0, or a size from " + print_number(kSmallestNumber) + " to " + print_number(kLargestNumber));
  return false;
}

bool check_length(const Node& node, double seconds, ReadContext& context) {
  if (std::fabs(seconds) <= kLongestDuration_s) return true;
  context.add(node.at, literal(node) + " is longer than ten years");
  return false;
}

std::string quantity_hint(const Node& node, const sim::FieldInfo& info) {
  if (node.is_number() && info.unit == Unit::duration) {
    return "write \"" + visible(node.text, 40) + "s\" or \"" + visible(node.text, 40) + "m\"";
  }
  if (node.is_number() && info.unit == Unit::per_second) {
    return "write \"" + visible(node.text, 40) + "/s\" or \"" + visible(node.text, 40) + "/min\"";
  }
  if (!node.is_string() || info.unit == Unit::duration || info.unit == Unit::per_second) return {};
  if (parse_number(node.text).ok()) return "write it without quotes: " + visible(node.text, 40);
  const std::string_view text = node.text;
  const Parsed<double> percent = parse_number(text.substr(0, text.size() - (text.empty() ? 0 : 1)));
  if (text.ends_with('%') && percent.ok())
    return "for " + visible(text, 40) + " write " + print_number(percent.value / 100);
  return {};
}

std::string form_of(Unit unit) {
  switch (unit) {
    case Unit::duration: return "a duration such as \"25m\"";
    case Unit::per_second: return "a rate such as \"40/s\"";
    case Unit::probability: return "a probability";
    case Unit::share: return "a share";
    case Unit::none:
    case Unit::harm: break;
  }
  return "a number";
}

// Of a value of the wrong kind: the range matters less than the form, but for numbers from 0 to 1 it is the
// form.
std::string kind_form(const sim::FieldInfo& info) {
  return is_share(info) ? expected_form(info) : form_of(info.unit);
}

bool read_seconds_or_rate(const Node& node, Unit unit, double& out, ReadContext& context) {
  if (unit == Unit::per_second) {
    const Parsed<double> parsed = parse_rate(node.text);
    if (!parsed.ok()) return malformed(node, form_of(unit), parsed.error, parsed.hint, context);
    out = parsed.value;
    return check_size(node, out, context);
  }
  const Parsed<sim::Duration> parsed = parse_duration(node.text);
  if (!parsed.ok()) return malformed(node, form_of(unit), parsed.error, parsed.hint, context);
  out = exact_seconds(parsed.value);
  return check_length(node, out, context);
}

}  // namespace

std::string range_text(const sim::FieldInfo& info) { return range_in(info, info.unit); }

std::string expected_form(const sim::FieldInfo& info) {
  // Rates and durations are never negative: that they are at least 0 goes without saying.
  const bool is_quantity = info.unit == Unit::duration || info.unit == Unit::per_second;
  const bool plain = is_quantity && info.min == 0 && !info.above_min && !std::isfinite(info.max);
  const std::string range = plain ? std::string() : range_text(info);
  if (range.empty()) return form_of(info.unit);
  return form_of(info.unit) + (is_quantity ? ", " : " ") + range;
}

bool wrong_kind(const Node& node, std::string_view form, ReadContext& context, std::string hint) {
  context.add(node.at, "expected " + std::string(form) + ", found " + describe(node), {}, std::move(hint));
  return false;
}

bool malformed(const Node& node, std::string_view form, const std::string& error, const std::string& hint,
               ReadContext& context) {
  context.add(node.at, "expected " + std::string(form) + ", found " + describe(node) + ": " + error, {},
              hint);
  return false;
}

bool check_range(const Node& node, const sim::FieldInfo& info, double value, ReadContext& context) {
  if (!is_outside(info, value)) return true;
  context.add(node.at, literal(node) + " is out of range", expected_form(info),
              percent_hint(node, info, value));
  return false;
}

std::optional<double> read_quantity(const Node& node, const sim::FieldInfo& info, ReadContext& context) {
  if (info.unit != Unit::duration && info.unit != Unit::per_second) {
    if (node.is_number()) {
      return check_size(node, node.number, context) ? std::optional(node.number) : std::nullopt;
    }
    wrong_kind(node, kind_form(info), context, quantity_hint(node, info));
    return {};
  }
  if (!node.is_string()) {
    wrong_kind(node, kind_form(info), context, quantity_hint(node, info));
    return {};
  }
  double value = 0;
  if (!read_seconds_or_rate(node, info.unit, value, context)) return {};
  return value;
}

bool read_value(const Node& node, const sim::FieldInfo& info, double& out, ReadContext& context) {
  const std::optional<double> value = read_quantity(node, info, context);
  if (!value || !check_range(node, info, *value, context)) return false;
  out = *value;
  return true;
}

bool read_value(const Node& node, const sim::FieldInfo&, bool& out, ReadContext& context) {
  if (node.kind != Node::Kind::boolean) {
    const bool is_word = node.is_string() && (node.text == "true" || node.text == "false");
    return wrong_kind(node, "true or false", context, is_word ? "write it without quotes: " + node.text : "");
  }
  out = node.boolean;
  return true;
}

bool read_value(const Node& node, const sim::FieldInfo& info, std::string& out, ReadContext& context) {
  if (!node.is_string()) {
    const bool is_scalar = node.is_number() || node.kind == Node::Kind::boolean;
    const std::string written = node.is_number() ? node.text : describe(node);
    return wrong_kind(node, "a string", context, is_scalar ? "write \"" + visible(written, 40) + "\"" : "");
  }
  if (info.is_required && node.text.empty()) {
    context.add(node.at, "this string must not be empty");
    return false;
  }
  out = node.text;
  return true;
}

bool read_value(const Node& node, const sim::FieldInfo& info, sim::Duration& out, ReadContext& context) {
  // The type says what it is, whatever unit the field names.
  sim::FieldInfo mine = info;
  mine.unit = Unit::duration;
  if (!node.is_string()) return wrong_kind(node, kind_form(mine), context, quantity_hint(node, mine));
  const Parsed<sim::Duration> parsed = parse_duration(node.text);
  if (!parsed.ok()) return malformed(node, form_of(Unit::duration), parsed.error, parsed.hint, context);
  const double seconds = exact_seconds(parsed.value);
  if (!check_length(node, seconds, context) || !check_range(node, mine, seconds, context)) return false;
  out = parsed.value;
  return true;
}

bool read_integer(const Node& node, const sim::FieldInfo& info, std::int64_t lowest, std::int64_t highest,
                  std::int64_t& out, ReadContext& context) {
  const std::string range = range_text(info);
  const std::string form = range.empty() ? "a whole number" : "a whole number " + range;
  if (!node.is_number()) return wrong_kind(node, form, context, quantity_hint(node, info));
  const Parsed<std::int64_t> parsed = parse_integer(node.text);
  if (!parsed.ok()) {
    // 2^63 read as a double is not 2^63 - 1 any more, so nothing is offered beyond what doubles hold exactly.
    const bool is_whole = std::fabs(node.number) < 9e15 && std::floor(node.number) == node.number;
    context.add(node.at, literal(node) + " " + parsed.error, form,
                is_whole ? "write " + std::to_string(static_cast<std::int64_t>(node.number)) : "");
    return false;
  }
  if (parsed.value < lowest || parsed.value > highest) {
    context.add(node.at, literal(node) + " is out of range",
                range.empty()
                    ? "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest)
                    : form);
    return false;
  }
  if (is_outside(info, static_cast<double>(parsed.value))) {
    context.add(node.at, literal(node) + " is out of range", form);
    return false;
  }
  out = parsed.value;
  return true;
}

bool read_name(const Node& node, std::span<const sim::EnumName> names, int& out, ReadContext& context) {
  std::vector<std::string_view> texts;
  for (const sim::EnumName& name : names) texts.push_back(name.text);
  if (!node.is_string()) {
    context.add(node.at, "expected a name, found " + describe(node), "one of: " + list_names(texts));
    return false;
  }
  for (const sim::EnumName& name : names) {
    if (name.text != node.text) continue;
    out = name.value;
    return true;
  }
  context.add(node.at, "unknown name \"" + visible(node.text, 40) + "\"", "one of: " + list_names(texts),
              did_you_mean(node.text, texts));
  return false;
}

void check_members(const Node& object, std::span<const std::string_view> known,
                   std::span<const sim::FieldInfo> missing, ReadContext& context) {
  // A problem with the whole object points at its bracket: underlining all of it would say nothing.
  Place bracket = object.at;
  bracket.end = std::min(bracket.end, bracket.begin + 1);
  for (const sim::FieldInfo& info : missing) {
    const PointerStep step(context, info.name);  // where it would stand: what --set would name
    context.add(bracket, "missing field \"" + std::string(info.name) + "\"",
                "\"" + std::string(info.name) + "\": " + std::string(info.doc));
  }
  for (const Node& member : object.items) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    const PointerStep step(context, member.key);
    context.add(member.key_at, "unknown field \"" + visible(member.key, 40) + "\"",
                known.empty() ? "no fields" : "one of: " + list_names(known),
                did_you_mean(member.key, known));
  }
}

}  // namespace breakglass::scenarios
