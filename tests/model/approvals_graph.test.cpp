#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <optional>

#include "sim/kernel/draw.hpp"
#include "sim/model/approvals.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using sim::ApprovalParams;
using sim::ApprovalPlan;
using sim::ApprovalState;
using sim::Authority;
using sim::PersonParams;
using sim::Standing;

namespace {

std::vector<PersonParams> people(int count) {
  std::vector<PersonParams> list(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) list[static_cast<std::size_t>(i)].id = "p" + std::to_string(i);
  return list;
}

ApprovalParams rule(const std::string& id, std::vector<std::string> of, std::int64_t k,
                    const std::string& after = {}) {
  return {id, {}, {}, std::move(of), k, after};
}

// The definition itself, by recursion on names, with none of the plan's shortcuts.
struct BruteForce {
  const std::vector<ApprovalParams>& rules;
  const std::map<std::string, bool>& said_yes;

  bool approved(const std::string& name) const {
    const auto person = said_yes.find(name);
    if (person != said_yes.end()) return person->second;
    const auto r = std::find_if(rules.begin(), rules.end(), [&](const auto& x) { return x.id == name; });
    if (!r->after.empty() && !approved(r->after)) return false;
    std::int64_t count = 0;
    for (const auto& child : r->of) count += approved(child) ? 1 : 0;
    return count >= r->k;
  }
};

// A random graph: rules over people of their own and over rules that stand before them, some waiting.
struct RandomGraph {
  std::vector<ApprovalParams> rules;
  int people = 0;

  RandomGraph(std::uint64_t seed, int most_rules) {
    sim::Stream draws(sim::Address{.seed = seed});
    const auto below = [&](int n) { return static_cast<int>(draws.uniform() * n); };
    const int count = 1 + below(most_rules);
    for (int r = 0; r < count; ++r) {
      ApprovalParams made = rule("r" + std::to_string(r), {}, 0);
      const int own = people < 9 ? below(3) + (r == 0 ? 1 : 0) : 0;
      for (int i = 0; i < own; ++i) made.of.push_back("p" + std::to_string(people++));
      for (int other = 0; other < r; ++other) {
        if (below(2) == 0) made.of.push_back("r" + std::to_string(other));
      }
      if (made.of.empty()) made.of.push_back("r" + std::to_string(below(r)));
      made.k = 1 + below(static_cast<int>(made.of.size()));
      if (r > 0 && below(3) == 0) made.after = "r" + std::to_string(below(r));
      rules.push_back(made);
    }
  }
  std::string root() const { return rules.back().id; }
};

// Every leaf of the plan by its person's name.
std::map<std::string, bool> answers(const ApprovalPlan& plan, std::uint32_t yes, int people) {
  std::map<std::string, bool> said;
  for (int i = 0; i < people; ++i) said["p" + std::to_string(i)] = false;
  for (std::size_t i = 0; i < plan.leaves.size(); ++i) {
    said["p" + std::to_string(plan.leaves[i].person)] = (yes >> i & 1U) != 0;
  }
  return said;
}

Standing brute_force(const RandomGraph& graph, const ApprovalPlan& plan, std::uint32_t yes,
                     std::uint32_t no) {
  if (BruteForce{graph.rules, answers(plan, yes, graph.people)}.approved(graph.root()))
    return Standing::approved;
  const bool can = BruteForce{graph.rules, answers(plan, ~no, graph.people)}.approved(graph.root());
  return can ? Standing::open : Standing::refused;
}

// All ways in which the leaves may have answered: not yet, yes, no. Returns how many stand as the definition
// says and how many do not.
std::pair<int, int> compare_all(const RandomGraph& graph, bool sabotage) {
  const auto who = people(graph.people);
  ApprovalPlan plan = sim::plan_approvals(graph.rules, who, graph.root());
  if (sabotage) {
    for (auto& node : plan.nodes) node.after = -1;
  }
  const auto leaves = static_cast<int>(plan.leaves.size());
  int ways = 1;
  for (int i = 0; i < leaves; ++i) ways *= 3;
  std::pair<int, int> count{};
  const int stride = std::max(1, ways / 400);
  for (int way = 0; way < ways; way += stride) {
    ApprovalState state;
    for (int i = 0, rest = way; i < leaves; ++i, rest /= 3) {
      if (rest % 3 == 1) state.approved |= 1U << i;
      if (rest % 3 == 2) state.refused |= 1U << i;
    }
    const bool same = sim::standing(plan, state) == brute_force(graph, plan, state.approved, state.refused);
    ++(same ? count.first : count.second);
  }
  return count;
}

}  // namespace

TEST_CASE("An approval stands as the definition says, for random graphs and every way of answering") {
  int right = 0, wrong = 0, caught = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const RandomGraph graph(seed, 6);
    const auto [same, different] = compare_all(graph, false);
    right += same;
    wrong += different;
    caught += compare_all(graph, true).second > 0 ? 1 : 0;  // the twin: nobody waits for anybody
  }
  CHECK(wrong == 0);
  CHECK(right > 50'000);
  CHECK(caught > 20);
}

TEST_CASE("Paging those whose turn it is, one round after another, ends in approval when everybody agrees") {
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    const RandomGraph graph(seed, 8);
    const ApprovalPlan plan = sim::plan_approvals(graph.rules, people(graph.people), graph.root());
    ApprovalState state;
    int rounds = 0;
    while (sim::standing(plan, state) == Standing::open && rounds++ < 20) {
      const std::uint32_t due = sim::leaves_to_page(plan, state);
      REQUIRE((due & state.asked) == 0);
      if (due == 0) FAIL("nobody is asked, and seed " << seed << " is open");
      state.asked |= due;
      state.approved |= due;
    }
    CHECK(sim::standing(plan, state) == Standing::approved);
    CHECK(sim::leaves_to_page(plan, state) == 0);
  }
}

TEST_CASE("Nobody is asked before what their rule waits for is approved, nor when it no longer matters") {
  const std::vector<ApprovalParams> rules = {rule("leads", {"p0", "p1"}, 2),
                                             rule("board", {"p2", "p3"}, 1, "leads")};
  const ApprovalPlan plan = sim::plan_approvals(rules, people(4), "board");
  REQUIRE(plan.leaves.size() == 4);
  ApprovalState state;
  CHECK(sim::leaves_to_page(plan, state) == 0b0011);
  state.asked = 0b0011;
  CHECK(sim::leaves_to_page(plan, state) == 0);
  state.approved = 0b0001;
  CHECK(sim::leaves_to_page(plan, state) == 0);
  state.approved = 0b0011;
  CHECK(sim::leaves_to_page(plan, state) == 0b1100);
  state.asked = 0b0111;
  state.approved = 0b0111;
  CHECK(sim::leaves_to_page(plan, state) == 0);  // one of two was enough
  CHECK(sim::standing(plan, state) == Standing::approved);
  state.approved = 0b0001;
  state.refused = 0b0010;
  CHECK(sim::leaves_to_page(plan, state) == 0);  // and the leads can no longer agree
  CHECK(sim::standing(plan, state) == Standing::refused);
}

TEST_CASE("Two of three survive one refusal and not two; all of two survive none") {
  const ApprovalPlan two = sim::plan_approvals(std::vector{rule("r", {"p0", "p1", "p2"}, 2)}, people(3), "r");
  ApprovalState state;
  state.refused = 0b001;
  CHECK(sim::standing(two, state) == Standing::open);
  state.refused = 0b101;
  CHECK(sim::standing(two, state) == Standing::refused);
  state.refused = 0b001;
  state.approved = 0b110;
  CHECK(sim::standing(two, state) == Standing::approved);
  const ApprovalPlan all = sim::plan_approvals(std::vector{rule("r", {"p0", "p1"}, 2)}, people(2), "r");
  state = {};
  state.refused = 0b10;
  CHECK(sim::standing(all, state) == Standing::refused);
  CHECK(sim::standing(ApprovalPlan{}, state) == Standing::approved);
}

TEST_CASE("A rule that two others need is one node, and its people are asked once") {
  const std::vector<ApprovalParams> rules = {rule("base", {"p0"}, 1), rule("left", {"base", "p1"}, 2),
                                             rule("right", {"base", "p2"}, 2),
                                             rule("top", {"left", "right"}, 2)};
  const ApprovalPlan plan = sim::plan_approvals(rules, people(3), "top");
  CHECK(plan.nodes.size() == 4);
  CHECK(plan.leaves.size() == 3);
  CHECK(sim::leaves_to_page(plan, {}) == 0b111);
}

TEST_CASE("Rules that need themselves are a cycle, named in order, through lists and through waiting") {
  const auto who = people(1);
  const std::vector<ApprovalParams> lists = {rule("a", {"b", "p0"}, 1), rule("b", {"c"}, 1),
                                             rule("c", {"a"}, 1), rule("d", {"p0"}, 1)};
  CHECK(sim::approval_cycle(lists, who, "a") == std::vector<std::string>{"a", "b", "c", "a"});
  CHECK(sim::approval_cycle(lists, who, "d").empty());
  CHECK(sim::approval_cycle(lists, who, "nobody").empty());
  CHECK(sim::plan_approvals(lists, who, "a").empty());
  const std::vector<ApprovalParams> waiting = {rule("a", {"p0"}, 1, "b"), rule("b", {"p0"}, 1, "a"),
                                               rule("self", {"p0"}, 1, "self")};
  CHECK(sim::approval_cycle(waiting, who, "b") == std::vector<std::string>{"b", "a", "b"});
  CHECK(sim::approval_cycle(waiting, who, "self") == std::vector<std::string>{"self", "self"});
}

TEST_CASE("A name means a person first, then an authority, then a rule") {
  auto who = people(2);
  who[1].id = "platform-lead";
  who[0].authority = Authority::platform_lead;
  CHECK(sim::find_approver(who, "platform-lead") == 1);
  CHECK(sim::find_approver(who, "senior-engineer") == 1);
  who[1].authority = Authority::none;
  CHECK(sim::find_approver(who, "senior-engineer") == -1);
  CHECK(sim::find_approver(who, "none") == -1);  // nobody has that authority: it is the lack of one
  const std::vector<ApprovalParams> rules = {rule("senior-engineer", {"p0"}, 1),
                                             rule("top", {"senior-engineer"}, 1)};
  const ApprovalPlan plan = sim::plan_approvals(rules, who, "top");
  CHECK(plan.nodes.size() == 2);
  CHECK(plan.leaves.size() == 1);
  CHECK(plan.leaves[0].person == 0);
}

TEST_CASE("Who stands in for whom: peers, those above an engineer, and the executive for everybody") {
  const auto a = [](int i) { return static_cast<Authority>(i); };
  // Rows: who answers; columns: who is needed, in the order of the names.
  constexpr bool kHolds[5][5] = {{true, false, false, false, false},
                                 {true, true, false, false, false},
                                 {false, false, true, false, false},
                                 {true, true, true, true, false},
                                 {false, false, false, false, false}};
  for (int holder = 0; holder < 5; ++holder) {
    for (int needed = 0; needed < 5; ++needed) {
      CAPTURE(holder, needed);
      CHECK(sim::holds(a(holder), a(needed)) == kHolds[holder][needed]);
    }
  }
}

TEST_CASE("A senior approval is asked of a platform lead or an executive whom the rule does not name") {
  auto who = people(4);
  who[1].authority = Authority::platform_lead;
  who[2].authority = Authority::executive;
  const auto senior = [&](std::vector<std::string> all) {
    return sim::plan_approvals(std::vector<ApprovalParams>{{"r", std::move(all), {}, {}, 0, {}}}, who, "r",
                               true);
  };
  const ApprovalPlan engineer = senior({"p0"});
  REQUIRE(engineer.leaves.size() == 2);
  CHECK(engineer.leaves[1].person == 1);
  CHECK(engineer.nodes.back().needed == 2);
  const ApprovalPlan lead = senior({"platform-lead"});
  REQUIRE(lead.leaves.size() == 2);
  CHECK(lead.leaves[1].person == 2);
  // Where the rule names them all, one of them has to say yes, however few the rule asks for.
  const ApprovalPlan any = sim::plan_approvals(
      std::vector<ApprovalParams>{{"r", {}, {"p0", "p1", "p2"}, {}, 0, {}}}, who, "r", true);
  CHECK(any.leaves.size() == 3);
  ApprovalState state;
  state.approved = 0b001;
  CHECK(sim::standing(any, state) == Standing::open);
  state.approved = 0b100;
  CHECK(sim::standing(any, state) == Standing::approved);
  // Without a rule the senior approval is all there is; where nobody is senior there is none.
  CHECK(sim::plan_approvals({}, who, "", true).leaves.size() == 1);
  CHECK(sim::plan_approvals({}, people(2), "", true).empty());
}
