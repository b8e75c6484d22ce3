#include "sim/model/approvals.hpp"

#include <catch2/catch.hpp>

#include "sim/kernel/fmath.hpp"
#include "sim/kernel/samplers.hpp"
#include "tests/sim/scenes.hpp"
#include "tests/sim/statistics.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

const sim::Distribution kDay{sim::Distribution::Kind::lognormal, 120, 600, {}};

sim::PersonParams person(const std::string& id, double miss = 0) {
  sim::PersonParams p;
  p.id = id;
  p.answer = {kDay, kDay};
  p.miss = miss;
  return p;
}

sim::ScenarioParams with_people(int count) {
  sim::ScenarioParams p = scene(hours{48});
  p.traffic.entry[0].rate_per_s = 0;
  p.change.author_time = p.response.triage = fixed(0);
  for (int i = 0; i < count; ++i) p.people.push_back(person("p" + std::to_string(i)));
  return p;
}

// Times from the page to approval by the rule, over so many worlds.
std::vector<double> approval_times(sim::ScenarioParams p, const sim::ApprovalParams& rule,
                                   std::uint32_t runs) {
  p.approvals = {rule};
  sim::StrategyParams s = rollout({{1, seconds{1}}});
  s.approvals = rule.id;
  const Prepared prepared(p, s);
  std::vector<double> times;
  for (std::uint32_t r = 0; r < runs; ++r) {
    sim::Reasons reasons;
    prepared.run(71, r, false, &reasons);
    for (const auto& reason : reasons) {
      if (reason.kind == sim::ReasonKind::approved) times.push_back(sim::to_seconds(reason.at));
    }
  }
  return times;
}

double one_answer(double t) { return sim::cdf(kDay, t); }

constexpr std::uint32_t kRuns = 40'000;
const std::vector<std::string> kThree = {"p0", "p1", "p2"};

}  // namespace

TEST_CASE("All of three take the latest, any of three the earliest, two of three the second answer") {
  const auto all = approval_times(with_people(3), {"rule", kThree, {}, {}, 0, {}}, kRuns);
  const auto any = approval_times(with_people(3), {"rule", {}, kThree, {}, 0, {}}, kRuns);
  const auto two = approval_times(with_people(3), {"rule", {}, {}, kThree, 2, {}}, kRuns);
  CHECK(all.size() == kRuns);
  const auto max = [](double t) { return std::pow(one_answer(t), 3); };
  const auto min = [](double t) { return 1 - std::pow(1 - one_answer(t), 3); };
  const auto middle = [](double t) {
    return 3 * std::pow(one_answer(t), 2) - 2 * std::pow(one_answer(t), 3);
  };
  CHECK(kolmogorov(all, max) < kKolmogorov999);
  CHECK(kolmogorov(any, min) < kKolmogorov999);
  CHECK(kolmogorov(two, middle) < kKolmogorov999);
  // The twins: answers that take 3% longer, and the wrong order statistic.
  CHECK(kolmogorov(all, [&](double t) { return max(t / 1.03); }) > kKolmogorov999);
  CHECK(kolmogorov(two, max) > 10);
}

TEST_CASE("A missed page is repeated until it is answered: a geometric number of pages") {
  sim::ScenarioParams p = with_people(1);
  p.people[0] = person("p0", 0.4);
  p.people[0].page_again = minutes{10};
  const sim::Scenario s = sim::prepare(p);
  Moments pages, wait;
  for (std::uint64_t i = 0; i < 700'000; ++i) {
    const auto a = sim::answer_page(s.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, s.clock,
                                    Time{}, static_cast<int>(i), 0, {.seed = 72});
    pages.add(a.pages);
    wait.add(sim::to_seconds(a.at) - (a.pages - 1) * 600);
  }
  CHECK(mean_is(pages, 1 / 0.6));
  CHECK(mean_is(wait, sim::mean(kDay)));
}

TEST_CASE("A missed page escalates, and whoever it reaches answers in their own time") {
  sim::ScenarioParams p = with_people(2);
  p.people[0].miss = 0.3;
  p.people[0].page_again = minutes{10};
  p.people[0].escalates_to = "p1";
  p.people[0].answer = {fixed(100), fixed(100)};
  p.people[1].answer = {fixed(7), fixed(7)};
  const sim::Scenario s = sim::prepare(p);
  double escalated = 0;
  constexpr int kPages = 1'100'000;
  for (int i = 0; i < kPages; ++i) {
    const auto a = sim::answer_page(s.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, s.clock,
                                    Time{}, i, 0, {.seed = 73});
    const bool up = a.by == 1;
    escalated += up ? 1 : 0;
    if (a.at != (up ? seconds{607} : seconds{100})) FAIL("answered at " << a.at.count());
  }
  CHECK(share_is(escalated, kPages, 0.3));
}

TEST_CASE("Night is the person's own, across midnight, and paged again by day they answer by day") {
  sim::ScenarioParams p = with_people(2);  // midnight UTC
  p.people[1].timezone = "+08:00";
  const sim::Scenario s = sim::prepare(p);
  CHECK(sim::is_night(s.people[0], s.clock, Time{}));
  CHECK_FALSE(sim::is_night(s.people[1], s.clock, Time{}));  // 08:00 there
  CHECK(sim::is_night(s.people[0], s.clock, seconds{7 * 3600 - 1}));
  CHECK_FALSE(sim::is_night(s.people[0], s.clock, hours{7}));
  CHECK_FALSE(sim::is_night(s.people[0], s.clock, seconds{22 * 3600 - 1}));
  CHECK(sim::is_night(s.people[0], s.clock, hours{22}));
  CHECK(sim::is_night(s.people[1], s.clock, hours{14}));  // 22:00 there
  sim::PersonParams shift = person("day-sleeper");
  shift.night_from = "08:00";
  shift.night_to = "16:00";
  shift.answer = {fixed(10), fixed(1000)};
  p.people = {shift};
  const sim::Scenario day = sim::prepare(p);
  const auto at = [&](Time now) {
    return sim::answer_page(day.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, day.clock, now,
                            0, 0, {})
               .at -
           now;
  };
  CHECK(at(hours{7}) == seconds{10});
  CHECK(at(hours{8}) == seconds{1000});
  CHECK(at(hours{16}) == seconds{10});
}

TEST_CASE("A rule by authority pages the first who holds it") {
  sim::ScenarioParams p = with_people(3);
  p.people[1].authority = p.people[2].authority = sim::Authority::security_lead;
  p.approvals = {{"rule", {"security-lead", "p0"}, {}, {}, 0, {}}};
  sim::StrategyParams s = rollout({{1, seconds{1}}});
  s.approvals = "rule";
  const Prepared prepared(p, s);
  const sim::ApprovalPlan& plan = prepared.strategy.plan;
  REQUIRE(plan.leaves.size() == 2);
  CHECK(plan.leaves[0].person == 1);
  CHECK(plan.leaves[0].needed == sim::Authority::security_lead);
  CHECK(plan.leaves[1].person == 0);
  CHECK(plan.leaves[1].needed == sim::Authority::senior_engineer);
  CHECK(plan.nodes.back().needed == 2);
}
