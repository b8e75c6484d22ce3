// How long people take to answer a page, who answers in the end, and what they say.
#include <algorithm>

#include "sim/model/approvals.hpp"
#include "sim/model/questions.hpp"

namespace breakglass::sim {
namespace {

std::uint64_t page_index(int attempt, int page) {
  return static_cast<std::uint64_t>(attempt) * 4096 + static_cast<std::uint64_t>(page);
}

// A question answered with "yes" for small u: raising the probability only adds cases.
bool happens(double probability, Question question, Address at) {
  if (probability <= 0) return false;
  at.question = static_cast<std::uint8_t>(question);
  return uniform(at) < probability;
}

}  // namespace

bool is_night(const Approver& person, const CivilClock& clock, Time now) {
  const CivilClock local{clock.start_unix_s, person.offset_s};
  const std::int32_t second = local_second_of_day(local, now);
  if (person.night_from_s <= person.night_to_s)
    return second >= person.night_from_s && second < person.night_to_s;
  return second >= person.night_from_s || second < person.night_to_s;
}

Page send_page(std::span<const Approver> people, const ApprovalLeaf& leaf, int person,
               const CivilClock& clock, Time now, int attempt, int page, bool called, Address at) {
  const Approver& who = people[static_cast<std::size_t>(person)];
  at.entity = static_cast<std::uint16_t>(leaf.person);
  at.index = page_index(attempt, page);
  const bool impostor = !called && happens(who.impersonated, Question::impostor, at);
  if (!impostor && happens(who.miss, Question::answer_missed, at)) {
    return {now + who.page_again, Reply::missed};
  }
  at.question = static_cast<std::uint8_t>(Question::answer_time);
  const Distribution& time = is_night(who, clock, now) ? who.answer.night : who.answer.day;
  const Time answers = now + from_seconds(std::max(0.0, quantile(time, uniform(at))));
  if (impostor) return {answers, Reply::impostor};
  return {answers, holds(who.authority, leaf.needed) ? Reply::answered : Reply::without_authority};
}

int next_paged(std::span<const Approver> people, const ApprovalLeaf& leaf, int person, Reply reply) {
  const int escalates_to = people[static_cast<std::size_t>(person)].escalates_to;
  if (escalates_to >= 0) return escalates_to;
  return reply == Reply::missed ? person : leaf.person;
}

Saying say(const Approver& person, int by, bool real, bool regression, int attempt, int page, Address at) {
  at.entity = static_cast<std::uint16_t>(by);
  at.index = page_index(attempt, page);
  if (!real && happens(person.sees_through, Question::answer_sees_through, at)) return Saying::sees_through;
  if (regression && happens(person.catches, Question::answer_catches, at)) return Saying::catches;
  return happens(person.declines, Question::answer_declined, at) ? Saying::declines : Saying::approves;
}

}  // namespace breakglass::sim
