// Whoever looks into something finds what shows by then, and nothing else: concerns, reports, harm that goes
// on.
#include <catch2/catch.hpp>

#include "sim/command.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using K = sim::ReasonKind;

namespace {

// A change that carries a regression for certain, which does harm from `delay` after its first traffic on.
sim::ScenarioParams bad_scene(Duration delay) {
  sim::ScenarioParams p = scene(hours{40});
  p.change.regression.probability = 1;
  p.change.regression.severities = {severity(1, 0.05)};
  p.change.regression.severities[0].onset.delay = delay;
  p.response.verify.sensitivity = 0;
  return p;
}

// Served by a clean change that users complain about all the same: a set of reports every ten minutes or so.
sim::ScenarioParams blamed_scene() {
  sim::ScenarioParams p = scene(hours{40});
  p.response.verify.sensitivity = 0;
  p.reports.emplace();
  p.reports->probability = 0.01;
  p.reports->false_rate = 1 / 600.0;
  p.reports->blamed = 1;
  p.reports->triage.staffed = fixed(60);
  p.reports->triage.staffed.kind = sim::Distribution::Kind::exponential;
  return p;
}

sim::ScenarioParams reported_scene(double regression, double effectiveness) {
  sim::ScenarioParams p = blamed_scene();
  p.reports->false_rate = 0;
  p.change.regression.probability = regression;
  p.change.regression.severities = {severity(1, 0.05)};
  p.change.fix_effectiveness = fixed(effectiveness);
  // Nobody reports during the step, which would be taken back.
  p.reports->delay = fixed(1200);
  return p;
}

sim::StrategyParams at_once() {
  sim::StrategyParams s = rollout({{1, minutes{10}}});
  s.max_attempts = 2;
  s.monitoring.reports_to_act = 1;
  return s;
}

sim::Reasons told(const sim::ScenarioParams& p, const sim::StrategyParams& s, std::uint32_t replication = 0) {
  sim::Reasons reasons;
  Prepared(p, s).run(1, replication, true, &reasons);
  return reasons;
}

std::vector<sim::Reason> all(const sim::Reasons& reasons, K kind) {
  std::vector<sim::Reason> of;
  std::copy_if(reasons.begin(), reasons.end(), std::back_inserter(of),
               [&](const sim::Reason& r) { return r.kind == kind; });
  return of;
}

}  // namespace

TEST_CASE("A concern finds a regression once it shows, and not before") {
  sim::ScenarioParams p = bad_scene(hours{20});
  p.watch.false_alarms = 10 / 3600.0;
  sim::StrategyParams s = rollout({{1, hours{30}}});
  s.max_attempts = 1;
  s.monitoring.watchers = 1;
  s.monitoring.on_concern = sim::OnConcern::hold;
  const sim::Reasons reasons = told(p, s);
  const Time shows = seconds{1000} + hours{20};
  const auto nothing = all(reasons, K::concern_false);
  const auto found = all(reasons, K::concern_real);
  REQUIRE(nothing.size() > 5);
  REQUIRE(found.size() == 1);
  CHECK(nothing.back().at < shows);
  CHECK(found.front().at >= shows);
  // An observer knows what was found, and learns nothing from what could not be.
  CHECK(found.front().belief == 1);
  CHECK(nothing.back().belief == Approx(1));
  p.change.regression.probability = 0.5;
  for (std::uint32_t r = 0; r < 8; ++r) {
    for (const auto& reason : all(told(p, s, r), K::concern_false))
      CHECK(reason.belief == Approx(reason.at < shows ? 0.5 : 0).margin(1e-9));
  }
}

TEST_CASE("Harm that goes on is put down to a regression only where one shows") {
  sim::StrategyParams s = rollout({{1, minutes{10}}});
  s.on_late_regression = sim::OnLateRegression::roll_back;
  s.max_attempts = 2;
  for (const bool shows : {false, true}) {
    sim::ScenarioParams p = bad_scene(shows ? Duration{} : Duration{hours{39}});
    p.response.verify.sensitivity = 1;
    p.change.fix_effectiveness = fixed(0);
    const sim::Reasons reasons = told(p, s);
    REQUIRE_FALSE(all(reasons, K::not_resolved).empty());
    CHECK(all(reasons, K::rollback_began).empty() != shows);
    CHECK(all(reasons, K::refined).empty() == shows);
  }
}

TEST_CASE("Reports after promotion are looked into, and where nothing is to them it takes a new set") {
  const sim::Reasons reasons = told(blamed_scene(), at_once());
  CHECK(all(reasons, K::refined).empty());
  CHECK(all(reasons, K::rollback_began).empty());
  std::vector<sim::Reason> closed = all(reasons, K::reports_false);
  REQUIRE(closed.size() > 20);
  std::vector<double> triages;
  Time came{};
  for (const auto& reason : reasons) {
    if (reason.kind == K::report_came) {
      CHECK(reason.n == 1);  // the first of its set
      came = reason.at;
    }
    if (reason.kind == K::report_triaged) triages.push_back(sim::to_seconds(reason.at - came));
    if (reason.kind == K::reports_false) CHECK(reason.at - seconds{500} > came);  // 500 s of looking into it
  }
  std::sort(triages.begin(), triages.end());
  // Each takes a time of its own.
  CHECK(std::adjacent_find(triages.begin(), triages.end()) == triages.end());
}

TEST_CASE("Reports that are right have the change refined, whichever harm they are about") {
  for (const bool regression : {true, false}) {
    const sim::Reasons reasons = told(regression ? reported_scene(1, 1) : reported_scene(0, 0.2), at_once());
    const auto triaged = all(reasons, K::report_triaged);
    const auto found = all(reasons, regression ? K::reports_real : K::reports_of_old_harm);
    REQUIRE_FALSE(triaged.empty());
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().at == triaged.front().at + seconds{500});
    CHECK_FALSE(all(reasons, K::refined).empty());
    if (regression) CHECK(found.front().belief == 1);
  }
}

TEST_CASE("A rollback ends the look into reports") {
  // Verified to do harm, and rolled back, while somebody looks into a report that came just before.
  sim::ScenarioParams p = reported_scene(1, 1);
  p.response.verify.sensitivity = 1;
  p.response.verify.time = fixed(900);
  p.response.investigate = fixed(20000);
  p.reports->delay = fixed(600);
  sim::StrategyParams s = at_once();
  s.on_late_regression = sim::OnLateRegression::roll_back;
  const sim::Reasons reasons = told(p, s);
  REQUIRE_FALSE(all(reasons, K::rolled_back).empty());
  REQUIRE_FALSE(all(reasons, K::report_triaged).empty());
  const Time back = all(reasons, K::rolled_back).front().at;
  CHECK(all(reasons, K::report_triaged).front().at < back);
  for (const auto& reason : all(reasons, K::reports_real)) CHECK(reason.at > back + seconds{20000});
}

TEST_CASE("Who takes over acts on the reports that have been triaged") {
  sim::ScenarioParams p = reported_scene(1, 1);
  p.reports->delay = fixed(60);
  const Prepared run(p, at_once());
  for (const bool complete : {false, true}) {
    sim::Reasons reasons;
    sim::World w = sim::begin(run.scenario, run.strategy, {.manned = true, .reasons = &reasons});
    sim::advance(run.scenario, run.strategy, w, seconds{901}, &reasons);
    sim::submit(run.scenario, run.strategy, w, {sim::Order::ship}, &reasons);
    sim::advance(run.scenario, run.strategy, w, complete ? Time{seconds{2400}} : Time{seconds{1500}},
                 &reasons);
    REQUIRE(w.reports.triaged >= 1);
    REQUIRE((w.rollout.stage == sim::Stage::complete) == complete);
    CHECK_FALSE(w.reports.looked_into);  // nobody has ordered it
    sim::hand_over(run.scenario, run.strategy, w, &reasons);
    CHECK(w.reports.looked_into == complete);
    CHECK((w.rollout.stage == sim::Stage::deciding || w.rollout.stage == sim::Stage::rolling_back) !=
          complete);
  }
}

TEST_CASE("A person may look again once there is something new to look into") {
  const Prepared run(blamed_scene(), at_once());
  sim::World w = sim::begin(run.scenario, run.strategy, {.manned = true});
  const auto may = [&] { return sim::query(run.scenario, run.strategy, w, {sim::Order::investigate}); };
  const auto until = [&](auto done) {
    while (!done() && w.now < hours{39}) sim::advance(run.scenario, run.strategy, w, w.now + seconds{10});
  };
  sim::advance(run.scenario, run.strategy, w, seconds{901});
  sim::submit(run.scenario, run.strategy, w, {sim::Order::ship});
  for (int look = 0; look < 3; ++look) {
    until([&] { return may() == sim::Hindrance::none; });
    REQUIRE(may() == sim::Hindrance::none);
    sim::submit(run.scenario, run.strategy, w, {sim::Order::investigate});
    CHECK(may() == sim::Hindrance::under_way);
    until([&] { return may() != sim::Hindrance::under_way; });
    CHECK(w.reports.dismissed == look + 1);
  }
}
