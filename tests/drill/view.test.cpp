// Nothing hidden reaches the screen: worlds that differ only in what was not published look the same.
#include <catch2/catch.hpp>

#include <cmath>
#include <set>

#include "analysis/estimate/moments.hpp"
#include "sim/simulator.hpp"
#include "sim/state_walk.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

// Every state that the trainee's screen shows. Whatever else changes in a world must not change the screen.
bool is_shown(const std::string& leaf) {
  static const std::set<std::string> kShown = {"now",
                                               "rollout.stage",
                                               "rollout.step",
                                               "rollout.weight",
                                               "rollout.step_began",
                                               "seat.ready",
                                               "seat.step_over",
                                               "seat.busy",
                                               "seat.done",
                                               "seat.flagged",
                                               "record.informed",
                                               "record.contained",
                                               "record.verified",
                                               "record.gates_ran",
                                               "record.closed_at",
                                               "rollout.rollback_verified"};
  return kShown.contains(leaf);
}

template <class T>
void nudge(T& value) {
  if constexpr (std::is_same_v<T, bool>)
    value = !value;
  else if constexpr (requires { value.count(); })
    value = value == sim::kNever ? T{0} : value + T{1};
  else if constexpr (std::is_enum_v<T>)
    value = static_cast<T>(static_cast<std::underlying_type_t<T>>(value) ^ 1);
  else if constexpr (std::is_floating_point_v<T>)
    value = value + 0.25;
  else
    value = static_cast<T>(value + 1);
}

}  // namespace

TEST_CASE("no hidden state of the world changes the screen") {
  drill::Session session;
  begin(session, load("pii-leak"));
  play(session, kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                    Lines{"ship", "wait traffic", "wait step", "promote", "wait 7m"});
  REQUIRE(session.failure.empty());
  const std::uint64_t seen = fingerprint(drill::look(session.drill));
  std::size_t leaves = 0;
  std::set<std::string> moved;
  sim::walk_state<true>(session.drill.world, [&](const std::string& name, auto& value) {
    ++leaves;
    const auto before = value;
    nudge(value);
    if (fingerprint(drill::look(session.drill)) != seen) moved.insert(name);
    value = before;
  });
  CHECK(leaves > 1000);
  for (const std::string& name : moved) {
    INFO(name);
    CHECK(is_shown(name));
  }
  CHECK(moved.contains("rollout.weight"));  // the test would see it
}

TEST_CASE("two truths that have published the same look the same") {
  // Before its first request a change shows nothing of what it carries.
  drill::Session clean;
  drill::Session bad;
  begin(clean, load("pii-leak"));
  play(clean, kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove);
  begin(bad, load("pii-leak"));
  play(bad, kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove);
  REQUIRE((clean.failure.empty() && bad.failure.empty()));
  bad.drill.world.draft.hypothesis = clean.drill.world.draft.hypothesis == 0 ? 3 : 0;
  bad.drill.world.draft.effectiveness = 0;
  bad.drill.world.record.real = !clean.drill.world.record.real;
  CHECK(drill::look(clean.drill).messages.size() == drill::look(bad.drill).messages.size());
  CHECK(fingerprint(drill::look(clean.drill)) == fingerprint(drill::look(bad.drill)));
  // And what is published tells them apart: the test would see a difference.
  play(clean, kSteps);
  play(bad, kSteps);
  CHECK(fingerprint(drill::look(clean.drill)) != fingerprint(drill::look(bad.drill)));
}

TEST_CASE("what the trainee sees does not depend on how time was portioned") {
  drill::Session once;
  drill::Session often;
  begin(once, load("pii-leak"));
  begin(often, load("pii-leak"));
  drill::wait_until(once.drill, std::chrono::hours{1});
  for (int minute = 1; minute <= 60; ++minute) drill::wait_until(often.drill, std::chrono::minutes{minute});
  CHECK(fingerprint(drill::look(once.drill)) == fingerprint(drill::look(often.drill)));
}

TEST_CASE("before the rollout begins the dashboards show the version in place, as late as they say") {
  drill::Session session;
  begin(session, load("pii-leak"));
  const auto& signals = session.drill.scenario().params.signals;
  for (const char* wait : {"look", "wait 7m", "wait 1h"}) {
    play(session, {wait});
    const drill::View view = drill::look(session.drill);
    REQUIRE(view.charts.size() == signals.size());
    for (std::size_t s = 0; s < signals.size(); ++s) {
      INFO(signals[s].id << " " << wait);
      REQUIRE(view.charts[s].points.size() == 5);
      const drill::Point& last = view.charts[s].points.back();
      CHECK(last.at <= view.now);
      CHECK(last.at + signals[s].window > view.now);
      CHECK((last.at - signals[s].delay) % signals[s].window == sim::Time{});
      CHECK(last.change < 0);
      CHECK(last.items > 0);
    }
  }
  // Their law is that of the version in place, and nothing hidden moves them.
  analysis::Moments rates;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    drill::Session other;
    begin(other, load("pii-leak"), seed);
    for (const drill::Point& point : drill::look(other.drill).charts[0].points)
      analysis::add(rates, point.stable);
  }
  CHECK(std::abs(rates.mean - signals[0].baseline) < 3 * analysis::standard_error(rates));
  CHECK(std::abs(rates.mean - 1.1 * signals[0].baseline) > 3 * analysis::standard_error(rates));
  const std::uint64_t seen = fingerprint(drill::look(session.drill));
  session.drill.world.draft.hypothesis ^= 1;
  session.drill.world.record.real = !session.drill.world.record.real;
  CHECK(fingerprint(drill::look(session.drill)) == seen);
}
