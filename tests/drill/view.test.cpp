// Nothing hidden reaches the screen: worlds that differ only in what was not published look the same.
#include <catch2/catch.hpp>

#include <set>

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
