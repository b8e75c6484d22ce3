// Going back: the same luck and the same decisions lead to the same end, and new luck keeps all that was
// seen.
#include "drill/branch.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "drill/view.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

const std::vector<std::string> kShort = {"/horizon=2d"};
const Lines kFounding = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                        kSteps + kFollowUp + Lines{"close"};

drill::Drill founding() {
  drill::Session session;
  begin(session, load("pii-leak", kShort), 3);
  play(session, kFounding);
  REQUIRE(session.failure.empty());
  return session.drill;
}

// The branch of a drill at its action `kept`, counted from 0, where its kept actions have been taken.
drill::Drill branched(const drill::Drill& from, std::size_t kept, std::uint32_t luck) {
  drill::Session session;
  drill::Setup setup = from.setup;
  setup.mode = drill::Mode::practice;
  setup.branch = drill::Branch{"0123456789abcdef", kept, from.entries[kept].at, luck};
  session.drill = drill::begin_drill(from.loaded, setup);
  const std::vector<drill::Entry> entries(from.entries.begin(),
                                          from.entries.begin() + static_cast<std::ptrdiff_t>(kept));
  (void)drill::keep_actions(session, entries);
  REQUIRE(session.failure.empty());
  REQUIRE(session.drill.world.now == from.entries[kept].at);
  return session.drill;
}

void play_on(drill::Drill& drill, const drill::Drill& from, std::size_t kept) {
  for (std::size_t i = kept; i < from.entries.size(); ++i) {
    drill::wait_until(drill, from.entries[i].at);
    if (!drill::query(drill, from.entries[i].action).empty()) return;
    drill::submit(drill, from.entries[i].action);
  }
}

drill::Drill before_action(const drill::Drill& from, std::size_t kept) {
  drill::Drill past = drill::begin_drill(from.loaded, from.setup);
  for (std::size_t i = 0; i <= kept; ++i) {
    drill::wait_until(past, from.entries[i].at);
    if (i < kept) drill::submit(past, from.entries[i].action);
  }
  return past;
}

std::size_t action_named(const drill::Drill& drill, const std::string& line) {
  for (std::size_t i = 0; i < drill.entries.size(); ++i) {
    if (drill::print_action(drill.entries[i].action) == line) return i;
  }
  FAIL(line + " is not in the drill");
  return 0;
}

}  // namespace

TEST_CASE("with the same luck the same decisions lead to the same end, wherever one goes back to") {
  const drill::Drill whole = founding();
  for (std::size_t kept = 0; kept < whole.entries.size(); kept += 3) {
    drill::Drill again = branched(whole, kept, 0);
    play_on(again, whole, kept);
    REQUIRE(again.entries.size() == whole.entries.size());
    CHECK(sim::fingerprint(again.world) == sim::fingerprint(whole.world));
    for (std::size_t i = 0; i < whole.entries.size(); ++i)
      CHECK(again.entries[i].seen == whole.entries[i].seen);
  }
}

TEST_CASE("another decision at the same luck leaves what was answered before as it was") {
  const drill::Drill whole = founding();
  const std::size_t at = action_named(whole, "ship");
  drill::Drill other = branched(whole, at, 0);
  const std::size_t told = other.told.size();
  drill::wait_until(other, other.world.now + std::chrono::hours{1});
  REQUIRE(other.told.size() >= told);
  for (std::size_t i = 0; i < told; ++i) {
    CHECK(other.told[i].at == whole.told[i].at);
    CHECK(other.told[i].text == whole.told[i].text);
  }
  CHECK(other.world.rollout.weight == 0);
}

TEST_CASE("new luck keeps everything that was seen, and draws what was hidden by what was believed") {
  const drill::Drill whole = founding();
  const std::size_t at = action_named(whole, "ship");
  const drill::Drill before = before_action(whole, at);
  const std::uint64_t seen = drill::fingerprint(drill::look(before));
  const double believed = sim::regression_probability(before.world.belief);
  REQUIRE(believed > 0.05);
  constexpr int kDraws = 600;
  int carry = 0, same_world = 0;
  for (std::uint32_t luck = 1; luck <= kDraws; ++luck) {
    const drill::Drill other = branched(whole, at, luck);
    REQUIRE(drill::fingerprint(drill::look(other)) == seen);
    carry += other.world.draft.hypothesis > 0 ? 1 : 0;
    same_world += sim::fingerprint(other.world) == sim::fingerprint(before.world) ? 1 : 0;
  }
  const double share = static_cast<double>(carry) / kDraws;
  const double se = std::sqrt(believed * (1 - believed) / kDraws);
  CHECK(std::abs(share - believed) < 3 * se);
  CHECK(std::abs(share - (believed + 0.08)) > 3 * se);  // a belief that is off is told from it
  CHECK(same_world == 0);
}

TEST_CASE("new luck leads to other ends, and the same draw to the same end") {
  const drill::Drill whole = founding();
  const std::size_t at = action_named(whole, "ask-approval");
  int others = 0;
  for (std::uint32_t luck = 1; luck <= 6; ++luck) {
    drill::Drill one = branched(whole, at, luck), two = branched(whole, at, luck);
    play_on(one, whole, at);
    play_on(two, whole, at);
    CHECK(sim::fingerprint(one.world) == sim::fingerprint(two.world));
    others += sim::fingerprint(one.world) != sim::fingerprint(whole.world) ? 1 : 0;
  }
  CHECK(others == 6);
}

TEST_CASE("a branch's luck turns at one moment, in whatever portions time passes") {
  const drill::Drill whole = founding();
  const std::size_t at = action_named(whole, "ship");
  drill::Setup setup = whole.setup;
  setup.branch = drill::Branch{"x", at, whole.entries[at].at, 5};
  const auto ended = [&](std::chrono::minutes portion) {
    drill::Drill drill = drill::begin_drill(whole.loaded, setup);
    for (std::size_t i = 0; i < at; ++i) {
      while (drill.world.now < whole.entries[i].at)
        drill::wait_until(drill, std::min(drill.world.now + portion, whole.entries[i].at));
      drill::submit(drill, whole.entries[i].action);
    }
    while (drill.world.now < sim::Time{std::chrono::hours{3}})
      drill::wait_until(drill, std::min(drill.world.now + portion, sim::Time{std::chrono::hours{3}}));
    CHECK(drill.has_turned);
    return sim::fingerprint(drill.world);
  };
  CHECK(ended(std::chrono::minutes{1}) == ended(std::chrono::minutes{600}));
}

TEST_CASE("the log of a branch says what it branches from, and plays again bit for bit") {
  const drill::Drill whole = founding();
  const std::size_t at = action_named(whole, "ship");
  drill::Drill branch = branched(whole, at, 2);
  play_on(branch, whole, at);
  drill::LogHeader header{BREAKGLASS_VERSION, "pii-leak", kShort, whole.scenario().hash, branch.setup};
  std::uint64_t chain = 0;
  std::string text = drill::header_line(header, chain);
  for (std::size_t i = 0; i < branch.entries.size(); ++i)
    text += drill::entry_line(branch.entries[i], i + 1, chain);
  const drill::ReadLog read = drill::read_log(text);
  REQUIRE(read.error.empty());
  REQUIRE(read.log.header.setup.branch);
  CHECK(*read.log.header.setup.branch == *branch.setup.branch);
  const drill::Replayed replayed = drill::replay(read.log, whole.loaded);
  INFO(replayed.error);
  REQUIRE(replayed.drill);
  CHECK(sim::fingerprint(replayed.drill->world) == sim::fingerprint(branch.world));
  // The same actions without the branch are another drill: the screen is not what was seen.
  drill::Log plain = read.log;
  plain.header.setup.branch.reset();
  CHECK_FALSE(drill::replay(plain, whole.loaded).drill);
}

TEST_CASE("a log that came to its horizon is over") {
  const auto loaded = load("pii-leak", {"/horizon=3h"});
  drill::LogHeader header{BREAKGLASS_VERSION, "pii-leak", {"/horizon=3h"}, loaded->scenario.hash, {}};
  std::uint64_t chain = 0;
  std::string text = drill::header_line(header, chain);
  text += drill::end_line(sim::Time{std::chrono::hours{3}}, 1, chain);
  const drill::ReadLog read = drill::read_log(text);
  REQUIRE(read.error.empty());
  CHECK(read.log.is_over);
  const drill::Replayed replayed = drill::replay(read.log, loaded);
  REQUIRE(replayed.drill);
  CHECK(drill::is_over(*replayed.drill));
  const drill::Entry entry{sim::Time{std::chrono::hours{3}}, drill::read_action("close").action, 0};
  const drill::ReadLog more = drill::read_log(text + drill::entry_line(entry, 2, chain));
  CHECK(more.error == "line 3: it stands after the end of the drill");
}
