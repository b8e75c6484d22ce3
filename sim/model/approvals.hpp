// Approvals: whom a rule needs, how long people take to answer a page, and what they say.
//
// A rule asks for all, any, or k of a list; the list names people, authorities, or other rules, so that rules
// form a graph without cycles of and / k-of-n nodes. A rule may also wait for another (`after`): its people
// are asked once that one is approved. A page is answered after a time that depends on the approver's local
// hour, or missed; a missed page goes, after a time, to whoever it escalates to, and so does a page that
// somebody answers who has no authority over what is asked.
//
// So the time to approval is the longest path of the realised graph: where nothing waits, an order statistic
// of the answer times (all: the last; any: the first; k of n: the k-th), nested as the rules are; along
// `after`, the sum.
//
// Not promised: that a plan made from rules which the scenario reader refuses (cycles, unknown names, nobody
// with an authority) means anything. approval_cycle and its neighbours below find out before.
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
#include "sim/kernel/field.hpp"
#include "sim/kernel/time.hpp"
#include "sim/model/authority.hpp"
#include "sim/model/limits.hpp"

namespace breakglass::sim {

struct AnswerParams {
  Distribution day{.kind = Distribution::Kind::lognormal, .a = 180, .b = 900, .atoms = {}};     // seconds
  Distribution night{.kind = Distribution::Kind::lognormal, .a = 480, .b = 2400, .atoms = {}};  // seconds
};

struct PersonParams {
  std::string id;
  std::string name;  // as the channel shows it; the id when empty
  Authority authority = Authority::senior_engineer;
  std::string timezone;  // "+05:30"; the scenario's when empty
  AnswerParams answer;
  double miss = 0;          // probability that a page goes unanswered
  double declines = 0;      // probability that an answer is a refusal, whatever was asked
  double sees_through = 0;  // probability of refusing when the emergency is not one
  double catches = 0;       // probability of refusing a change because of a regression that it carries
  double impersonated = 0;  // probability that a page is answered with an approval by somebody else's account
  Duration page_again = std::chrono::minutes{15};
  std::string escalates_to;  // who is paged then; the same person when empty
  std::string night_from = "22:00";
  std::string night_to = "07:00";
};

struct ApprovalParams {
  std::string id;
  std::vector<std::string> all;  // exactly one of the three lists; people, authorities, or other rules
  std::vector<std::string> any;
  std::vector<std::string> of;
  std::int64_t k = 0;  // how many of `of`
  std::string after;   // a rule: nobody is asked for this one before that one is approved
};

template <class V>
void fields(V& visit, AnswerParams& p) {
  visit(field("day", "time to answer a page by day").as(Unit::duration), p.day);
  visit(field("night", "time to answer a page at night").as(Unit::duration), p.night);
}
template <class V>
void fields(V& visit, PersonParams& p) {
  visit(field("id", "what rules and other people call the person").required(), p.id);
  visit(field("name", "the person's name as a timeline shows it; the id when absent"), p.name);
  visit(field("authority", "what the person may approve").required(), p.authority);
  visit(field("timezone", "offset of the person's local time from UTC; the scenario's when absent"),
        p.timezone);
  visit(field("answer", "time to answer a page"), p.answer);
  visit(field("miss", "probability that a page goes unanswered").as(Unit::probability).at_most(0.99), p.miss);
  visit(field("declines", "probability that an answer is a refusal").as(Unit::probability), p.declines);
  visit(field("sees_through", "probability of refusing what is not an emergency").as(Unit::probability),
        p.sees_through);
  visit(field("catches", "probability of spotting a regression that the change carries, and refusing it")
            .as(Unit::probability),
        p.catches);
  visit(field("impersonated",
              "probability that a page is answered by an account that is not theirs, with an "
              "approval")
            .as(Unit::probability),
        p.impersonated);
  visit(field("page_again", "after this long an unanswered page is repeated").as(Unit::duration).above(0),
        p.page_again);
  visit(field("escalates_to", "who is paged then; the same person when absent"), p.escalates_to);
  visit(field("night_from", "local time at which the person's night begins"), p.night_from);
  visit(field("night_to", "local time at which it ends"), p.night_to);
}
template <class V>
void fields(V& visit, ApprovalParams& p) {
  visit(field("id", "name of the rule"), p.id);
  visit(field("all", "every one of these people, authorities or other rules must approve"), p.all);
  visit(field("any", "one of these must approve"), p.any);
  visit(field("of", "`k` of these must approve"), p.of);
  visit(field("k", "how many of `of`").at_least(1), p.k);
  visit(field("after", "another rule: nobody is asked for this one before that one is approved"), p.after);
}

// Whom a rule means by a name: the person of that id, or else the first who has that authority; -1: nobody.
int find_approver(std::span<const PersonParams> people, std::string_view name);

// --- The graph
// -----------------------------------------------------------------------------------------------------

// A place in the graph that one person has to fill.
struct ApprovalLeaf {
  int person = -1;                     // who is paged first, by index
  Authority needed = Authority::none;  // what whoever answers must hold
};

// A rule of the graph: approved when the node `after` is, and `needed` of its children are.
struct ApprovalNode {
  int needed = 0;
  int after = -1;           // by index; -1: it waits for none
  std::vector<int> leaves;  // children, by index
  std::vector<int> nodes;
};

// Whom a rule needs, resolved. Nodes stand behind those that they need, so the last is the rule itself.
struct ApprovalPlan {
  std::vector<ApprovalLeaf> leaves;  // at most kMaxPeople
  std::vector<ApprovalNode> nodes;   // at most kMaxRules, and one for `senior`
  bool empty() const { return nodes.empty(); }
};

// The plan of the rule of that name; empty if there is none, or if it needs itself. A rule that is needed in
// two places is one node; a person who is named in two places is two leaves (the reader refuses that: one
// approver counts once). A leaf that names a person needs the authority that the person has.
//
// With `senior` the plan also needs an approval above the rule's own, which is what makes up for bypassing a
// freeze: the first platform lead whom the rule does not name, or else the first such executive; where the
// rule names all of them, the last of them that it names has to approve in any case.
ApprovalPlan plan_approvals(std::span<const ApprovalParams> rules, std::span<const PersonParams> people,
                            std::string_view rule, bool senior = false);

// A cycle among rules, by name, the first repeated at the end: {"a", "b", "a"}. Empty if there is none that
// `rule` can reach.
std::vector<std::string> approval_cycle(std::span<const ApprovalParams> rules,
                                        std::span<const PersonParams> people, std::string_view rule);

struct ApprovalState {
  Time asked_at = kNever;
  std::uint32_t asked = 0;                    // bit i: leaf i was paged
  std::uint32_t approved = 0;                 // bit i: leaf i is approved by somebody who counts
  std::uint32_t refused = 0;                  // bit i: whoever answered for leaf i said no, and that stands
  std::uint32_t impostor = 0;                 // bit i: the answer for leaf i comes from another account
  std::uint32_t missed = 0;                   // bit i: the last page for leaf i goes unanswered
  std::uint32_t called = 0;                   // bit i: asked by telephone, since a false approval was noticed
  std::array<std::int32_t, kMaxPeople> by{};  // whom the last page for leaf i went to: index of a person
  std::array<std::int32_t, kMaxPeople> pages{};  // how many pages were sent so far
};

template <class V>
void state_fields(V& visit, ApprovalState& s) {
  visit("asked_at", s.asked_at);
  visit("asked", s.asked);
  visit("approved", s.approved);
  visit("refused", s.refused);
  visit("impostor", s.impostor);
  visit("missed", s.missed);
  visit("called", s.called);
  visit("by", s.by);
  visit("pages", s.pages);
}

// Bit i: leaf i is to be paged now and was not. A leaf is not paged before what its rules wait for is
// approved, nor once nothing depends on it any more.
std::uint32_t leaves_to_page(const ApprovalPlan& plan, const ApprovalState& state);

enum class Standing : std::uint8_t {
  open,
  approved,
  refused,  // those who refused are needed: it can no longer be approved
};
Standing standing(const ApprovalPlan& plan, const ApprovalState& state);

// --- Pages and answers
// -----------------------------------------------------------------------------------------------------

// A person as the simulator pages them.
struct Approver {
  Authority authority = Authority::none;
  AnswerParams answer;
  double miss = 0;
  double declines = 0;
  double sees_through = 0;
  double catches = 0;
  double impersonated = 0;
  Duration page_again{};
  int escalates_to = -1;          // index of a person; -1: the same
  std::int32_t night_from_s = 0;  // seconds of the person's local day
  std::int32_t night_to_s = 0;
  std::int32_t offset_s = 0;  // local time minus UTC
};

bool is_night(const Approver& person, const CivilClock& clock, Time now);

// After so many pages for one leaf the answer is taken as missed for good; at a miss of 0.99 that is one case
// in ten million.
inline constexpr int kMaxPages = 1600;

// What becomes of one page.
enum class Reply : std::uint8_t {
  missed,             // nobody answers: it is time for the next page
  without_authority,  // answered by somebody who may not approve this, and passes it on
  answered,           // by whom it was sent to
  impostor,           // it is an approval, from an account that is not that person's
};
struct Page {
  Time at{};  // when that is known
  Reply reply = Reply::missed;
};

// One page, the `page`-th for its leaf (counted from 0), sent at `now` to `person`. Whoever answers without
// authority over the leaf has taken their time. Nobody else answers for a person who is called by telephone.
// Deterministic in its address: entity is filled with the
// leaf's person, and the index counts attempt and page.
Page send_page(std::span<const Approver> people, const ApprovalLeaf& leaf, int person,
               const CivilClock& clock, Time now, int attempt, int page, bool called, Address at);

// Who is paged next for the leaf, after a page to `person` that was missed or passed on: whom they escalate
// to; or else the same person again, or, where they have no authority, the leaf's own person.
int next_paged(std::span<const Approver> people, const ApprovalLeaf& leaf, int person, Reply reply);

enum class Saying : std::uint8_t {
  approves,
  sees_through,  // refuses: this is no emergency
  catches,       // refuses: the change has a regression
  declines,      // refuses, for reasons of their own
};

// What somebody says who answers. `real`: the emergency is one; `regression`: the change carries one. A
// refusal is drawn from the answerer and what they were asked, so that a change of one person's habits
// changes nobody else's answer.
Saying say(const Approver& person, int by, bool real, bool regression, int attempt, int page, Address at);

}  // namespace breakglass::sim
