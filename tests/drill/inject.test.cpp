// Injects: each has its effect, is in the log, is replayed bit for bit, and shows only what a person would
// notice.
#include "drill/inject.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "drill/debrief.hpp"
#include "drill/log.hpp"
#include "sim/simulator.hpp"
#include "tests/drill/stage.hpp"

using namespace breakglass;
using namespace breakglass::tests;

namespace {

drill::Action inject(const std::string& line) {
  const drill::ReadAction read = drill::read_action(line);
  INFO(line << ": " << read.error);
  REQUIRE(read.error.empty());
  return read.action;
}

using Plan = std::vector<std::pair<int, std::string>>;  // minutes and lines

struct WithPlan : drill::Session {
  WithPlan(const Plan& plan, const Lines& lines, std::uint64_t seed = 3) {
    drill::Setup setup;
    setup.seed = seed;
    for (const auto& [minute, line] : plan)
      setup.injects.push_back({std::chrono::minutes{minute}, inject(line)});
    this->drill = drill::begin_drill(load("pii-leak"), setup);
    play(*this, lines);
    INFO(failure);
    REQUIRE(failure.empty());
  }
};

const Lines kAsked = kClassify + kAssign + kBypasses + Lines{"verify-rollback"} + kCompressed +
                     Lines{"rule emergency", "wait change", "ask-approval"};

sim::Time approved_at(const drill::Session& session) {
  for (const sim::Reason& r : session.drill.reasons) {
    if (r.kind == sim::ReasonKind::approved) return r.at;
  }
  return sim::kNever;
}

double harm_at(const drill::Drill& drill) {
  return sim::total_harm(sim::outcome_of(drill.scenario(), drill.seat, drill.world));
}

}  // namespace

TEST_CASE("an approver who falls asleep answers later, also what was asked before; and wakes up again") {
  const WithPlan awake = WithPlan({}, kAsked + Lines{"wait approval"});
  WithPlan asleep = WithPlan({}, kAsked);
  CHECK(drill::obey_instructor(asleep, "inject asleep security-lead 3h").empty());
  play(asleep, {"wait approval"});
  REQUIRE(approved_at(awake) != sim::kNever);
  CHECK(approved_at(asleep) > approved_at(awake) + std::chrono::minutes{10});
  play(asleep, {"wait 4h"});
  const auto& people = asleep.drill.scenario().params.people;
  const auto& loaded = asleep.drill.loaded->scenario.params.people;
  for (std::size_t i = 0; i < people.size(); ++i) CHECK(people[i].miss == loaded[i].miss);
}

TEST_CASE("a chart that lags shows its readings later, and does not say so") {
  const Lines lines = kAsked + Lines{"wait approval", "ship", "wait traffic", "wait 9m"};
  const WithPlan prompt = WithPlan({}, lines);
  const WithPlan late = WithPlan({{1, "inject lag error-rate 5m"}}, lines);
  const auto chart = [](const drill::Session& s) { return drill::look(s.drill).charts[0]; };
  REQUIRE(chart(prompt).signal == "error-rate");
  CHECK(chart(late).points.size() + 4 <= chart(prompt).points.size());
  CHECK(chart(late).delay == chart(prompt).delay);
  CHECK(drill::look(late.drill).charts[1].points.size() == drill::look(prompt.drill).charts[1].points.size());
}

TEST_CASE("a second fault multiplies the harm from then on, and not what lies behind") {
  const auto at = [](int minutes, const Plan& plan) {
    return harm_at(WithPlan(plan, {"wait " + std::to_string(minutes) + "m"}).drill);
  };
  const Plan fault = {{60, "inject fault 4"}};
  CHECK(at(59, fault) == at(59, {}));
  const double plain = at(180, {}) - at(60, {});
  const double more = at(180, fault) - at(60, fault);
  CHECK(more > 3 * plain);
  CHECK(more < 5 * plain);
  // The room reckons as before: nobody has told it.
  const WithPlan a = WithPlan(fault, {"wait 3h"}), b = WithPlan({}, {"wait 3h"});
  CHECK(drill::look(a.drill).harm_estimate == drill::look(b.drill).harm_estimate);
}

TEST_CASE("until its effect can be noticed an inject changes nothing on the screen") {
  const WithPlan plain = WithPlan({}, {"wait 20m"});
  const std::uint64_t seen = fingerprint(drill::look(plain.drill));
  for (const char* line : {"inject asleep security-lead 30m", "inject lag error-rate 5m", "inject fault 3"}) {
    INFO(line);
    CHECK(fingerprint(drill::look(WithPlan({{7, line}}, {"wait 20m"}).drill)) == seen);
  }
  for (const char* line : {R"(inject fault 3 "a second service fails")", R"(inject say "the lift is stuck")",
                           R"(inject call manager "a word, please")"}) {
    INFO(line);
    CHECK(fingerprint(drill::look(WithPlan({{7, line}}, {"wait 20m"}).drill)) != seen);
  }
  // Waiting for news does not stop at what nobody hears of.
  const WithPlan waits = WithPlan({{1, "inject lag error-rate 5m"}}, {"wait"});
  const WithPlan same = WithPlan({}, {"wait"});
  CHECK(waits.drill.world.now == same.drill.world.now);
}

TEST_CASE("live injects and plans are in the log, and are replayed bit for bit") {
  WithPlan session = WithPlan({{10, "inject lag error-rate 5m"}, {20, R"(inject call regulator "and?")"}},
                              {"wait 15m", "classify security"});
  CHECK(drill::obey_instructor(session, R"(fault 2 "it spreads")").empty());
  CHECK(drill::obey_instructor(session, "asleep platform-lead 30m").empty());
  play(session, {"wait 30m", "close"});
  drill::LogHeader header;
  header.version = BREAKGLASS_VERSION;
  header.scenario = "pii-leak";
  header.hash = session.drill.scenario().hash;
  header.setup = session.drill.setup;
  std::uint64_t chain = 0;
  std::string text = drill::header_line(header, chain);
  for (std::size_t i = 0; i < session.drill.entries.size(); ++i)
    text += drill::entry_line(session.drill.entries[i], i + 1, chain);
  const drill::ReadLog read = drill::read_log(text);
  INFO(read.error);
  REQUIRE(read.error.empty());
  CHECK(read.log.header.setup.injects.size() == 2);
  const drill::Replayed again = drill::replay(read.log, session.drill.loaded);
  INFO(again.error);
  REQUIRE(again.drill);
  CHECK(fingerprint(again.drill->world) == fingerprint(session.drill.world));
  CHECK(fingerprint(drill::look(*again.drill)) == fingerprint(drill::look(session.drill)));
  CHECK(harm_at(*again.drill) == harm_at(session.drill));
  const drill::Debrief debrief = drill::debrief_of(session.drill);
  for (const auto& done : debrief.actions) CHECK(done.line.find("inject") == std::string::npos);
  std::string hindsight;
  for (const std::string& line : debrief.hindsight) hindsight += line + "\n";
  CHECK(hindsight.find("instructor: inject fault 2") != std::string::npos);
  CHECK(hindsight.find("instructor: inject lag error-rate 5m") != std::string::npos);
}

TEST_CASE("an instructor is told what is wrong; a trainee cannot inject") {
  WithPlan session = WithPlan({}, {});
  CHECK(
      drill::obey_instructor(session, "inject asleep security-laed 5m").find("Did you mean security-lead?") !=
      std::string::npos);
  CHECK(drill::obey_instructor(session, "lag nothing 5m").find("there is no chart") != std::string::npos);
  CHECK(drill::obey_instructor(session, "lag error-rate 900h").find("less of a lag") != std::string::npos);
  CHECK(drill::obey_instructor(session, "slumber").find("is no inject") != std::string::npos);
  CHECK_FALSE(drill::obey_instructor(session, "wake security-lead").empty());
  CHECK(session.drill.entries.empty());
  CHECK(drill::obey(session, "inject say hello").find("only an instructor") != std::string::npos);
  CHECK(session.drill.entries.empty());
}
