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

// Times from the page to approval by the last of the rules, over so many worlds.
std::vector<double> approval_times(sim::ScenarioParams p, std::vector<sim::ApprovalParams> rules,
                                   std::uint32_t runs) {
  sim::StrategyParams s = rollout({{1, seconds{1}}});
  s.approvals = rules.back().id;
  p.approvals = std::move(rules);
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

struct Answer {
  Time at = sim::kNever;
  int by = 0;
  int pages = 0;
  bool impostor = false;
};

// When the pages of a leaf, the first sent at `now`, reach somebody who counts, and whom.
Answer answer_page(const std::vector<sim::Approver>& people, const sim::ApprovalLeaf& leaf,
                   const sim::CivilClock& clock, Time now, int attempt, int first_page, sim::Address at) {
  int person = leaf.person;
  for (int page = first_page; page < sim::kMaxPages; ++page) {
    const sim::Page sent = sim::send_page(people, leaf, person, clock, now, attempt, page, false, at);
    const bool impostor = sent.reply == sim::Reply::impostor;
    if (impostor || sent.reply == sim::Reply::answered) return {sent.at, person, page + 1, impostor};
    person = sim::next_paged(people, leaf, person, sent.reply);
    now = sent.at;
  }
  return {sim::kNever, person, sim::kMaxPages, false};
}

double one_answer(double t) { return sim::cdf(kDay, t); }

// P(first + second <= t) for independent times with these distribution functions, by the midpoint rule over
// the quantiles of the first: with so many points it is exact to 1e-5.
template <class Second>
double cdf_of_sum(const std::vector<double>& first_quantiles, Second second, double t) {
  double sum = 0;
  for (const double q : first_quantiles) sum += q < t ? second(t - q) : 0;
  return sum / static_cast<double>(first_quantiles.size());
}
// Quantiles of the larger of two answers at the midpoints of n equal shares.
std::vector<double> quantiles_of_max(int n) {
  std::vector<double> q;
  for (int i = 0; i < n; ++i) q.push_back(sim::quantile(kDay, std::sqrt((i + 0.5) / n)));
  return q;
}

constexpr std::uint32_t kRuns = 40'000;
const std::vector<std::string> kThree = {"p0", "p1", "p2"};

}  // namespace

TEST_CASE("All of three take the latest, any of three the earliest, two of three the second answer") {
  const auto all = approval_times(with_people(3), {{"rule", kThree, {}, {}, 0, {}}}, kRuns);
  const auto any = approval_times(with_people(3), {{"rule", {}, kThree, {}, 0, {}}}, kRuns);
  const auto two = approval_times(with_people(3), {{"rule", {}, {}, kThree, 2, {}}}, kRuns);
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
    const auto a = answer_page(s.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, s.clock,
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
    const auto a = answer_page(s.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, s.clock,
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
    return answer_page(day.people, sim::ApprovalLeaf{0, sim::Authority::senior_engineer}, day.clock, now, 0,
                       0, {})
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

TEST_CASE("Nested rules take the nested order statistics of the answers") {
  // Any of two, and two of three others.
  const auto times = approval_times(with_people(5),
                                    {{"either", {}, {"p0", "p1"}, {}, 0, {}},
                                     {"two", {}, {}, {"p2", "p3", "p4"}, 2, {}},
                                     {"rule", {"either", "two"}, {}, {}, 0, {}}},
                                    kRuns);
  CHECK(times.size() == kRuns);
  const auto exact = [](double t) {
    const double f = one_answer(t);
    return (1 - (1 - f) * (1 - f)) * (3 * f * f - 2 * f * f * f);
  };
  CHECK(kolmogorov(times, exact) < kKolmogorov999);
  CHECK(kolmogorov(times, [&](double t) { return exact(t / 1.03); }) > kKolmogorov999);
}

TEST_CASE("A rule that waits for another takes the sum: the longest path of what happened") {
  // Both leads; then either of two executives.
  const auto times = approval_times(
      with_people(4), {{"leads", {"p0", "p1"}, {}, {}, 0, {}}, {"rule", {}, {"p2", "p3"}, {}, 0, "leads"}},
      kRuns);
  CHECK(times.size() == kRuns);
  const auto first = quantiles_of_max(400);
  const auto either = [](double t) { return 1 - (1 - one_answer(t)) * (1 - one_answer(t)); };
  // The distribution function on a grid: a sum for each of 40,000 times would take minutes.
  std::vector<double> grid;
  for (int i = 0; i <= 4000; ++i) grid.push_back(cdf_of_sum(first, either, i * 5.0));
  const auto exact = [&](double t) {
    const double at = std::min(t / 5, 3999.0);
    const auto i = static_cast<std::size_t>(at);
    return grid[i] + (at - static_cast<double>(i)) * (grid[i + 1] - grid[i]);
  };
  CHECK(kolmogorov(times, exact) < kKolmogorov999);
  CHECK(kolmogorov(times, [&](double t) { return exact(t / 1.03); }) > kKolmogorov999);
  // The twin: had nobody waited, the longer of the two would have been enough.
  CHECK(kolmogorov(times, [&](double t) { return std::pow(one_answer(t), 2) * either(t); }) > 10);
}

TEST_CASE("A deputy without authority answers, it does not count, and the page goes on") {
  sim::ScenarioParams p = with_people(3);
  p.people[0].authority = sim::Authority::security_lead;
  p.people[0].miss = 0.5;
  p.people[0].page_again = minutes{10};
  p.people[0].escalates_to = "p1";
  p.people[0].answer = {fixed(100), fixed(100)};
  p.people[1].authority = sim::Authority::none;
  p.people[1].escalates_to = "p2";
  p.people[1].answer = {fixed(30), fixed(30)};
  p.people[2].authority = sim::Authority::executive;
  p.people[2].answer = {fixed(7), fixed(7)};
  const auto answer = [](const sim::Scenario& s, int i) {
    return answer_page(s.people, {0, s.people[0].authority}, s.clock, Time{}, i, 0, {.seed = 74});
  };
  const sim::Scenario s = sim::prepare(p);
  p.people[1].escalates_to.clear();
  const sim::Scenario back = sim::prepare(p);  // nobody above the deputy: back to who was asked
  p.people[2].authority = sim::Authority::platform_lead;
  p.people[1].escalates_to = "p2";
  const sim::Scenario peer = sim::prepare(p);  // a platform lead does not stand in for security either
  int direct = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto a = answer(s, i);
    direct += a.by == 0 ? 1 : 0;
    if (a.by == 0 ? a.at != seconds{100} : (a.by != 2 || a.at != seconds{637})) FAIL("at " << a.at.count());
    const auto b = answer(back, i);
    const auto rounds = (b.at - seconds{100}) / seconds{630};
    if (b.by != 0 || b.at != seconds{100} + rounds * seconds{630}) FAIL("back at " << b.at.count());
    if (const auto c = answer(peer, i); c.by != 0) FAIL("answered by " << c.by);
  }
  CHECK(direct > 900);
  CHECK(direct < 1100);
}

TEST_CASE("A page that only reaches people without authority is never answered") {
  sim::ScenarioParams p = with_people(2);
  for (auto& who : p.people) who.authority = sim::Authority::none;
  p.people[0].escalates_to = "p1";
  p.people[1].escalates_to = "p0";
  const sim::Scenario s = sim::prepare(p);
  const auto a = answer_page(s.people, {0, sim::Authority::platform_lead}, s.clock, Time{}, 0, 0, {});
  CHECK(a.at == sim::kNever);
}

TEST_CASE("An impostor answers as often as the scenario says, whether or not the person would have") {
  sim::ScenarioParams p = with_people(1);
  p.people[0].miss = 0.99;
  p.people[0].impersonated = 0.3;
  p.people[0].authority = sim::Authority::none;  // it takes no authority to pretend
  p.people[0].answer = {fixed(60), fixed(60)};
  const sim::Scenario s = sim::prepare(p);
  double first = 0;
  constexpr int kPages = 1'200'000;
  for (int i = 0; i < kPages; ++i) {
    const auto a = answer_page(s.people, {0, sim::Authority::executive}, s.clock, Time{}, i, 0, {.seed = 75});
    if (!a.impostor || a.by != 0) FAIL("not an impostor");
    first += a.pages == 1 ? 1 : 0;
  }
  CHECK(share_is(first, kPages, 0.3));
}

TEST_CASE("People refuse what is no emergency, what they see is broken, and what they will not sign") {
  sim::Approver person;
  person.declines = 0.3;
  person.sees_through = 0.6;
  person.catches = 0.4;
  constexpr int kAnswers = 2'400'000;
  const auto count = [&](bool real, bool regression, sim::Saying wanted) {
    double n = 0;
    for (int i = 0; i < kAnswers; ++i) {
      n += sim::say(person, 3, real, regression, i, 1, {.seed = 76}) == wanted ? 1 : 0;
    }
    return n;
  };
  CHECK(share_is(count(true, false, sim::Saying::declines), kAnswers, 0.3));
  CHECK(share_is(count(false, false, sim::Saying::sees_through), kAnswers, 0.6));
  CHECK(share_is(count(true, true, sim::Saying::catches), kAnswers, 0.4));
  CHECK(share_is(count(false, true, sim::Saying::approves), kAnswers, 0.4 * 0.6 * 0.7));
  CHECK(count(true, false, sim::Saying::catches) == 0);
  CHECK(count(true, true, sim::Saying::sees_through) == 0);
}
