#include "drill/pace.hpp"

#include <algorithm>
#include <cmath>

#include "drill/valuing.hpp"

namespace breakglass::drill {
namespace {

// What a frame may make up for: a window that was dragged or a machine that slept loses time, not the drill.
constexpr double kLongestGap_s = 0.25;

}  // namespace

bool pass(Drill& drill, Pace& pace, double real_s) {
  if (pace.paused || is_over(drill)) return false;
  pace.left_s += std::clamp(real_s, 0.0, kLongestGap_s) * pace.speed;
  const double whole = std::floor(pace.left_s);
  if (whole < 1) return false;
  pace.left_s -= whole;
  const std::size_t told = drill.told.size();
  const sim::Time target = drill.world.now + std::chrono::seconds{static_cast<std::int64_t>(whole)};
  wait_for_news(drill, target);
  const bool is_early = drill.world.now < target;  // something happened, or somebody said something
  if (!is_early && drill.told.size() == told) return false;
  pace.left_s = 0;
  pace.speed = kSpeeds[0];
  return true;
}

void wait_for_decision(Drill& drill) {
  const sim::Time end = sim::horizon(drill.scenario());
  while (!is_over(drill)) {
    const std::size_t seen = drill.reasons.size();
    wait_for_news(drill, end);
    if (std::any_of(drill.reasons.begin() + static_cast<std::ptrdiff_t>(seen), drill.reasons.end(),
                    [](const sim::Reason& r) { return asks_for_decision(r.kind, false); }))
      return;
  }
}

}  // namespace breakglass::drill
