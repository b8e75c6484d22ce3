#include "scenarios/nearest.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace breakglass::scenarios {
namespace {

constexpr std::size_t kLongest = 64;

std::string folded(std::string_view word) {
  std::string result(word.substr(0, kLongest));
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return result;
}

// The one candidate that the word begins, if it is the only one.
std::string_view completed(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string start = folded(word);
  if (start.size() < 3) return {};
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (!folded(candidate).starts_with(start)) continue;
    if (!found.empty()) return {};
    found = candidate;
  }
  return found;
}

}  // namespace

std::size_t edit_distance(std::string_view first, std::string_view second) {
  const std::string a = folded(first);
  const std::string b = folded(second);
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty()) return {};
  std::string_view best;
  std::size_t best_distance = kLongest + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::min(std::max(word.size(), candidate.size()), kLongest);
    const std::size_t distance = edit_distance(word, candidate);
    // A word of one or two letters has nothing in common with one that differs by a letter, but for its case.
    const std::size_t allowed = longer <= 2 ? longer - 1 : std::max<std::size_t>(1, longer / 3);
    if (distance <= allowed && distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best.empty() ? completed(word, candidates) : best;
}

std::string_view nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return nearest(word, views);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view near = nearest(word, candidates);
  return near.empty() ? std::string() : "did you mean \"" + std::string(near) + "\"?";
}

std::string list_names(std::span<const std::string_view> names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (names.size() > most) text += ", ... (" + std::to_string(names.size()) + " in all)";
  return text;
}

}  // namespace breakglass::scenarios
