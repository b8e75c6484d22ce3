// Approvals: whom a rule needs, and how long people take to answer a page.
//
// A page is answered after a time that depends on the approver's local hour, or missed; a missed page is
// repeated, to whoever it escalates to, after a time. A rule asks for all, any, or k of its approvers; the
// time to approval is that order statistic of the answer times.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/kernel/civil.hpp"
#include "sim/kernel/distribution.hpp"
#include "sim/kernel/draw.hpp"
#include "sim/kernel/enum_names.hpp"
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

enum class Authority : std::uint8_t { senior_engineer, platform_lead, security_lead, executive };
constexpr std::array kAuthorityNames{EnumName{"senior-engineer", 0}, EnumName{"platform-lead", 1},
                                     EnumName{"security-lead", 2}, EnumName{"executive", 3}};
constexpr std::span<const EnumName> names(Authority) { return kAuthorityNames; }

struct AnswerParams {
  Distribution day{.kind = Distribution::Kind::lognormal, .a = 180, .b = 900, .atoms = {}};     // seconds
  Distribution night{.kind = Distribution::Kind::lognormal, .a = 480, .b = 2400, .atoms = {}};  // seconds
};

struct PersonParams {
  std::string id;
  Authority authority = Authority::senior_engineer;
  std::string timezone;  // "+05:30"; the scenario's when empty
  AnswerParams answer;
  double miss = 0;  // probability that a page goes unanswered
  Duration page_again = std::chrono::minutes{15};
  std::string escalates_to;  // who is paged then; the same person when empty
  std::string night_from = "22:00";
  std::string night_to = "07:00";
};

struct ApprovalParams {
  std::string id;
  std::vector<std::string> all;  // exactly one of the three lists; people or authorities
  std::vector<std::string> any;
  std::vector<std::string> of;
  std::int64_t k = 0;  // how many of `of`
};

template <class V>
void fields(V& visit, AnswerParams& p) {
  visit(field("day", "time to answer a page by day").as(Unit::duration), p.day);
  visit(field("night", "time to answer a page at night").as(Unit::duration), p.night);
}
template <class V>
void fields(V& visit, PersonParams& p) {
  visit(field("id", "the person's name").required(), p.id);
  visit(field("authority", "what the person may approve").required(), p.authority);
  visit(field("timezone", "offset of the person's local time from UTC; the scenario's when absent"),
        p.timezone);
  visit(field("answer", "time to answer a page"), p.answer);
  visit(field("miss", "probability that a page goes unanswered").as(Unit::probability).at_most(0.99), p.miss);
  visit(field("page_again", "after this long an unanswered page is repeated").as(Unit::duration).above(0),
        p.page_again);
  visit(field("escalates_to", "who is paged then; the same person when absent"), p.escalates_to);
  visit(field("night_from", "local time at which the person's night begins"), p.night_from);
  visit(field("night_to", "local time at which it ends"), p.night_to);
}
template <class V>
void fields(V& visit, ApprovalParams& p) {
  visit(field("id", "name of the rule"), p.id);
  visit(field("all", "every one of these must approve"), p.all);
  visit(field("any", "one of these must approve"), p.any);
  visit(field("of", "`k` of these must approve"), p.of);
  visit(field("k", "how many of `of`").at_least(1), p.k);
}

// Whom a rule means by a name: the person of that id, or else the first who has that authority; -1: nobody.
int find_approver(std::span<const PersonParams> people, std::string_view name);

// A person as the simulator pages them.
struct Approver {
  AnswerParams answer;
  double miss = 0;
  Duration page_again{};
  int escalates_to = -1;          // index of a person; -1: the same
  std::int32_t night_from_s = 0;  // seconds of the person's local day
  std::int32_t night_to_s = 0;
  std::int32_t offset_s = 0;  // local time minus UTC
};

struct ApprovalRule {
  std::vector<int> people;  // by index
  int needed = 0;           // how many of them
};

struct ApprovalState {
  Time asked_at = kNever;
  std::uint32_t asked = 0;     // bit i: person i of the rule was paged
  std::uint32_t approved = 0;  // bit i: the page to person i of the rule is answered, by somebody who counts
  std::array<std::int32_t, kMaxPeople> by{};     // who answers, or will: index of a person
  std::array<std::int32_t, kMaxPeople> pages{};  // how many pages it took so far
};

template <class V>
void state_fields(V& visit, ApprovalState& s) {
  visit("asked_at", s.asked_at);
  visit("asked", s.asked);
  visit("approved", s.approved);
  visit("by", s.by);
  visit("pages", s.pages);
}

bool is_night(const Approver& person, const CivilClock& clock, Time now);

struct Answer {
  Time at{};
  int by = 0;     // who answered in the end
  int pages = 1;  // how many pages it took, earlier ones included
};

// When a page sent to `person` at `now` is answered, escalations included, and by whom. Deterministic in its
// address: entity is filled with the person, and the index counts attempt and page.
Answer answer_page(std::span<const Approver> people, int person, const CivilClock& clock, Time now,
                   int attempt, int first_page, Address at);

bool approved(const ApprovalRule& rule, const ApprovalState& state);

}  // namespace breakglass::sim
