// Logs: what was played is played again bit for bit, and damage is never played.
#include <catch2/catch.hpp>

#include "sim/kernel/hash.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

drill::LogHeader header(const drill::Drill& drill) {
  drill::LogHeader out;
  out.version = BREAKGLASS_VERSION;
  out.scenario = "pii-leak";
  out.hash = drill.scenario().hash;
  out.setup = drill.setup;
  return out;
}

std::string text_of(const drill::Drill& drill) {
  std::uint64_t chain = 0;
  std::string text = drill::header_line(header(drill), chain);
  for (std::size_t i = 0; i < drill.entries.size(); ++i)
    text += drill::entry_line(drill.entries[i], i + 1, chain);
  return text;
}

struct Story {
  drill::Session session;
  std::string log;

  Story() {
    begin(session, load("pii-leak"));
    play(session,
         kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove + kSteps);
    REQUIRE(session.failure.empty());
    log = text_of(session.drill);
  }
};

}  // namespace

TEST_CASE("what follows an order at once is seen before the next one of the same moment, also in a replay") {
  drill::Session session;
  begin(session, load("pii-leak"));
  play(session, kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed + kApprove +
                    Lines{"ship", "run-gate"});  // the window is bypassed: it is being deployed already
  REQUIRE(session.failure.empty());
  const auto replayed = drill::replay(drill::read_log(text_of(session.drill)).log, load("pii-leak"));
  CHECK(replayed.error.empty());
}

TEST_CASE("a log is played again bit for bit") {
  const Story story;
  const auto read = drill::read_log(story.log);
  REQUIRE(read.error.empty());
  const auto replayed = drill::replay(read.log, load("pii-leak"));
  REQUIRE(replayed.error.empty());
  drill::Drill again = *replayed.drill;
  drill::wait_until(again, story.session.drill.world.now);
  CHECK(sim::fingerprint(again.world) == sim::fingerprint(story.session.drill.world));
  CHECK(text_of(again) == story.log);
}

TEST_CASE("a log of another scenario, version or luck is refused, and says what differs") {
  const Story story;
  drill::Log log = drill::read_log(story.log).log;
  CHECK(drill::replay(log, load("pii-leak", {"/change/regression/probability=0.3"}))
            .error.find("has changed since") != std::string::npos);
  drill::Log version = log;
  version.header.version = "0.0.1";
  CHECK(drill::replay(version, load("pii-leak")).error.find("version 0.0.1") != std::string::npos);
  drill::Log luck = log;
  luck.header.setup.seed = 4;
  const std::string why = drill::replay(luck, load("pii-leak")).error;
  CHECK(why.find("what is on the screen is not what was seen then") != std::string::npos);
  CHECK(why.find("action ") == 0);
}

TEST_CASE("cut at any byte, a log is recovered up to the damage") {
  const Story story;
  for (std::size_t cut = 0; cut < story.log.size(); ++cut) {
    const auto read = drill::read_log(std::string_view(story.log).substr(0, cut));
    if (read.log.sound_bytes == 0) {
      CHECK_FALSE(read.error.empty());
      continue;
    }
    CHECK(read.error.empty());
    CHECK(read.log.sound_bytes <= cut);
    CHECK(story.log[read.log.sound_bytes - 1] == '\n');
    CHECK(read.log.cut_short == (read.log.sound_bytes < cut));
  }
}

TEST_CASE("with any bit flipped, a log is refused, or cut before the damage") {
  const Story story;
  for (std::size_t at = 0; at < story.log.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = story.log;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      const auto read = drill::read_log(damaged);
      const bool ends_before = read.error.empty() && read.log.sound_bytes <= at;
      if (read.error.empty() && !ends_before) FAIL("byte " << at << ", bit " << bit << " was played");
    }
  }
}

TEST_CASE("what is no log is called so; a damaged one says how to keep what is whole") {
  const Story story;
  CHECK(drill::read_log("{\"hello\": 1}\n").error == "this is no log of a drill");
  CHECK(drill::read_log("").error == "the log is empty");
  std::string damaged = story.log;
  std::size_t line = 0;
  for (int n = 0; n < 4; ++n) line = damaged.find('\n', line) + 1;
  damaged[damaged.find("\"do\"", line) + 6] ^= 1;
  const std::string error = drill::read_log(damaged).error;
  CHECK(error.find("line 5 is damaged") != std::string::npos);
  CHECK(error.find("the 3 decisions before it are whole: head -n 4 keeps them") != std::string::npos);
  // And so it is.
  CHECK(drill::read_log(damaged.substr(0, line)).log.entries.size() == 3);
}
