// Calls and the status page: they come at drawn moments, an answer takes the trainee's time, and what was not
// answered, kept or published is noted.
#include "drill/desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "drill/completion.hpp"
#include "drill/log.hpp"
#include "drill/record.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

// One call, at a known moment.
const std::vector<std::string> kOneCall = {
    R"(/brief/calls=[{"from": "regulator", "at": "5m", "patience": "10m", "text": "Is it so?"}])",
    R"(/brief/status_due=["10m", "40m"])"};
const Lines kUpdate = {R"(answer 1 update "we looked" "how many" "a fix by eleven")"};

struct Played : drill::Session {
  explicit Played(const Lines& lines, std::vector<std::string> overrides = kOneCall, std::uint64_t seed = 3) {
    begin(*this, load("pii-leak", std::move(overrides)), seed);
    play(*this, lines);
    INFO(failure);
    REQUIRE(failure.empty());
  }
};

std::vector<std::string> faults(const drill::Session& session) {
  std::vector<std::string> out;
  for (const drill::DeskNote& note : session.drill.desk.notes) {
    if (note.fault) out.push_back(note.text);
  }
  return out;
}

bool told(const drill::Session& session, const std::string& words) {
  const auto messages = drill::look(session.drill).messages;
  return std::any_of(messages.begin(), messages.end(),
                     [&](const auto& m) { return m.text.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("a call comes at its moment, waits as long as its caller does, and is noted where nobody answers") {
  drill::Session session;
  begin(session, load("pii-leak", kOneCall));
  play(session, {"wait 4m"});
  CHECK_FALSE(told(session, "CALL 1"));
  play(session, {"wait 1m"});
  CHECK(told(session, "CALL 1 from a regulator: Is it so?"));
  REQUIRE(drill::look(session.drill).on_the_line.size() == 1);
  CHECK(faults(session).empty());
  play(session, {"wait 10m"});
  CHECK(drill::look(session.drill).on_the_line.empty());
  CHECK(faults(session) == Lines{"the status page was due at T+10m, and says nothing new",
                                 "call 1, a regulator: nobody answered"});
  CHECK(drill::record_markdown(drill::record_of(session.drill)).find("NOT DONE: call 1") !=
        std::string::npos);
}

TEST_CASE("an update takes as long as such calls take, and is no fault") {
  const Played session = Played(Lines{"wait 5m"} + kUpdate);
  CHECK(faults(session).empty());
  const sim::Time now = session.drill.world.now;
  CHECK(now > std::chrono::minutes{5} + std::chrono::seconds{29});
  CHECK(now < std::chrono::minutes{65});
  CHECK(drill::look(session.drill).on_the_line.empty());
  // A word only: half a minute.
  const Played put_off = Played({"wait 5m", "answer 1 defer"});
  CHECK(put_off.drill.world.now == std::chrono::minutes{5} + std::chrono::seconds{30});
}

TEST_CASE("who is put off calls once more, and is not put off twice") {
  Played session = Played({"wait 5m", "answer 1 defer", "wait 16m"});
  CHECK(told(session, "CALL 1 from a regulator, again"));
  CHECK(drill::obey(session, "answer 1 defer").find("put off already") != std::string::npos);
  play(session, kUpdate);
  CHECK(session.failure.empty());
  CHECK(faults(session).size() == 1);  // the status page
}

TEST_CASE("a promise that is not kept is noted; an update or the status page keeps it") {
  const Lines promised = {"wait 5m", "answer 1 promise 20m"};
  CHECK(faults(Played(promised + Lines{"wait 1h"})).size() == 3);
  const auto broken = faults(Played(promised + Lines{R"(status "a" "b" "c")", "wait 1h"}));
  CHECK(broken == Lines{"the status page was due at T+40m, and says nothing new"});
  const auto kept = faults(Played(promised + kUpdate + Lines{"wait 20m"}));
  CHECK(std::none_of(kept.begin(), kept.end(),
                     [](const auto& text) { return text.find("promised") != std::string::npos; }));
}

TEST_CASE("a communication owner takes the calls and keeps the status page") {
  const Played session = Played({"assign communication-owner", "wait 2h"});
  CHECK(faults(session).empty());
  CHECK(told(session, "the communication owner takes it"));
  CHECK(told(session, "updates the status page, due at T+40m"));
  // Assigned while it rings, they take it over; nobody can be handed a call without one.
  Played late = Played({"wait 6m"});
  CHECK(drill::obey(late, "answer 1 delegate").find("assign communication-owner") != std::string::npos);
  play(late, {"assign communication-owner"});
  CHECK(drill::look(late.drill).on_the_line.empty());
}

TEST_CASE("calls are drawn: their moments differ from seed to seed, and the message out keeps some away") {
  int rung_early = 0, rung_late = 0;
  std::vector<sim::Time> moments;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Played quiet = Played({"communicate", "wait 6h"}, {}, seed);
    const Played loud = Played({"wait 6h"}, {}, seed);
    rung_early += quiet.drill.desk.rung;
    rung_late += loud.drill.desk.rung;
    moments.push_back(loud.drill.desk.calls[0].until);
    REQUIRE(loud.drill.desk.rung == 3);
  }
  CHECK(rung_early < rung_late);
  CHECK(rung_early > rung_late / 3);  // calls before the message come all the same
  std::sort(moments.begin(), moments.end());
  CHECK(std::unique(moments.begin(), moments.end()) == moments.end());
}

TEST_CASE("what comes at the desk does not depend on how time was portioned, and is replayed bit for bit") {
  const auto loaded = load("pii-leak");
  drill::Drill once = drill::begin_drill(loaded, {.seed = 5});
  drill::Drill often = drill::begin_drill(loaded, {.seed = 5});
  drill::wait_until(once, std::chrono::hours{3});
  for (int minute = 1; minute <= 180; ++minute) drill::wait_until(often, std::chrono::minutes{minute});
  CHECK(fingerprint(drill::look(once)) == fingerprint(drill::look(often)));
  CHECK(once.desk.rung > 0);

  const Played session = Played({"wait 5m", "answer 1 promise 20m", "wait", "classify security",
                                 R"(status "a" "b \"c\"" "d")", "wait 1h", "close"});
  drill::Log log;
  log.header.version = BREAKGLASS_VERSION;
  log.header.hash = session.drill.scenario().hash;
  log.header.setup = session.drill.setup;
  log.entries = session.drill.entries;
  const drill::Replayed again = drill::replay(log, session.drill.loaded);
  INFO(again.error);
  REQUIRE(again.drill);
  CHECK(fingerprint(drill::look(*again.drill)) == fingerprint(drill::look(session.drill)));
}

TEST_CASE("waiting stops at a call, and not at one that stays away") {
  drill::Session session;
  begin(session, load("pii-leak", kOneCall));
  play(session, {"wait", "wait", "wait"});
  CHECK(session.drill.world.now <= std::chrono::minutes{12});
  CHECK(told(session, "CALL 1"));
}

TEST_CASE("completion knows actions and their arguments") {
  Played session = Played({"wait 5m", R"(bypass canary faster-steps "days")"});
  const auto next = [&](const char* line) { return drill::completions(session, line); };
  CHECK(next("cla") == Lines{"classify"});
  CHECK(next("classify se") == Lines{"security"});
  CHECK(next("answer ") == Lines{"1"});
  CHECK(next("answer 1 de") == Lines{"defer", "delegate"});
  CHECK(next("wait app") == Lines{"approval"});
  CHECK(next("help ship") == Lines{"ship"});
  CHECK(next("automatic o") == Lines{"on", "off"});
  CHECK(next("keep ") == Lines{"canary"});
  CHECK(next("bypass freeze se") == Lines{"senior-approval"});
  CHECK(next("bypass canary se").empty());  // does not make up for it
  CHECK(next("assign comm") == Lines{"communication-owner"});
  CHECK(next("schedule compressed-canary").size() >= 1);
  CHECK(next("inject ").empty());  // the trainee does not
}
