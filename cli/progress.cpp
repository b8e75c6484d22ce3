#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/console.hpp"
#include "cli/numbers.hpp"

namespace breakglass::cli {
namespace {

constexpr std::size_t kBar = 20;
constexpr double kSilentSeconds = 0.3;  // what is done by then needs no bar

}  // namespace

std::string progress_line(std::uint64_t done, std::uint64_t expected, double seconds, std::size_t width,
                          std::string_view of) {
  const double share =
      expected == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(expected));
  const auto full = static_cast<std::size_t>(share * kBar);
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  std::vector<std::string> parts{fmt::format("{:3.0f}%", std::floor(100 * share)),
                                 fmt::format("{} of {} {}", grouped(done), grouped(expected), of)};
  if (rate > 0) {
    parts.push_back(amount(rate, 3) + "/s");
    parts.push_back(in_words(static_cast<double>(expected - std::min(done, expected)) / rate) + " left");
  }
  std::string line = "[" + std::string(full, '#') + std::string(kBar - full, '.') + "]";
  if (line.size() + 2 + parts[0].size() > width) line.clear();
  for (const std::string& part : parts) {
    const std::string next = line.empty() ? part : line + "  " + part;
    if (next.size() > width) break;
    line = next;
  }
  return line;
}

ProgressBar::ProgressBar(bool is_shown, std::size_t width) : width_(width), is_shown_(is_shown) {}

void ProgressBar::draw(std::uint64_t done, std::uint64_t expected, std::string_view of) {
  if (!is_shown_) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (seconds < kSilentSeconds) return;
  write_stderr("\r" + progress_line(done, expected, seconds, width_ - 1, of) + "\x1b[K");
  is_drawn_ = true;
}

void ProgressBar::clear() {
  if (is_drawn_) write_stderr("\r\x1b[K");
  is_drawn_ = false;
}

}  // namespace breakglass::cli
