// The bar that long work shows on a terminal: how much is done, how fast, how long it will take.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace breakglass::cli {

// One line of at most `width` columns, without a line break:
//   [##########..........]  52%  5,120 of 10,000 worlds  21,300/s  4 s left
// A narrow terminal gets less of it. `expected` at least `done`; the time left is unknown until something is
// done.
std::string progress_line(std::uint64_t done, std::uint64_t expected, double seconds, std::size_t width,
                          std::string_view of = "worlds");

// Draws on standard error. Nothing at all where it is not shown, or in the first 0.3 s; the line is removed
// at the end.
class ProgressBar {
 public:
  ProgressBar(bool is_shown, std::size_t width);
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void draw(std::uint64_t done, std::uint64_t expected, std::string_view of = "worlds");
  void clear();

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::size_t width_;
  bool is_shown_;
  bool is_drawn_ = false;
};

}  // namespace breakglass::cli
