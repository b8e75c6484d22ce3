#include "scenarios/fields_doc.hpp"

namespace breakglass::scenarios {
namespace {

// A cell must not end its column or its row, and angle brackets must not become HTML.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') {
      result += "\\|";
    } else if (c == '\n' || c == '\r') {
      result += ' ';
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      result += c;
    }
  }
  return result;
}

std::string code(std::string_view text) {
  if (text.empty()) return {};
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return "`" + result + "`";
}

}  // namespace

std::string markdown_table(const std::vector<FieldRow>& rows) {
  std::string text = "| field | written as | default | meaning |\n|---|---|---|---|\n";
  for (const FieldRow& row : rows) {
    const bool is_value = !row.default_value.empty() && row.default_value != "required";
    std::string defaults = is_value ? code(row.default_value) : row.default_value;
    if (!row.source.empty()) defaults += (defaults.empty() ? "" : " ") + ("(" + cell(row.source) + ")");
    // Names of enumerations come with their own backticks; brackets are only in paths.
    text += "| " + code(row.path) + " | " + cell(row.written_as) + " | " + defaults + " | " + cell(row.doc) +
            " |\n";
  }
  return text;
}

}  // namespace breakglass::scenarios
