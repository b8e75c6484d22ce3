#include <fmt/format.h>

#include "drill/page.hpp"

namespace breakglass::drill {
namespace {

// What would begin something in Markdown is escaped; inside code only a backtick is in the way.
std::string inline_text(const std::string& text) {
  std::string out;
  bool in_code = false;
  for (const char c : text) {
    switch (c) {
      case kCodeBegins:
      case kCodeEnds:
        in_code = c == kCodeBegins;
        out += '`';
        break;
      case kStrongBegins:
      case kStrongEnds: out += "**"; break;
      case '`': out += in_code ? '\'' : '`'; break;
      case '<': out += in_code ? "<" : "\\<"; break;
      case '*':
      case '_': out += in_code ? std::string(1, c) : std::string("\\") + c; break;
      case '|': out += "\\|"; break;  // would end the cell of a table
      case '\n': out += ' '; break;
      default: out += c;
    }
  }
  return out;
}

std::string table_text(const Table& t) {
  std::string out = t.caption.empty() ? "" : inline_text(t.caption) + ":\n\n";
  std::string rule;
  out += "|";
  for (std::size_t c = 0; c < t.headers.size(); ++c) {
    out += " " + inline_text(t.headers[c]) + " |";
    rule += c < t.is_number.size() && t.is_number[c] ? "---:|" : "---|";
  }
  out += "\n|" + rule + "\n";
  for (const auto& row : t.rows) {
    out += "|";
    for (const std::string& cell : row) out += " " + inline_text(cell) + " |";
    out += "\n";
  }
  return out;
}

std::string block_text(const Block& block);

std::string blocks_text(const std::vector<Block>& blocks) {
  std::string out;
  for (const Block& block : blocks) out += (out.empty() ? "" : "\n") + block_text(block);
  return out;
}

std::string block_text(const Block& block) {
  std::string out;
  switch (block.kind) {
    case Block::Kind::heading:
      return std::string(static_cast<std::size_t>(block.level), '#') + " " + inline_text(block.text) + "\n";
    case Block::Kind::paragraph: return inline_text(block.text) + "\n";
    case Block::Kind::list:
      for (const std::string& item : block.items) out += "* " + inline_text(item) + "\n";
      return out;
    case Block::Kind::numbered:
      for (std::size_t i = 0; i < block.items.size(); ++i)
        out += fmt::format("{}. {}\n", i + 1, inline_text(block.items[i]));
      return out;
    case Block::Kind::table: return table_text(block.table);
    case Block::Kind::figure:
      return inline_text(block.figure.description) + "\n\n" + table_text(block.figure.table);
    case Block::Kind::answer: return "#### " + inline_text(block.text) + "\n\n" + blocks_text(block.inside);
    case Block::Kind::rule: return "---\n";
  }
  return out;
}

}  // namespace

// Answers wait for the end of their section, so that the questions are read first.
std::string page_markdown(const Page& page) {
  std::string out, answers;
  const auto close_section = [&] {
    if (!answers.empty()) out += "\n### Answers\n" + answers;
    answers.clear();
  };
  for (const Block& block : page.blocks) {
    if (block.kind == Block::Kind::answer) {
      answers += "\n" + block_text(block);
      continue;
    }
    if (block.kind == Block::Kind::heading && block.level <= 2) close_section();
    out += (out.empty() ? "" : "\n") + block_text(block);
  }
  close_section();
  return out;
}

}  // namespace breakglass::drill
