// How problems look on a terminal: the source line cut around the caret, and what goes beside it.
#include <algorithm>
#include <set>

#include "scenarios/problems.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::scenarios {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kTab = 4;
constexpr std::string_view kDots = "...";

// One code point of a line as shown: tabs as spaces, dangerous characters spelled.
struct Cell {
  std::string text;
  std::size_t width = 0;
};

struct Excerpt {
  std::vector<Cell> cells;
  std::size_t marked_from = 0;  // index of the cell under the caret; cells.size() behind the last
  std::size_t marked_to = 0;
  bool cut_left = false;
  bool cut_right = false;
};

// More bytes than a screen line can need on either side of the caret, so that a line of megabytes costs
// nothing.
constexpr std::size_t kReach = 800;

// Where the excerpt begins: the line's start, or a character boundary not too far before the caret.
std::size_t excerpt_start(std::string_view text, std::size_t at, bool& cut) {
  std::size_t start = at;
  while (start > 0 && at - start < kReach && !ends_line(text, start - 1)) --start;
  cut = start > 0 && !ends_line(text, start - 1);
  if (start == 0 && text.starts_with("\xEF\xBB\xBF") && at >= 3) start = 3;
  // Do not start inside a character.
  while (cut && start < at && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) ++start;
  return start;
}

Excerpt take_excerpt(std::string_view text, Place place) {
  Excerpt excerpt;
  const std::size_t begin = std::min<std::size_t>(place.begin, text.size());
  std::size_t column = 0;
  std::size_t i = excerpt_start(text, begin, excerpt.cut_left);
  bool has_from = false;
  for (; i < text.size() && !ends_line(text, i) && text[i] != '\r';) {
    if (i >= begin + kReach) {
      excerpt.cut_right = true;
      break;
    }
    if (i >= begin && !has_from) {
      excerpt.marked_from = excerpt.cells.size();
      has_from = true;
    }
    if (i < place.end) excerpt.marked_to = excerpt.cells.size() + 1;
    const CodePoint c = decode(text, i);
    Cell cell;
    cell.text = text[i] == '\t' ? std::string(kTab - column % kTab, ' ') : visible_code_point(text, i, c);
    cell.width = display_width(cell.text);
    column += cell.width;
    excerpt.cells.push_back(std::move(cell));
    i += c.bytes;
  }
  if (!has_from) excerpt.marked_from = excerpt.cells.size();
  excerpt.marked_to = std::max(excerpt.marked_to, excerpt.marked_from + 1);
  return excerpt;
}

std::size_t width_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < std::min(to, cells.size()); ++i) width += cells[i].width;
  return width;
}

// Which cells fit the width with the caret in view: all, or a stretch around the marked ones.
std::pair<std::size_t, std::size_t> window(const Excerpt& e, std::size_t room) {
  const std::size_t all = e.cells.size();
  const std::size_t edge = kDots.size();
  if (width_of(e.cells, 0, all) + (e.cut_left ? edge : 0) + (e.cut_right ? edge : 0) <= room) return {0, all};
  const std::size_t inner = room - 2 * edge;
  const std::size_t marked = std::min(width_of(e.cells, e.marked_from, e.marked_to), inner / 2);
  std::size_t left = e.marked_from;
  std::size_t before = 0;
  // A third of the free room before the caret; the reader needs to see more of what comes than of what was.
  while (left > 0 && before + e.cells[left - 1].width <= (inner - marked) * 2 / 3)
    before += e.cells[--left].width;
  std::size_t right = left;
  std::size_t used = 0;
  while (right < all && used + e.cells[right].width <= inner) used += e.cells[right++].width;
  while (left > 0 && used + e.cells[left - 1].width <= inner) used += e.cells[--left].width;
  return {left, right};
}

struct SourceLine {
  std::string text;
  std::string marks;
};

SourceLine source_line(const SourceText& source, Place place, std::size_t room) {
  const Excerpt e = take_excerpt(source.text, place);
  const auto [left, right] = window(e, room);
  SourceLine line;
  if (left > 0 || e.cut_left) line.text += kDots;
  std::size_t indent = line.text.size() + width_of(e.cells, left, e.marked_from);
  for (std::size_t i = left; i < right; ++i) line.text += e.cells[i].text;
  if (right < e.cells.size() || e.cut_right) line.text += kDots;
  const std::size_t marked =
      std::max<std::size_t>(1, width_of(e.cells, e.marked_from, std::min(e.marked_to, right)));
  line.marks = std::string(indent, ' ') + "^" + std::string(marked - 1, '~');
  return line;
}

std::string headline(const Problem& p) {
  std::string text = visible(p.file, 200);
  if (p.line > 0) text += ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
  return text + ": error: " + visible(p.what, 400) + "\n";
}

std::string note(const Problem& p) {
  std::string text;
  if (p.has_pointer) text = p.pointer.empty() ? "at the top level" : "at " + visible(p.pointer, 200);
  if (!p.expected.empty()) text += (text.empty() ? "expected " : "; expected ") + visible(p.expected, 2000);
  return text;
}

// A note behind the gutter, broken at spaces so that it keeps to the screen; words are never cut.
std::string wrapped(const std::string& gutter, const std::string& text) {
  const std::size_t room = kColumns - gutter.size() - 2;
  std::string result = gutter + "= ";
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t width = display_width(word);
    if (used > 0 && used + 1 + width > room) {
      result += "\n" + gutter + "  ";
      used = 0;
    } else if (at > 0) {
      result += ' ';
      ++used;
    }
    result += word;
    used += width;
    at = end + 1;
  }
  return result + "\n";
}

std::string shown(const Problems& problems, const Problem& p) {
  std::string text = headline(p);
  std::string gutter = "      ";
  if (p.place.begin != whole(0).begin) {
    const SourceText& source = problems.source(p.place.source);
    std::string number = p.line > 0 ? std::to_string(p.line) : "";
    if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
    gutter.assign(number.size() + 1, ' ');
    const SourceLine line = source_line(source, p.place, kColumns - number.size() - 3);
    text += number + " | " + line.text + "\n";
    text += gutter + "| " + line.marks + "\n";
  }
  const std::string where = note(p);
  if (!where.empty()) text += wrapped(gutter, where);
  if (!p.hint.empty()) text += wrapped(gutter, visible(p.hint, 400));
  return text + "\n";
}

std::string plural(std::size_t n) { return std::to_string(n) + (n == 1 ? " problem" : " problems"); }

}  // namespace

std::string render(const Problems& problems, std::size_t max_shown) {
  if (problems.empty()) return {};
  const std::vector<Problem> list = problems.resolve();
  std::string text;
  std::vector<std::string> files;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i < max_shown) text += shown(problems, list[i]);
    if (std::find(files.begin(), files.end(), list[i].file) == files.end()) files.push_back(list[i].file);
  }
  if (problems.count() > max_shown) {
    text += "... and " + std::to_string(problems.count() - max_shown) + " more\n";
  }
  text += plural(problems.count());
  for (std::size_t i = 0; i < std::min<std::size_t>(files.size(), 3); ++i) {
    text += (i == 0 ? " in " : ", ") + visible(files[i], 200);
  }
  if (files.size() > 3) text += ", ...";
  return text + "\n";
}

}  // namespace breakglass::scenarios
