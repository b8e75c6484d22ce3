#include "tests/viz/readable_support.hpp"

#include <algorithm>
#include <set>

namespace breakglass::viz {
namespace {

bool crosses(const plot::Box& a, const plot::Box& b) {
  return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
}

bool clipped(const TextMark& m) {
  const bool sideways = m.box.left < m.clip.left - 1 || m.box.right > m.clip.right + 1;
  const bool upright = m.box.top < m.clip.top - 1 || m.box.bottom > m.clip.bottom + 1;
  return sideways || (upright && !m.scrolled);
}

}  // namespace

std::vector<std::string> unreadable(const std::vector<TextMark>& marks) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (clipped(marks[i])) out.push_back("cut off: " + marks[i].text);
    for (std::size_t j = 0; j < i; ++j) {
      if (marks[i].scrolled == marks[j].scrolled && crosses(marks[i].box, marks[j].box)) {
        out.push_back(marks[j].text + " | under | " + marks[i].text);
      }
    }
  }
  return out;
}

bool shows(const std::vector<TextMark>& marks, const std::string& text) {
  return std::any_of(marks.begin(), marks.end(),
                     [&](const TextMark& m) { return m.text.find(text) != std::string::npos; });
}

std::vector<std::string> duplicates(const std::vector<ItemMark>& items) {
  std::set<std::string> seen;
  std::vector<std::string> out;
  for (const ItemMark& item : items) {
    if (!seen.insert(item.label).second) out.push_back(item.label);
  }
  return out;
}

}  // namespace breakglass::viz
