#include "cli/layout.hpp"

#include <algorithm>

#include "scenarios/visible.hpp"

namespace breakglass::cli {
namespace {

constexpr std::size_t kGap = 2;  // blanks between columns

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

struct Layout {
  std::vector<std::vector<std::string>> heads;
  std::vector<std::size_t> widths;
  std::size_t head_lines = 0;
};

Layout measure(const Table& table) {
  Layout layout;
  for (const Column& column : table.columns) {
    layout.heads.push_back(lines_of(column.head));
    layout.head_lines = std::max(layout.head_lines, layout.heads.back().size());
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t width = 0;
    for (const std::string& line : layout.heads[c]) width = std::max(width, scenarios::display_width(line));
    for (const auto& row : table.rows) width = std::max(width, scenarios::display_width(row[c].text));
    layout.widths.push_back(width);
  }
  return layout;
}

std::size_t width_of(const Layout& layout, std::size_t first, std::size_t end) {
  std::size_t width = layout.widths[0];
  for (std::size_t c = first; c < end; ++c) width += kGap + layout.widths[c];
  return width;
}

// Where each part of a cut table ends: as few parts as possible, then as even as possible.
std::vector<std::size_t> cuts(const Layout& layout, std::size_t width) {
  const std::size_t columns = layout.widths.size();
  std::vector<std::size_t> greedy;
  for (std::size_t first = 1; first < columns;) {
    std::size_t end = first + 1;
    while (end < columns && width_of(layout, first, end + 1) <= width) ++end;
    greedy.push_back(end);
    first = end;
  }
  if (greedy.size() < 2) return greedy;
  std::vector<std::size_t> even;
  const std::size_t share = (columns - 1 + greedy.size() - 1) / greedy.size();
  for (std::size_t first = 1; first < columns; first += share) {
    const std::size_t end = std::min(columns, first + share);
    if (width_of(layout, first, end) > width) return greedy;
    even.push_back(end);
  }
  return even;
}

void trim_end(std::string& text) {
  while (text.ends_with(' ')) text.pop_back();
}

std::string aligned(const Cell& cell, std::size_t width, Align align, bool colour) {
  const std::size_t used = scenarios::display_width(cell.text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  const std::string text = toned(cell.text, cell.tone, colour);
  return align == Align::left ? text + blanks : blanks + text;
}

class Printer {
 public:
  Printer(const Table& table, const Layout& layout, bool colour)
      : table_(table), layout_(layout), colour_(colour) {}

  void part(std::size_t first, std::size_t end, std::string& out) const {
    for (std::size_t line = 0; line < layout_.head_lines; ++line) {
      row(first, end, out, [&](std::size_t c) { return head(c, line); });
    }
    for (const auto& cells : table_.rows) {
      row(first, end, out, [&](std::size_t c) { return cells[c]; });
    }
  }

 private:
  // Heads stand at the bottom of their space, next to the numbers.
  Cell head(std::size_t c, std::size_t line) const {
    const auto& lines = layout_.heads[c];
    const std::size_t above = layout_.head_lines - lines.size();
    return {line < above ? std::string() : lines[line - above], Tone::dim};
  }

  template <class CellAt>
  void row(std::size_t first, std::size_t end, std::string& out, CellAt cell_at) const {
    std::string text = aligned(cell_at(0), layout_.widths[0], table_.columns[0].align, colour_);
    for (std::size_t c = first; c < end; ++c) {
      text += std::string(kGap, ' ');
      text += aligned(cell_at(c), layout_.widths[c], table_.columns[c].align, colour_);
    }
    trim_end(text);
    out += text + '\n';
  }

  const Table& table_;
  const Layout& layout_;
  bool colour_;
};

// The longest beginning of `word` that fits, in bytes; at least one character.
std::size_t fitting(std::string_view word, std::size_t width) {
  std::size_t end = 0;
  while (end < word.size()) {
    const std::size_t next = end + scenarios::decode(word, end).bytes;
    if (end > 0 && scenarios::display_width(word.substr(0, next)) > width) break;
    end = next;
  }
  return end;
}

void wrap_line(std::string_view text, std::size_t width, std::vector<std::string>& lines) {
  std::string line;
  std::size_t used = 0;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    std::size_t length = scenarios::display_width(word);
    if (used > 0 && used + 1 + length > width) {
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    while (length > width) {
      const std::size_t part = fitting(word, width);
      lines.emplace_back(word.substr(0, part));
      word.remove_prefix(part);
      length = scenarios::display_width(word);
    }
    if (used > 0) line += ' ';
    line += word;
    used = scenarios::display_width(line);
  }
  lines.push_back(std::move(line));
}

}  // namespace

std::string print_table(const Table& table, std::size_t width, bool colour) {
  const Layout layout = measure(table);
  const Printer printer(table, layout, colour);
  std::string out;
  std::size_t first = 1;
  for (const std::size_t end : cuts(layout, width)) {
    if (first > 1) out += '\n';
    printer.part(first, end, out);
    first = end;
  }
  return out;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  for (const std::string& line : lines_of(text)) wrap_line(line, width, lines);
  return lines;
}

std::string hanging(std::string_view lead, std::string_view text, std::size_t width) {
  const std::size_t indent = scenarios::display_width(lead);
  const std::vector<std::string> lines = wrap(text, std::max(width, indent + 12) - indent);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = (i == 0 ? std::string(lead) : std::string(indent, ' ')) + lines[i];
    trim_end(line);
    out += line + '\n';
  }
  return out;
}

std::string padded(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = scenarios::display_width(text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  return align == Align::left ? std::string(text) + blanks : blanks + std::string(text);
}

}  // namespace breakglass::cli
