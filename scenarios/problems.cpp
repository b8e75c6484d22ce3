#include "scenarios/problems.hpp"

#include <algorithm>
#include <tuple>

namespace breakglass::scenarios {
int Problems::add_source(std::string name, std::string text, std::int64_t first_line) {
  sources_.push_back({std::move(name), std::move(text), first_line});
  indices_.emplace_back();
  return static_cast<int>(sources_.size()) - 1;
}

void Problems::add(Place place, std::string pointer, std::string what, std::string expected,
                   std::string hint) {
  add_at(place, std::move(what), std::move(expected), std::move(hint));
  if (!kept_.empty() && dropped_ == 0) {
    kept_.back().pointer = std::move(pointer);
    kept_.back().has_pointer = true;
  }
}

void Problems::add_at(Place place, std::string what, std::string expected, std::string hint) {
  if (!keeps_more()) {
    ++dropped_;
    return;
  }
  Problem problem;
  problem.what = std::move(what);
  problem.expected = std::move(expected);
  problem.hint = std::move(hint);
  problem.place = place;
  kept_.push_back(std::move(problem));
}

std::vector<Problem> Problems::resolve(std::size_t limit) const {
  std::vector<const Problem*> sorted;
  for (const Problem& problem : kept_) sorted.push_back(&problem);
  // Stable: of two problems with one value, the first found stays first.
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem* a, const Problem* b) {
    return std::tuple(a->place.source, a->place.begin) < std::tuple(b->place.source, b->place.begin);
  });
  if (sorted.size() > limit) sorted.resize(limit);
  std::vector<Problem> result;
  for (const Problem* problem : sorted) {
    result.push_back(*problem);
    Problem& mine = result.back();
    if (sources_.empty()) continue;
    const auto index = static_cast<std::size_t>(mine.place.source);
    mine.file = sources_[index].name;
    if (mine.place.begin == whole(0).begin) continue;
    const LineColumn at = locate(mine.place);
    mine.line = at.line;
    mine.column = at.column;
  }
  return result;
}

std::vector<std::string> Problems::pointers_since(std::size_t first) const {
  std::vector<std::string> pointers;
  for (std::size_t i = first; i < kept_.size(); ++i) {
    if (kept_[i].has_pointer) pointers.push_back(kept_[i].pointer);
  }
  return pointers;
}

LineColumn Problems::locate(Place place) const {
  const auto index = static_cast<std::size_t>(place.source);
  LineColumn at = indices_[index].locate(sources_[index].text, place.begin);
  at.line += sources_[index].first_line - 1;
  return at;
}

std::string line_and_column(const Problems& problems, Place place) {
  const auto [line, column] = problems.locate(place);
  return (line > 0 ? std::to_string(line) + ":" : "column ") + std::to_string(column);
}

void append_token(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

}  // namespace breakglass::scenarios
