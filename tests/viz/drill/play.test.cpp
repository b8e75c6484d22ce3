// A drill that is played in the window writes the log that its script writes.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <memory>

#include "drill/log_file.hpp"
#include "drill/words.hpp"
#include "tests/viz/player_support.hpp"

namespace breakglass::viz {
namespace {

// The script's way: lines into a session, with a log.
std::string script_log(const Scratch& scratch, const std::vector<std::string>& lines) {
  scenarios::Problems problems;
  auto loaded = scenarios::load_scenario("pii-leak", {}, problems);
  REQUIRE(loaded);
  const auto shared = std::make_shared<const scenarios::LoadedScenario>(std::move(*loaded));
  drill::Session session;
  drill::LogHeader header{BREAKGLASS_VERSION, "pii-leak", {}, shared->scenario.hash, {.seed = 7}};
  session.drill = drill::begin_drill(shared, header.setup);
  const std::string path = scratch.path("script.jsonl");
  REQUIRE(drill::open_log(session, path, header, true, shared).problem.empty());
  drill::open_session(session, header);
  for (const std::string& line : lines) {
    INFO(line);
    const std::string answer = drill::obey(session, line);
    INFO(answer);
    REQUIRE_FALSE(session.refused);
  }
  REQUIRE(drill::is_over(session.drill));
  return text_of(path);
}

struct Play {
  Scratch scratch;
  Player player;
  std::vector<std::string> script;

  Play(int width, int height, float scale) : player(width, height, scale) {
    PlayRequest request;
    request.scenario = "pii-leak";
    request.seed = 7;
    request.log = scratch.path("window.jsonl");
    request.no_history = true;
    REQUIRE(open_drill(player.app, request).empty());
  }
  DrillScreen& screen() const { return player.app.seat->screen; }

  // An item, and the line that it stands for.
  void act(const std::string& label, const std::string& line) {
    INFO(label);
    REQUIRE(player.activate(label));
    INFO(screen().notice);
    REQUIRE(screen().notice.empty());
    script.push_back(line);
  }
  void open(const std::string& label) {
    INFO(label);
    REQUIRE(player.activate(label));
  }
  void type(const std::string& label, const std::string& text) {
    INFO(label);
    REQUIRE(player.type(label, text));
  }
  void next_until(const std::function<bool(const drill::View&)>& there) {
    for (int i = 0; i < 200 && !there(screen().view); ++i) {
      act("Next event", "wait");
    }
    REQUIRE(there(screen().view));
  }
  void bypass(const std::string& element, const std::string& compensation, const std::string& reason) {
    open("element " + element);
    open("by " + compensation);
    type("reason for bypassing " + element, reason);
    act("Bypass " + element, fmt::format("bypass {} {} {}", element, compensation, drill::quoted(reason)));
  }
  void at_speed(const std::string& speed, double until_s) {
    const sim::Time before = screen().view.now;
    open("speed " + speed);
    for (int i = 0; i < 3000 && sim::to_seconds(screen().view.now) < until_s; ++i) player.frames(1);
    player.press(Key::space);
    player.frames(1);
    REQUIRE(screen().pace.paused);
    script.push_back(fmt::format("wait {}s", (screen().view.now - before) / std::chrono::seconds{1}));
  }
  void scope() {
    at_speed("60x", 300);
    open("Classify");
    act("security", "classify security");
    act("State both", "believe regression=20% real=90%");
    open("Scope");
    bypass("eval-gate", "run-after-promotion", "the evaluation takes hours, and \"every hour\" does harm");
    bypass("canary", "faster-steps", "a canary of days would leave the harm running");
    bypass("change-window", "on-call-cover", "it is 22:00 and the window is closed");
    act("decision-maker", "assign decision-maker");
    act("rollback-operator", "assign rollback-operator");
    act("one watcher more", "watchers 1");
    act("one watcher more", "watchers 2");
  }
  void approve() {
    open("Ready");
    act("Tell customers", "communicate");
    act("Verify the rollback", "verify-rollback");
    act("schedule compressed-canary", "schedule compressed-canary");
    open("Approvals");
    act("rule emergency", "rule emergency");
    next_until([](const drill::View& v) { return v.change_ready; });
    open("Approvals");
    act("Ask for approval", "ask-approval");
    next_until([](const drill::View& v) { return v.approvals != drill::Task::under_way; });
  }
  void confirm() {
    REQUIRE_FALSE(screen().question.empty());
    player.frames(1);
    REQUIRE_FALSE(player.can("Hold"));  // what is behind the question is out of reach
    open("Yes, do it");
  }
  void roll_out() {
    act("Ship to 1%", "ship");
    for (const char* step : {"10%", "50%", "100%"}) {
      next_until([](const drill::View& v) { return v.step_over; });
      act(std::string("Promote to ") + step, "promote");
      if (std::string_view(step) == "100%") confirm();
    }
    next_until([](const drill::View& v) { return v.complete; });
  }
  void close() {
    open("Close");
    act("Verify the resolution", "verify-resolution");
    act("Run the bypassed gates", "run-bypassed-gates");
    next_until([](const drill::View& v) { return v.late_gate == drill::Task::done; });
    open("Close");
    act("Hold the postmortem", "hold-postmortem");
    type("root-cause", "the agent passed the caller's query on: naïve");
    act("write root-cause", "review root-cause \"the agent passed the caller's query on: naïve\"");
    act("Close the drill", "close");
    confirm();
  }
};

TEST_CASE("a drill played by the labels of the window writes the log of its script") {
  Play play(1280, 720, 1);
  play.scope();
  play.approve();
  play.roll_out();
  play.close();
  REQUIRE(play.screen().view.over);
  const std::string log = text_of(play.scratch.path("window.jsonl"));
  CHECK(log.size() > 2000);
  CHECK(log == script_log(play.scratch, play.script));
}

TEST_CASE("a script that says something else writes another log") {
  Play play(1280, 720, 1);
  play.scope();
  play.script.back() = "watchers 3";
  play.script.insert(play.script.end(), {"close"});
  play.open("Close");
  REQUIRE(play.player.activate("Close the drill"));
  play.confirm();
  CHECK(text_of(play.scratch.path("window.jsonl")) != script_log(play.scratch, play.script));
}

TEST_CASE("closing the window in mid-drill loses nothing: the log goes on") {
  const Scratch scratch;
  PlayRequest request;
  request.scenario = "pii-leak";
  request.log = scratch.path("left.jsonl");
  request.no_history = true;
  {
    Player first(1280, 720, 1);
    REQUIRE(open_drill(first.app, request).empty());
    REQUIRE(first.activate("security"));
  }
  Player second(1280, 720, 1);
  REQUIRE(open_drill(second.app, request).empty());
  CHECK(second.app.seat->screen.view.category == "security");
  CHECK(second.app.seat->session.drill.entries.size() == 1);
  request.seed = 8;
  CHECK(open_drill(second.app, request).find("another drill") != std::string::npos);
}

TEST_CASE("a faster pace falls back to 1x when something happens, and the clock ticks whole seconds") {
  const Scratch scratch;
  Player player(1280, 720, 1);
  PlayRequest request;
  request.scenario = "pii-leak";
  request.log = scratch.path("pace.jsonl");
  request.no_history = true;
  REQUIRE(open_drill(player.app, request).empty());
  DrillScreen& screen = player.app.seat->screen;
  player.frames(60);
  CHECK(screen.view.now == sim::Time{});  // it begins paused
  player.press("4");                      // 600x
  const std::size_t told = screen.view.messages.size();
  for (int i = 0; i < 600 && screen.view.messages.size() == told; ++i) player.frames(1);
  REQUIRE(screen.view.messages.size() > told);
  CHECK(screen.pace.speed == 1);
  CHECK_FALSE(screen.pace.paused);
  const sim::Time news = screen.view.now;
  player.frames(150);
  CHECK(screen.view.now > news);
  CHECK(screen.view.now <= news + std::chrono::seconds{3});
}

}  // namespace
}  // namespace breakglass::viz
