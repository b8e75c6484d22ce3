// Whether a screen can be read, by the texts that were drawn on it; and a small generator of clicks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/canvas.hpp"
#include "viz/ui.hpp"

namespace breakglass::viz {

// A small generator for clicks and keys: what comes out matters little, that it repeats matters.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  int below(int n) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(n));
  }

 private:
  std::uint64_t state_;
};

// Every text that is cut off, or printed over another; empty if all can be read.
std::vector<std::string> unreadable(const std::vector<TextMark>& marks);

bool shows(const std::vector<TextMark>& marks, const std::string& text);

// Labels that two items share: the focus and a test could not tell them apart.
std::vector<std::string> duplicates(const std::vector<ItemMark>& items);

}  // namespace breakglass::viz
