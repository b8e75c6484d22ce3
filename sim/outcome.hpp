// What one world came to.
#pragma once

#include <array>
#include <cstdint>

#include "sim/kernel/time.hpp"

namespace breakglass::sim {

// Things that happened, as bits.
enum class Flag : std::uint32_t {
  regression_present = 1,       // a change that carries a regression served traffic
  regression_reached_full = 2,  // ... at full weight
  rolled_back = 4,              // a rollback was begun
  rolled_back_clean = 8,        // ... of a change that carries no regression
  rollback_failed = 16,         // a try of a rollback failed
  deadline_missed = 32,
  harm_stopped = 64,  // by the horizon
  shipped_unapproved =
      128,  // the change met traffic although its approval was refused, or was not its approver's
  approval_refused = 256,  // the approvers refused at least once
  false_alarm = 512,       // the emergency was not what it seemed to be
};

struct Outcome {
  std::array<double, 5> harm{};  // by HarmSource, in the scenario's unit
  double users_harmed = 0;
  double requests_on_regression = 0;
  Time shipped_at = kNever;       // first request on the change
  Time full_at = kNever;          // first at full weight
  Time harm_stopped_at = kNever;  // the expected harm rate stays below 5% of what it was at the page
  Time closed_at = kNever;        // resolution verified, bypassed gates run, postmortem held
  std::uint32_t flags = 0;

  bool has(Flag flag) const { return (flags & static_cast<std::uint32_t>(flag)) != 0; }
};

// Of all sources.
inline double total_harm(const Outcome& outcome) {
  double sum = 0;
  for (const double harm : outcome.harm) sum += harm;
  return sum;
}

}  // namespace breakglass::sim
