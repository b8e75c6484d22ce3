#include "sim/model/approvals.hpp"

#include <algorithm>
#include <bit>

#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

// After so many pages the answer is taken as missed for good; at a miss of 0.99 that is one case in ten
// million.
constexpr int kMaxPages = 1600;

}  // namespace

int find_approver(std::span<const PersonParams> people, std::string_view name) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].id == name) return static_cast<int>(i);
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (name_of(people[i].authority) == name) return static_cast<int>(i);
  }
  return -1;
}

bool is_night(const Approver& person, const CivilClock& clock, Time now) {
  const CivilClock local{clock.start_unix_s, person.offset_s};
  const std::int32_t second = local_second_of_day(local, now);
  if (person.night_from_s <= person.night_to_s)
    return second >= person.night_from_s && second < person.night_to_s;
  return second >= person.night_from_s || second < person.night_to_s;
}

Answer answer_page(std::span<const Approver> people, int person, const CivilClock& clock, Time now,
                   int attempt, int first_page, Address at) {
  const auto asked = static_cast<std::uint16_t>(person);
  int current = person;
  for (int page = first_page; page < kMaxPages && now < kFarthest; ++page) {
    const Approver& who = people[static_cast<std::size_t>(current)];
    at.entity = asked;
    at.index = static_cast<std::uint64_t>(attempt) * 4096 + static_cast<std::uint64_t>(page);
    at.question = static_cast<std::uint8_t>(Question::answer_missed);
    // A question answered with "missed" for small u: raising the probability only adds misses.
    const bool missed = uniform(at) < who.miss;
    if (!missed) {
      at.question = static_cast<std::uint8_t>(Question::answer_time);
      const Distribution& time = is_night(who, clock, now) ? who.answer.night : who.answer.day;
      const double seconds = std::max(0.0, quantile(time, uniform(at)));
      return {now + from_seconds(seconds), current, page + 1};
    }
    now += who.page_again;
    if (who.escalates_to >= 0) current = who.escalates_to;
  }
  return {kNever, current, kMaxPages};
}

bool approved(const ApprovalRule& rule, const ApprovalState& state) {
  return std::popcount(state.approved) >= rule.needed;
}

}  // namespace breakglass::sim
