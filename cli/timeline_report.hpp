// One world as a person reads it: a timeline, what it came to, and the ticket that shows it again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/estimate/outcome.hpp"
#include "analysis/timeline.hpp"
#include "cli/console.hpp"

namespace breakglass::cli {

// What a Timeline does not know. Texts need not be safe for a terminal yet.
struct TimelineAbout {
  std::string title;
  std::string scenario;  // its id
  std::string category;
  std::string start;  // "Wed 2026-03-04 22:00 +05:30"
  std::string hash;
  std::string strategy;  // its id
  std::string strategy_title;
  std::string harm_unit;
  double horizon_s = 0;
  bool has_deadline = false;
  bool has_users = false;  // people are modelled, and can be counted
  bool hindsight = false;  // what really happened is told; otherwise what was known
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::vector<std::string> changes;
  std::string replay;
};

std::string timeline_report(const analysis::Timeline& timeline, const TimelineAbout& about,
                            const Console& console);

// The same as one JSON object: program, scenario, seed, replication, whether it is told in hindsight, the
// lines
// ("timeline": at_s since the page, clock, kind, text, belief or null, harm so far as it really was, and as
// people reckoned it then), what was known in the end ("known": the harm as reckoned, when the resolution was
// verified and a regression found, or null), and the outcome ("metrics" with unit and value, null for a time
// that did not happen by the horizon; "events", true or false). What nobody could know then is null without
// hindsight: every line's `harm`, the metrics of harm, users and requests on a regression and the time when
// harm stopped, and all events but rolled_back, rollback_failed, full_within_2h and approval_refused. With a
// final line break.
std::string timeline_json(const analysis::Timeline& timeline, const TimelineAbout& about);

}  // namespace breakglass::cli
