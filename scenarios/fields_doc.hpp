// The documentation of a parameter struct as a Markdown table, from the same list of fields: path, how it is
// written with its range, default with its source, meaning.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/read_values.hpp"
#include "scenarios/schema.hpp"
#include "scenarios/shapes.hpp"
#include "scenarios/writer.hpp"

namespace breakglass::scenarios {

struct FieldRow {
  std::string path;           // "traffic.entry.<id>.rate", "signals[].kind"
  std::string written_as;     // "rate such as "40/s", above 0"
  std::string default_value;  // "required", "" for none, or JSON
  std::string source;         // of the default
  std::string doc;
};

// The rows as a Markdown table with a heading row.
std::string markdown_table(const std::vector<FieldRow>& rows);

namespace detail {

struct DocVisitor {
  std::vector<FieldRow>& rows;
  std::string prefix;
  TypeStack& stack;
  bool id_is_key = false;

  template <class T>
  void operator()(const sim::FieldInfo& info, T& member) {
    if (id_is_key && info.name == "id") return;
    const std::string path = prefix + std::string(info.name);
    rows.push_back({path, written_as<T>(info), default_of(info, member), std::string(info.default_source),
                    std::string(info.doc)});
    descend<T>(info, path);
  }

  template <class T>
  static std::string default_of(const sim::FieldInfo& info, T& member) {
    if (info.is_required) return "required";
    if constexpr (HasFields<T> || kIsOptional<T>) {
      return {};
    } else {
      Writer writer(WriteOptions{}, false);
      writer(info, member);
      if (writer.members.empty() || !writer.members.front().is_valid) return {};
      std::string text = print_json(writer.members.front().node, 10'000);
      text.pop_back();
      return text;
    }
  }

  template <class T>
  static std::string written_as(const sim::FieldInfo& info) {
    if constexpr (std::same_as<T, bool>) {
      return "true or false";
    } else if constexpr (std::same_as<T, double>) {
      return expected_form(info);
    } else if constexpr (WholeNumber<T>) {
      const std::string range = range_text(info);
      return range.empty() ? "a whole number" : "a whole number " + range;
    } else if constexpr (std::same_as<T, std::string>) {
      return "a string";
    } else if constexpr (std::same_as<T, sim::Duration>) {
      return expected_form(info.unit == sim::Unit::duration ? info : info.as(sim::Unit::duration));
    } else if constexpr (std::same_as<T, sim::Distribution>) {
      return expected_form(info) + ", or a distribution";
    } else if constexpr (NamedEnum<T>) {
      std::string text;
      for (const sim::EnumName& name : names(T{})) {
        text += (text.empty() ? "" : ", ") + std::string("`") + std::string(name.text) + "`";
      }
      return text;
    } else if constexpr (HasTextForm<T>) {
      return std::string(TextForm<T>::kExpected);
    } else if constexpr (kIsOptional<T>) {
      return written_as<typename T::value_type>(info);
    } else if constexpr (kIsArray<T>) {
      return "a list of " + std::to_string(std::tuple_size_v<T>) + ", each " +
             written_as<typename T::value_type>(info);
    } else if constexpr (kIsVector<T>) {
      return (info.is_keyed ? "an object by id, each " : "a list, each ") +
             written_as<typename T::value_type>(info);
    } else {
      return "an object";
    }
  }

  template <class T>
  void descend(const sim::FieldInfo& info, const std::string& path) {
    if constexpr (kIsOptional<T>) {
      descend<typename T::value_type>(info, path);
    } else if constexpr (kIsVector<T> || kIsArray<T>) {
      descend_into<typename T::value_type>(path + (info.is_keyed ? ".<id>" : "[]"), info.is_keyed);
    } else {
      descend_into<T>(path, false);
    }
  }

  template <class T>
  void descend_into(const std::string& path, bool under_id) {
    if constexpr (HasFields<T>) {
      if (std::find(stack.begin(), stack.end(), &kTypeMark<T>) != stack.end()) return;
      stack.push_back(&kTypeMark<T>);
      T value{};
      DocVisitor inner{rows, path + ".", stack, under_id};
      fields(inner, value);
      stack.pop_back();
    }
  }
};

}  // namespace detail

template <HasFields T>
std::vector<FieldRow> field_rows() {
  std::vector<FieldRow> rows;
  detail::TypeStack stack;
  T value{};
  detail::DocVisitor visitor{rows, {}, stack};
  fields(visitor, value);
  return rows;
}

template <HasFields T>
std::string fields_markdown() {
  return markdown_table(field_rows<T>());
}

}  // namespace breakglass::scenarios
