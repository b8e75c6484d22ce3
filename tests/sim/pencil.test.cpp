// Worlds without noise, whose harm can be worked out with a pencil: equal to the unit, not within an
// interval.
#include <catch2/catch.hpp>

#include "scenarios/load.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

bool equal(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b)});
}

// The scene of pencil.json, in code.
//
//      0 s  page; 10 requests/s at the agent (20 at the gateway, 0.5 calls each)
//    300 s  triaged; 400 s the mitigation is on: it stops half of the ongoing harm, to the end
//    900 s  authored (a regression for certain; it fixes 0.8); deploying takes 100 s
//   1000 s  step 1: 25%
//   1200 s  deadline: 25% is less than the 50% asked for: missed
//   1400 s  the regression begins to show
//   1500 s  step 2: 100%; the deadline's share is served
//   1600 s  look: the windows [1300, 1500) were published by then. Half of their 500 requests met the
//           regression: 0.5 x 0.01 + 0.5 x 0.03 = 0.02 < 0.025
//   1800 s  look: [1500, 1700) shows 0.03 > 0.025: rollback begins
//   2000 s  rolled back: the ongoing harm and the deadline's rate are back, to the horizon at 10,800 s
sim::ScenarioParams pencil_scene() {
  sim::ScenarioParams p = scene(hours{3});
  p.start = "2026-03-02T10:00:00+00:00";
  p.services = {{"gateway", {{"agent", 0.5}}}, {"agent", {}}};
  p.traffic.entry[0].id = "gateway";
  p.traffic.entry[0].rate_per_s = 20;
  p.traffic.counts = sim::Counts::expected;
  p.harm.ongoing.per_request = 0.01;
  p.harm.ongoing.per_second = 0.5;
  p.harm.ongoing.severity = fixed(2);
  p.harm.regression.severity = fixed(3);
  p.harm.regression.exchange =
      sim::ExchangeParams{"wrong answer", 0.5, "two of them weigh as much as one unit"};
  p.harm.deadline = sim::DeadlineParams{minutes{20}, 100, 0.2, 0.5};
  p.change.fix_effectiveness = fixed(0.8);
  p.change.regression.probability = 1;
  sim::SeverityParams late = severity(1, 0.05);
  late.moves = {{"errors", 3, 0}};
  late.onset.delay = seconds{400};
  p.change.regression.severities = {late};
  p.signals = {ratio_signal(0.01, seconds{100})};
  p.signals[0].delay = seconds{50};
  sim::ContainmentParams degrade;
  degrade.id = "degrade";
  degrade.stops = 0.5;
  degrade.cost_per_request = 0.001;
  degrade.cost_per_second = 0.1;
  degrade.time = fixed(100);
  p.containment = {degrade};
  return p;
}

sim::StrategyParams pencil_rollout() {
  sim::StrategyParams s = rollout({{0.25, seconds{500}}, {1, seconds{500}}});
  s.containment = "degrade";
  s.max_attempts = 1;
  s.monitoring.interval = seconds{200};
  sim::VerdictParams verdict;
  verdict.signal = "errors";
  verdict.threshold.emplace();
  verdict.threshold->above = 0.025;
  s.monitoring.verdicts = {verdict};
  return s;
}

struct Ledger {
  double ongoing = 0, residual = 0, regression = 0, deadline = 0, containment = 0;
};

// Worked out by hand; "let through" is 1 before 400 s and 0.5 after.
Ledger by_pencil() {
  Ledger l;
  // Requests on the old version x 0.01 x severity 2 x let through.
  l.ongoing += 4000 * 0.02;         // [0, 400)        80
  l.ongoing += 6000 * 0.02 * 0.5;   // [400, 1000)     60
  l.ongoing += 3750 * 0.02 * 0.5;   // [1000, 1500)    37.5, three quarters of 10/s
  l.ongoing += 88000 * 0.02 * 0.5;  // [2000, 10800)   880
  // 0.5 per second x let through x share on the old version.
  l.ongoing += 400 * 0.5 + 600 * 0.25 + 500 * 0.25 * 0.75 + 8800 * 0.25;  // 200 + 150 + 93.75 + 2200
  // The same where the change serves, times 1 - 0.8: 1250 requests, then 5000.
  l.residual += 1250 * 0.02 * 0.5 * 0.2 + 5000 * 0.02 * 0.5 * 0.2;  // 2.5 + 10
  l.residual += 500 * 0.25 * 0.25 * 0.2 + 500 * 0.25 * 0.2;         // 6.25 + 25
  l.regression += (250 + 5000) * 0.05 * 3 * 0.5;                    // [1400, 2000): 393.75
  l.deadline += 100 + 300 * 0.2 + 8800 * 0.2;                       // lump, [1200, 1500), [2000, 10800): 1920
  l.containment += 104000 * 0.001 + 10400 * 0.1;                    // [400, 10800): 104 + 1040
  return l;
}

bool is_by_pencil(const sim::Outcome& o) {
  const Ledger l = by_pencil();
  return equal(o.harm[0], l.ongoing) && equal(o.harm[1], l.residual) && equal(o.harm[2], l.regression) &&
         equal(o.harm[3], l.deadline) && equal(o.harm[4], l.containment);
}

}  // namespace

TEST_CASE("A deterministic emergency costs what a pencil says, line by line of the ledger") {
  const sim::Outcome o = Prepared(pencil_scene(), pencil_rollout()).outcome(1, 0);
  CHECK(o.harm[0] == Approx(3701.25).epsilon(1e-12));
  CHECK(o.harm[1] == Approx(43.75).epsilon(1e-12));
  CHECK(o.harm[2] == Approx(393.75).epsilon(1e-12));
  CHECK(o.harm[3] == Approx(1920).epsilon(1e-12));
  CHECK(o.harm[4] == Approx(1144).epsilon(1e-12));
  CHECK(is_by_pencil(o));
  CHECK(o.shipped_at == seconds{1000});
  CHECK(o.full_at == seconds{1500});
  CHECK(o.harm_stopped_at == sim::kNever);
  CHECK(o.requests_on_regression == Approx(6250).epsilon(1e-12));
  using sim::Flag;
  for (const Flag f :
       {Flag::regression_present, Flag::regression_reached_full, Flag::rolled_back, Flag::deadline_missed}) {
    CHECK(o.has(f));
  }
  for (const Flag f : {Flag::rolled_back_clean, Flag::rollback_failed, Flag::harm_stopped})
    CHECK_FALSE(o.has(f));
}

TEST_CASE("The pencil's ledger notices a second of rollback, and a ten-thousandth of effectiveness") {
  sim::ScenarioParams later = pencil_scene();
  later.rollback.unverified.time = fixed(201);
  CHECK_FALSE(is_by_pencil(Prepared(later, pencil_rollout()).outcome(1, 0)));
  sim::ScenarioParams better = pencil_scene();
  better.change.fix_effectiveness = fixed(0.8001);
  CHECK_FALSE(is_by_pencil(Prepared(better, pencil_rollout()).outcome(1, 0)));
}

TEST_CASE("No seed and no replication moves a world without noise") {
  const Prepared p(pencil_scene(), pencil_rollout());
  for (std::uint32_t r = 1; r < 5; ++r) CHECK(is_by_pencil(p.outcome(r, r)));
}

TEST_CASE("The pencil's scenario read from its file costs the same") {
  const std::string folder = std::string(BREAKGLASS_SOURCE_DIR) + "/tests/sim/";
  scenarios::Problems problems;
  const auto loaded = scenarios::load_scenario(folder + "pencil.json", {}, problems);
  INFO(scenarios::render(problems));
  REQUIRE(loaded);
  const auto strategy = scenarios::load_strategy(folder + "pencil-rollout.json", *loaded, problems);
  INFO(scenarios::render(problems));
  REQUIRE(strategy);
  CHECK(is_by_pencil(sim::simulate(loaded->scenario, *strategy, 1, 0)));
}

TEST_CASE("A clean two-step canary leaves exactly the sum of lambda h (1 - w) dt") {
  sim::ScenarioParams p = scene();
  p.traffic.counts = sim::Counts::expected;
  for (const double w : {0.01, 0.1, 1.0 / 3, 0.5, 0.99}) {
    const Prepared canary(p, rollout({{w, seconds{700}}, {1, seconds{300}}}));
    const sim::Outcome o = canary.outcome(1, 0);
    // lambda h = 1 per second: 1000 s before the rollout, 700 s at w, and nothing after.
    const double expected = 1000 + 700 * (1 - w);
    CHECK(std::abs(total(o) - expected) <= 1e-12 * expected);
    CHECK(o.harm_stopped_at == (w > 0.95 ? seconds{1000} : seconds{1700}));
    CHECK_FALSE(std::abs(total(o) - (1000 + 701 * (1 - w))) <= 1e-12 * expected);  // a second more is seen
  }
}

TEST_CASE("A daily curve and a growing harm keep the two-step canary exact") {
  sim::ScenarioParams p = scene(hours{10});
  p.traffic.counts = sim::Counts::expected;
  p.traffic.entry[0].daily.assign(24, 1.0);
  for (std::size_t h = 0; h < 24; ++h) p.traffic.entry[0].daily[h] = 1 + 0.1 * static_cast<double>(h);
  p.harm.ongoing.growth = {{}, hours{5}, 3};  // 1 + 2 t / 5 h until 5 h, then 3
  const Prepared canary(p, rollout({{0.5, hours{2}}, {1, hours{1}}}));
  // Harm = sum of 10 x 0.1 x daily(h) x integral of the ramp over the part of hour h, x share not fixed.
  const auto ramp = [](double s) { return s <= 18000 ? s + s * s / 18000 : 36000 + 3 * (s - 18000); };
  double expected = 0;
  const double changes[] = {0, 1000, 3600, 7200, 8200};
  const double left[] = {1, 0.5, 0.5, 0.5};
  for (int i = 0; i < 4; ++i) {
    const double hour = std::floor(changes[i] / 3600);
    expected += (1 + 0.1 * hour) * (ramp(changes[i + 1]) - ramp(changes[i])) * left[i];
  }
  CHECK(std::abs(total(canary.outcome(1, 0)) - expected) <= 1e-12 * expected);
}
