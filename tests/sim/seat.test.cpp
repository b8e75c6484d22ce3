// The seat: what a person can order, that nothing happens by itself where a person decides, and that a person
// and an autopilot who decide alike get the same world.
#include <catch2/catch.hpp>

#include <algorithm>

#include "sim/command.hpp"
#include "tests/sim/golden_worlds.hpp"
#include "tests/sim/scenes.hpp"

using namespace breakglass;
using namespace breakglass::tests;
using sim::Hindrance;
using sim::Order;
using sim::ReasonKind;
using sim::Stage;

namespace {

sim::PersonParams person(const std::string& id, double answers_in_s) {
  sim::PersonParams p;
  p.id = id;
  p.answer.day = p.answer.night = fixed(answers_in_s);
  return p;
}

// A scene in which everything of a release is there, and takes a fixed time.
sim::ScenarioParams full_scene() {
  sim::ScenarioParams p = scene(hours{72});
  p.gates.eval_gate.emplace();
  p.gates.eval_gate->time = fixed(1000);
  p.gates.eval_gate->sensitivity = 0.5;
  p.gates.eval_gate->specificity = 1;
  p.people.push_back(person("lead", 120));
  p.approvals.push_back({.id = "emergency", .all = {"lead"}, .any = {}, .of = {}, .k = 0, .after = ""});
  p.rollback.verify = seconds{400};
  p.signals.push_back(ratio_signal(0.01));
  return p;
}

sim::StrategyParams arranged() {
  sim::StrategyParams s = rollout({{0.1, seconds{600}}, {1, seconds{900}}});
  s.approvals = "emergency";
  s.verify_rollback = true;
  return s;
}

struct Seat {
  Prepared run;
  sim::World world;
  sim::Reasons reasons;

  explicit Seat(const sim::ScenarioParams& p, const sim::StrategyParams& s = arranged()) : run(p, s) {
    world = sim::begin(run.scenario, run.strategy, {.manned = true, .reasons = &reasons});
  }
  Hindrance may(Order order, int step = -1) const {
    return sim::query(run.scenario, run.strategy, world, {order, step});
  }
  void give(Order order, int step = -1) {
    REQUIRE(may(order, step) == Hindrance::none);
    sim::submit(run.scenario, run.strategy, world, {order, step}, &reasons);
  }
  void until(Time t) { sim::advance(run.scenario, run.strategy, world, t, &reasons); }
  void wait(Duration time) { until(world.now + time); }
  int count(ReasonKind kind) const {
    return static_cast<int>(
        std::count_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.kind == kind; }));
  }
};

}  // namespace

TEST_CASE("where a person sits, nothing that needs a decision happens by itself") {
  Seat seat(full_scene());
  seat.until(hours{24});
  CHECK(seat.world.seat.ready);  // the team has written the change
  CHECK(seat.world.rollout.stage == Stage::waiting);
  CHECK(seat.count(ReasonKind::approval_asked) == 0);
  CHECK(seat.count(ReasonKind::deploying) == 0);
  CHECK(seat.world.rollout.weight == 0);
}

TEST_CASE("work goes on side by side, and each piece is done once") {
  Seat seat(full_scene());
  CHECK(seat.may(Order::ask_approval) == Hindrance::no_change);
  seat.give(Order::verify_rollback);  // needs no change
  CHECK(seat.may(Order::verify_rollback) == Hindrance::under_way);
  seat.until(seconds{900});  // triage 300, authoring 600
  REQUIRE(seat.world.seat.ready);
  CHECK(seat.may(Order::verify_rollback) == Hindrance::done);
  seat.give(Order::run_gate);
  seat.give(Order::ask_approval);
  seat.wait(seconds{120});
  CHECK(seat.may(Order::ask_approval) == Hindrance::done);
  CHECK(seat.may(Order::run_gate) == Hindrance::under_way);
  seat.wait(seconds{880});
  CHECK(seat.may(Order::run_gate) == Hindrance::done);
  CHECK(seat.count(ReasonKind::gate_passed) == 1);
}

TEST_CASE("a step that has lasted its time goes on until somebody decides") {
  Seat seat(full_scene());
  seat.until(seconds{900});
  seat.give(Order::ship);
  CHECK(seat.may(Order::promote) == Hindrance::not_stepping);
  seat.wait(seconds{100});
  CHECK(seat.world.rollout.weight == 0.1);
  seat.wait(hours{5});
  CHECK(seat.world.rollout.weight == 0.1);
  CHECK(seat.world.seat.step_over);
  CHECK(seat.count(ReasonKind::step_over) == 1);
  CHECK(seat.may(Order::promote, 5) == Hindrance::no_such_step);
  seat.give(Order::promote);
  CHECK(seat.world.rollout.weight == 1);
  CHECK(seat.may(Order::run_bypassed_gates) == Hindrance::none);
  seat.wait(seconds{900});
  CHECK(seat.world.rollout.stage == Stage::complete);
  seat.wait(hours{10});
  CHECK(seat.count(ReasonKind::resolution_verified) == 0);
  seat.give(Order::verify_resolution);
  seat.wait(hours{10});
  CHECK(seat.count(ReasonKind::resolution_verified) == 1);
}

TEST_CASE("a step that is entered early lasts its own time, and the rollout ends once") {
  Seat seat(full_scene());
  seat.until(seconds{900});
  seat.give(Order::ship);
  seat.wait(seconds{100 + 200});  // 200 s into a first step of 600 s
  seat.give(Order::promote);
  seat.wait(seconds{899});
  CHECK(seat.world.rollout.stage == Stage::stepping);  // the last step lasts 900 s
  CHECK(seat.count(ReasonKind::step_over) == 0);
  seat.wait(seconds{1});
  CHECK(seat.world.rollout.stage == Stage::complete);
  seat.wait(hours{2});
  CHECK(seat.count(ReasonKind::complete) == 1);
}

TEST_CASE("shipping leaves the rehearsal under way, and reviews that come too late are not waited for") {
  Seat seat(full_scene());
  seat.until(seconds{900});
  seat.give(Order::verify_rollback);  // 400 s
  seat.give(Order::run_gate);         // 1,000 s
  seat.give(Order::ship);             // 100 s
  seat.wait(seconds{399});
  CHECK(seat.world.rollout.weight == 0.1);
  CHECK_FALSE(seat.world.rollout.rollback_verified);
  CHECK(seat.may(Order::verify_rollback) == Hindrance::under_way);
  seat.wait(seconds{1});
  CHECK(seat.world.rollout.rollback_verified);
  seat.wait(hours{1});
  CHECK(seat.count(ReasonKind::gate_passed) + seat.count(ReasonKind::gate_flagged) == 0);
  CHECK(seat.world.rollout.weight == 0.1);
}

TEST_CASE("a change that its review catches while it is deployed goes back to its author") {
  sim::ScenarioParams p = full_scene();
  p.change.regression.probability = 1;
  p.change.regression.severities.push_back(severity(1));
  p.people[0].catches = 1;
  p.response.deploy = fixed(500);
  Seat seat(p);
  seat.until(seconds{900});
  seat.give(Order::ask_approval);  // answered after 120 s
  seat.give(Order::ship);
  seat.wait(hours{3});
  CHECK(seat.count(ReasonKind::caught) == 1);
  CHECK(seat.world.rollout.weight == 0);  // it never went out
  CHECK(seat.world.seat.ready);           // rewritten
  CHECK(seat.may(Order::ask_approval) == Hindrance::none);
}

TEST_CASE("shipping before approval is possible, and written down") {
  for (const bool waits : {false, true}) {
    Seat seat(full_scene());
    seat.until(seconds{900});
    if (waits) {
      seat.give(Order::ask_approval);
      seat.wait(seconds{200});
    }
    seat.give(Order::ship);
    seat.wait(seconds{200});
    const auto outcome = sim::outcome_of(seat.run.scenario, seat.run.strategy, seat.world);
    CHECK(outcome.has(sim::Flag::shipped_unapproved) != waits);
  }
}

TEST_CASE("a rollback is ordered, decided and done, and the team writes the next change") {
  Seat seat(full_scene());
  CHECK(seat.may(Order::roll_back) == Hindrance::nothing_serves);
  seat.until(seconds{900});
  seat.give(Order::ship);
  seat.wait(seconds{300});
  seat.give(Order::roll_back);
  CHECK(seat.may(Order::roll_back) == Hindrance::coming_back);
  seat.wait(hours{2});
  CHECK(seat.world.rollout.weight == 0);
  CHECK(seat.count(ReasonKind::rolled_back) == 1);
  CHECK(seat.world.seat.ready);
  CHECK(seat.world.draft.attempt == 1);
  CHECK(seat.may(Order::ask_approval) == Hindrance::none);  // the new change needs its own approval
}

TEST_CASE("a false approval counts until accounts are checked, and is asked for anew") {
  sim::ScenarioParams p = full_scene();
  p.people[0].impersonated = 0.5;
  sim::StrategyParams s = arranged();
  s.check_identity = false;
  bool met = false;
  for (std::uint32_t r = 0; r < 20 && !met; ++r) {
    Seat seat(p, s);
    seat.world = sim::begin(seat.run.scenario, seat.run.strategy, {.replication = r, .manned = true});
    seat.until(seconds{900});
    seat.give(Order::ask_approval);
    seat.wait(seconds{200});
    if (seat.count(ReasonKind::impostor_believed) == 0) continue;
    met = true;
    CHECK(seat.may(Order::ask_approval) == Hindrance::done);
    seat.give(Order::check_accounts);
    CHECK(seat.may(Order::ask_approval) == Hindrance::under_way);
    seat.wait(hours{3});
    CHECK(seat.may(Order::ask_approval) == Hindrance::done);
    CHECK(seat.world.approvals.impostor == 0);
  }
  CHECK(met);
}

TEST_CASE("an autopilot that takes over at the page makes the world that it would have made") {
  int compared = 0;
  for_each_shipped([&](const sim::Scenario& scenario, const sim::Strategy& strategy) {
    if (!strategy.params.ships) return;
    for (std::uint32_t r = 0; r < 3; ++r) {
      sim::World manned = sim::begin(scenario, strategy, {.replication = r, .manned = true});
      sim::hand_over(scenario, strategy, manned);
      sim::advance(scenario, strategy, manned, sim::horizon(scenario));
      sim::World alone = sim::begin(scenario, strategy, {.replication = r});
      sim::advance(scenario, strategy, alone, sim::horizon(scenario));
      CHECK(sim::diff(manned, alone).empty());
      ++compared;
    }
  });
  CHECK(compared > 100);
}

TEST_CASE("an autopilot goes on from where a person stopped, and does nothing twice") {
  Seat seat(full_scene());
  seat.until(seconds{900});
  seat.give(Order::ask_approval);
  seat.give(Order::verify_rollback);
  seat.wait(seconds{130});  // approved; the rehearsal is under way
  sim::hand_over(seat.run.scenario, seat.run.strategy, seat.world, &seat.reasons);
  seat.until(hours{60});
  CHECK(seat.count(ReasonKind::approved) == 1);
  CHECK(seat.count(ReasonKind::rollback_verified) == 1);
  CHECK(seat.count(ReasonKind::gate_passed) == 1);  // which the person had not begun
  CHECK(seat.world.rollout.stage == Stage::complete);
}

TEST_CASE("a person who orders what the strategy would have done, when it would have, gets its outcome") {
  const sim::ScenarioParams p = full_scene();
  Seat seat(p);
  const auto order_when = [&](Stage, Order order) {
    seat.give(order);
    while (seat.may(order) == Hindrance::under_way) seat.wait(seconds{1});
  };
  seat.until(seconds{900});
  order_when(Stage::eval_gate, Order::run_gate);
  order_when(Stage::approvals, Order::ask_approval);
  order_when(Stage::verify_rollback, Order::verify_rollback);
  seat.give(Order::ship);
  while (!seat.world.seat.step_over) seat.wait(seconds{1});
  seat.give(Order::promote);
  seat.until(hours{72});
  const auto by_hand = sim::outcome_of(seat.run.scenario, seat.run.strategy, seat.world);
  const auto by_strategy = sim::simulate(seat.run.scenario, seat.run.strategy, 1, 0);
  CHECK(by_hand.full_at == by_strategy.full_at);
  CHECK(by_hand.shipped_at == by_strategy.shipped_at);
}
