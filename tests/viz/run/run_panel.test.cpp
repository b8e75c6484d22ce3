#include "viz/run/run_panel.hpp"

#include <imgui.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/viz/readable_support.hpp"
#include "tests/viz/views_support.hpp"
#include "viz/headless.hpp"
#include "viz/input.hpp"

namespace breakglass::viz {
namespace {

using namespace std::chrono_literals;

#ifdef BREAKGLASS_SANITIZED
constexpr int kRandomFrames = 1500;
#else
constexpr int kRandomFrames = 4000;
#endif

std::vector<TextMark> texts_in(Headless& headless, const RunView& view, Pane first, sim::Time cursor,
                               int signal) {
  RunPanelState state = opening_state(view, headless.look());
  state.cursor = cursor;
  state.first = first;
  state.signal = signal;
  std::vector<TextMark> marks;
  for (int i = 0; i < 3; ++i) headless.frame([&] { draw_run_panel(view, state); });
  state.marks = &marks;
  headless.frame([&] { draw_run_panel(view, state); });
  return marks;
}

std::vector<TextMark> texts_of(const RunView& view, float scale, Pane first, sim::Time cursor) {
  Headless headless(1280, 720, scale);
  return texts_in(headless, view, first, cursor, 0);
}

void check_readable(const RunView& view, int width, int height, float scale) {
  Headless headless(width, height, scale);
  for (int first = 0; first < kPanes; ++first) {
    for (const sim::Time cursor : {sim::Time{}, sim::Time{view.story_end / 3}, view.story_end}) {
      const auto marks = texts_in(headless, view, static_cast<Pane>(first), cursor, first % 3);
      CAPTURE(view.ticket, view.strategy, width, height, scale, first, sim::to_seconds(cursor));
      CHECK(unreadable(marks) == std::vector<std::string>{});
      CHECK(shows(marks, "SIMULATION"));
      CHECK(shows(marks, view.unit));
      CHECK(shows(marks, "paused"));
      CHECK(shows(marks, view.zone));
    }
  }
}

TEST_CASE("every text can be read at every size of window and text") {
  for (const char* strategy : {"full-canary", "compressed-canary", "immediate", "do-nothing"}) {
    const RunView view = shipped_run("pii-leak", strategy);
    check_readable(view, 1280, 720, 1);
    check_readable(view, 1280, 720, 2);
    check_readable(view, 1280, 720, 2.5F);
    check_readable(view, 2560, 1440, 1);
    check_readable(view, 2560, 1440, 2);
  }
}

TEST_CASE("every shipped scenario can be read") {
  for (const char* scenario : {"age-gate", "good-file-bad-file", "addons-off"}) {
    const RunView view = shipped_run(scenario, "compressed-canary");
    check_readable(view, 1280, 720, 1);
    check_readable(view, 1280, 720, 2);
  }
}

TEST_CASE("the check of readability sees a text that is cut off, and one over another") {
  const plot::Box room{0, 0, 100, 20};
  CHECK(unreadable({{"fits", {0, 0, 50, 16}, room}}).empty());
  CHECK(unreadable({{"too wide", {60, 0, 110, 16}, room}}).size() == 1);
  CHECK(unreadable({{"too low", {0, 10, 50, 26}, room}}).size() == 1);
  CHECK(unreadable({{"rolls by", {0, 10, 50, 26}, room, true}}).empty());
  CHECK(unreadable({{"a", {0, 0, 50, 16}, room}, {"b", {40, 0, 90, 16}, room}}).size() == 1);
}

TEST_CASE("hostile names and numbers stay inside their boxes") {
  RunView view = shipped_run("pii-leak", "compressed-canary");
  view.title = std::string(4000, 'W');
  view.unit = "records of an unusually long unit that nobody would put into a heading, but somebody will";
  view.strategy = std::string(300, 'x');
  view.events[2].text = std::string(500, 'M');
  view.events[3].text = "";
  view.signals[0].id = std::string(200, 'q');
  for (auto& harm : view.harm)
    harm = {harm[0] * 1e7, harm[0] * 2e7, harm[0] * 3e7, harm[0] * 4e7, harm[0] * 5e7};
  for (const float scale : {1.0F, 2.5F}) {
    const auto marks = texts_of(view, scale, Pane::events, view.story_end);
    CHECK(unreadable(marks) == std::vector<std::string>{});
  }
}

TEST_CASE("the panel shows the clock, the harm and the readings of the instant") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  const sim::Time instant = 1h + 20min;
  const auto marks = texts_of(view, 1, Pane::harm, instant);
  CHECK(shows(marks, "Wed 4 Mar 23:20:00"));
  CHECK(shows(marks, "UTC+05:30"));
  CHECK(shows(marks, "+1:20:00 from the page"));
  CHECK(shows(marks, plot::short_number(at(view, instant).harm)));
  CHECK(shows(marks, "as of 23:1"));
  CHECK(shows(texts_of(view, 1, Pane::harm, 10min), "nothing published by now"));
}

struct Driven {
  explicit Driven(const RunView& run, int width = 1280, int height = 720, float scale = 1)
      : view(run), headless(width, height, scale), state(opening_state(run, headless.look())) {
    step();
  }
  void step() {
    headless.frame([&] { draw_run_panel(view, state); });
  }
  void press(Key key) {
    feed_key(key, true);
    step();
    feed_key(key, false);
    step();
  }
  void type(char character) {
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(character));
    step();
  }
  void mouse(plot::Point p, bool down) {
    feed_mouse(static_cast<float>(p.x), static_cast<float>(p.y), down, 0);
    step();
  }
  const RunView& view;
  Headless headless;
  RunPanelState state;
};

TEST_CASE("everything works with the keyboard alone") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  Driven d(view);
  CHECK(d.state.cursor == view.story_end);
  d.press(Key::home);
  CHECK(d.state.cursor == sim::Time{});
  d.press(Key::down);
  CHECK(d.state.cursor == view.events[event_at(view, {}) + 1].at);
  d.press(Key::up);
  CHECK(d.state.cursor == sim::Time{});
  d.press(Key::left);
  CHECK(d.state.cursor == sim::Time{});
  d.press(Key::right);
  CHECK(d.state.cursor > sim::Time{});
  d.press(Key::end);
  CHECK(d.state.cursor == view.story_end);
  d.type('z');
  d.press(Key::end);
  CHECK(d.state.cursor == view.horizon);
  d.type('z');
  CHECK(d.state.cursor == view.story_end);
  d.type('s');
  CHECK(d.state.signal == 1);
  d.type('s');
  CHECK(d.state.signal == 2);
  d.type('s');
  CHECK(d.state.signal == 0);
  d.press(Key::tab);
  CHECK(d.state.first == Pane::weight);
  d.type('5');
  CHECK(d.state.first == Pane::events);
}

TEST_CASE("playing moves the instant on, and stops at the end") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  Driven d(view);
  d.press(Key::home);
  d.press(Key::space);
  CHECK(d.state.playing);
  const sim::Time before = d.state.cursor;
  d.step();
  CHECK(d.state.cursor > before);
  d.state.cursor = view.story_end - 1ns;
  for (int i = 0; i < 3; ++i) d.step();
  CHECK(d.state.cursor == view.story_end);
  CHECK_FALSE(d.state.playing);
}

TEST_CASE("the mouse drags the instant on the charts and on the scrubber") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  Driven d(view);
  const Layout layout = lay_out(1280, 720, kTextSize, Pane::harm);
  for (const plot::Box& box : {layout.panes[0].second, layout.panes[1].second, layout.bottom}) {
    const plot::Point middle{(box.left + box.right) / 2,
                             box.top + box.height() * (box.top == layout.bottom.top ? 0.4 : 0.5)};
    d.press(Key::end);
    d.mouse(middle, false);
    d.mouse(middle, true);
    d.mouse({middle.x - 50, middle.y}, true);
    const sim::Time there = d.state.cursor;
    d.mouse({middle.x - 50, middle.y}, false);
    CHECK(there > sim::Time{});
    CHECK(there < view.story_end * 2 / 3);
    d.mouse({middle.x + 100, middle.y}, false);
    CHECK(d.state.cursor == there);  // only a drag moves it
  }
}

TEST_CASE("random mouse, keys and sizes break nothing") {
  const RunView view = shipped_run("pii-leak", "compressed-canary", 5);
  Driven d(view, 1280, 720, 1.5F);
  std::vector<TextMark> marks;
  d.state.marks = &marks;
  Dice dice(20261123);
  float x = 0;
  float y = 0;
  for (int i = 0; i < kRandomFrames; ++i) {
    if (dice.below(3) == 0) x = static_cast<float>(dice.below(1400) - 60);
    if (dice.below(3) == 0) y = static_cast<float>(dice.below(840) - 60);
    feed_mouse(x, y, dice.below(2) == 0, dice.below(10) == 0 ? static_cast<float>(dice.below(9) - 4) : 0);
    feed_key(static_cast<Key>(dice.below(kKeys)), dice.below(2) == 0);
    if (dice.below(4) == 0)
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>("sSzZ12345[] x\t"[dice.below(14)]));
    if (dice.below(100) == 0) d.headless.resize(1 + dice.below(2600), 1 + dice.below(1500));
    marks.clear();
    d.step();
    REQUIRE(d.state.cursor >= sim::Time{});
    REQUIRE(d.state.cursor <= view.horizon);
  }
  CHECK(d.state.signal >= 0);
}

}  // namespace
}  // namespace breakglass::viz
