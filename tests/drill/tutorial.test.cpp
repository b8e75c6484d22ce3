// The tutorial, played by somebody who types what the coach says: every line is possible, every level ends
// well, and nothing that the coach says depends on what cannot be seen.
#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>

#include "drill/coach.hpp"
#include "drill/mistakes.hpp"
#include "drill/tasks.hpp"
#include "scenarios/lesson.hpp"
#include "tests/drill/stage.hpp"

namespace breakglass::tests {
namespace {

using scenarios::Moment;

scenarios::LessonParams level(std::int64_t n) {
  for (scenarios::LessonParams& lesson : scenarios::shipped_lessons()) {
    if (lesson.level == n) return lesson;
  }
  FAIL("no level " << n);
  return {};
}

// As the tutorial teaches it: the two columns, over all readings that there are of this rollout.
bool looks_worse(const drill::Drill& drill) {
  double change = 0;
  double stable = 0;
  const drill::View view = drill::look(drill);
  for (const drill::Point& point : view.charts.at(0).points) {
    if (sim::to_seconds(view.now - point.at) > view.step_lasted_s || point.change < 0) continue;
    change += point.change;
    stable += point.stable;
  }
  return change > 2 * stable;
}

struct Student {
  drill::Session session;
  drill::Coach coach;
  std::deque<std::string> to_type;
  int typed = 0;
  bool worse_at_step = false;
  std::vector<Moment> heard;

  explicit Student(std::int64_t n) {
    const scenarios::LessonParams lesson = level(n);
    session.drill = drill::begin_drill(
        load(lesson.scenario),
        {.seed = static_cast<std::uint64_t>(lesson.seed), .replication = 0, .mode = drill::Mode::practice});
    coach = drill::coach_of(lesson);
    listen();
  }
  void listen() {
    for (const scenarios::NoteParams& note : drill::due(coach, session.drill)) {
      heard.push_back(note.when);
      if (note.when == Moment::step_over) worse_at_step = looks_worse(session.drill);
      to_type.insert(to_type.end(), note.type.begin(), note.type.end());
    }
  }
  void type(const std::string& line) {
    const std::string answer = drill::obey(session, line);
    INFO(line << ": " << answer);
    REQUIRE_FALSE(session.refused);
    ++typed;
    listen();
  }
  // Until the coach leaves the decision to the student.
  void follow() {
    while (!to_type.empty() && !session.done) {
      const std::string line = to_type.front();
      to_type.pop_front();
      type(line);
    }
  }
  void decide() {
    follow();
    if (looks_worse(session.drill)) {
      type("roll-back");
      type("wait rollback");
    } else {
      type("promote");
    }
    follow();
  }
  std::vector<std::string> failed() const {
    std::vector<std::string> names;
    for (const drill::CriticalTask& task : drill::critical_tasks(session.drill)) {
      if (!task.passed) names.push_back(task.name);
    }
    return names;
  }
  bool has_heard(Moment moment) const { return std::find(heard.begin(), heard.end(), moment) != heard.end(); }
};

constexpr int kMostLines = 40;  // of a level of five minutes

}  // namespace

TEST_CASE("level 1: the chart shows a bad change, the way back works, and the next change is good") {
  Student student(1);
  student.follow();
  CHECK(student.has_heard(Moment::step_over));
  CHECK(looks_worse(student.session.drill));
  student.decide();
  CHECK(student.has_heard(Moment::rolled_back));
  CHECK_FALSE(looks_worse(student.session.drill));
  student.decide();
  CHECK(student.has_heard(Moment::over));
  CHECK(drill::find_mistakes(student.session.drill).empty());
  CHECK(student.failed() == std::vector<std::string>{"postmortem complete"});  // level 3 teaches it
  CHECK(student.typed <= kMostLines);
}

TEST_CASE("level 1: who promotes the bad change is still told how to go on") {
  Student student(1);
  student.follow();
  student.type("promote");
  student.follow();
  CHECK(student.has_heard(Moment::everybody));
  CHECK(student.has_heard(Moment::complete));
  CHECK_FALSE(student.has_heard(Moment::rolled_back));
}

TEST_CASE("level 2: the bypassed gate finds what the chart could not show") {
  Student student(2);
  student.follow();
  CHECK_FALSE(student.worse_at_step);
  CHECK(student.has_heard(Moment::late_gate_ran));
  CHECK(student.has_heard(Moment::refined));
  CHECK(student.has_heard(Moment::over));
  CHECK(drill::find_mistakes(student.session.drill).empty());
  CHECK(student.failed() == std::vector<std::string>{"postmortem complete"});
  CHECK(student.typed <= kMostLines);
}

TEST_CASE("level 3: the smallest scope and the right authority, with every task passed") {
  Student student(3);
  student.decide();
  CHECK(student.has_heard(Moment::gate_passed));
  REQUIRE(student.has_heard(Moment::resolved));
  for (const std::string& line : kReview) student.type(line);
  student.type("close");
  CHECK(student.has_heard(Moment::over));
  CHECK(drill::find_mistakes(student.session.drill).empty());
  CHECK(student.failed().empty());
  CHECK(student.typed <= kMostLines);
}

TEST_CASE("level 3: the quick rule is the wrong authority, and a needless bypass is seen") {
  Student student(3);
  for (const std::string& line :
       Lines{"classify security", R"(bypass freeze none "we are in a hurry")"} + kBypasses)
    student.type(line);
  for (const std::string& line : Lines{"rule quick", "schedule 10%/10m 100%/20m", "wait change",
                                       "ask-approval", "wait approval", "ship", "wait traffic"})
    student.type(line);
  const auto failed = student.failed();
  CHECK(std::find(failed.begin(), failed.end(), "right authority") != failed.end());
  CHECK(std::find(failed.begin(), failed.end(), "smallest sufficient scope") != failed.end());
}

TEST_CASE("every note of the shipped lessons can come, and is said once") {
  for (const scenarios::LessonParams& lesson : scenarios::shipped_lessons()) {
    Student student(lesson.level);
    for (int i = 0; i < 3 && !student.session.done; ++i) {
      student.follow();
      if (student.session.drill.world.seat.step_over) student.decide();
    }
    std::vector<Moment> heard = student.heard;
    std::sort(heard.begin(), heard.end());
    CHECK(std::adjacent_find(heard.begin(), heard.end()) == heard.end());
    for (const scenarios::NoteParams& note : lesson.notes) {
      if (note.when == Moment::gate_flagged || note.when == Moment::over)
        continue;  // in other worlds; at `close`
      INFO(lesson.id << ": " << sim::name_in(scenarios::kMomentNames, static_cast<int>(note.when)));
      CHECK(student.has_heard(note.when));
    }
  }
}

TEST_CASE("who comes back hears the last note again, and the earlier ones no more") {
  Student student(1);
  student.type("classify incident");
  student.type("assign decision-maker");
  drill::Coach fresh = drill::coach_of(level(1));
  const auto again = drill::again(fresh, student.session.drill);
  REQUIRE(again.size() == 1);
  CHECK(again[0].when == Moment::classified);
  CHECK(drill::due(fresh, student.session.drill).empty());
}

TEST_CASE("a moment comes with what makes it, and not before") {
  drill::Session session;
  begin(session, load("pii-leak"));
  const auto come = [&](Moment moment) { return drill::has_come(session.drill, moment); };
  CHECK(come(Moment::page));
  CHECK_FALSE(come(Moment::accounts_checked));
  play(session, {"check-accounts"});
  CHECK(come(Moment::accounts_checked));
  CHECK_FALSE(come(Moment::way_back_asked));
  play(session, {"verify-rollback"});
  CHECK(come(Moment::way_back_asked));
  CHECK_FALSE(come(Moment::way_back_verified));
  play(session, {"wait way-back"});
  CHECK(come(Moment::way_back_verified));
  CHECK_FALSE(come(Moment::scheduled));
  play(session, {"schedule 1%/5m 100%/30m"});
  CHECK(come(Moment::scheduled));
  CHECK_FALSE(come(Moment::gate_asked));
  play(session, {"wait change", "run-gate"});
  CHECK(come(Moment::gate_asked));
  CHECK_FALSE(come(Moment::gate_passed));
  play(session, {"wait gate"});
  CHECK(come(Moment::gate_passed) != come(Moment::gate_flagged));
  CHECK_FALSE(come(Moment::over));
  play(session, {"close"});
  CHECK(come(Moment::over));
}

}  // namespace breakglass::tests
