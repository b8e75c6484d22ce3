// Lessons: what is shipped reads without a complaint, and what is wrong is said at its place.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "scenarios/lesson.hpp"
#include "scenarios/load.hpp"
#include "scenarios/shipped.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;

constexpr std::size_t kLongestNote = 480;  // five lines of a terminal

std::string said_of(const std::string& rest) {
  Problems problems("lesson.json", R"({"id": "l", "title": "t", )" + rest + "}");
  const auto lesson = read_lesson(problems, 0);
  CHECK(lesson.has_value() == problems.empty());
  return render(problems);
}

}  // namespace

TEST_CASE("the tutorial has its three levels, in their order, each in a scenario of its own") {
  const auto lessons = shipped_lessons();
  REQUIRE(lessons.size() == 3);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    CHECK(lessons[i].level == static_cast<std::int64_t>(i) + 1);
    CHECK(lessons[i].scenario.starts_with("tutorial-"));
    for (const NoteParams& note : lessons[i].notes) {
      INFO(note.say);
      CHECK(note.say.size() <= kLongestNote);
    }
  }
}

// A tutorial is held to less than a scenario: its numbers are chosen for the lesson, so it compares no
// strategies and its outcomes are no golden ones. It says so, and it has a page with something wrong in it.
TEST_CASE("a tutorial's scenario is sound, small, and says that its numbers are made up for the lesson") {
  int tutorials = 0;
  for (const ShippedFile& file : shipped_files()) {
    if (file.kind != "tutorial") continue;
    ++tutorials;
    Problems problems;
    const auto loaded = load_scenario(std::string(file.id), {}, problems);
    INFO(render(problems));
    REQUIRE(loaded);
    const sim::ScenarioParams& p = loaded->scenario.params;
    CHECK(p.id == file.id);
    CHECK(p.strategies == std::vector<std::string>{"do-nothing"});
    CHECK_FALSE(p.brief.page.empty());
    CHECK(
        std::any_of(p.brief.facts.begin(), p.brief.facts.end(), [](const auto& fact) { return fact.wrong; }));
    REQUIRE(p.sources.size() == 1);
    CHECK(p.sources[0].source.find("every number in this file is chosen so that the lesson is short") !=
          std::string::npos);
  }
  CHECK(tutorials == 3);
}

TEST_CASE("a lesson's faults are said at their places") {
  const std::string notes = R"("notes": [{"when": "page", "say": "begin"}])";
  CHECK(said_of(R"("scenario": "pii-leak", )" + notes).empty());
  CHECK(said_of(R"("scenario": "tutorial-gate", )" + notes).empty());
  const std::string slip = said_of(R"("scenario": "tutorial-gaet", )" + notes);
  CHECK(slip.find("lesson.json:1:") != std::string::npos);
  CHECK(slip.find("did you mean \"tutorial-gate\"") != std::string::npos);
  const std::string moment = said_of(R"("scenario": "pii-leak", "notes": [{"when": "pgae", "say": "x"}])");
  CHECK(moment.find("/notes/0/when") != std::string::npos);
  CHECK(moment.find("did you mean \"page\"") != std::string::npos);
  CHECK(said_of(R"("scenario": "pii-leak", "notes": [{"when": "over", "say": "x"}])").find("how to begin") !=
        std::string::npos);
  CHECK(said_of(R"("scenario": "pii-leak", "notes": [{"when": "page", "say": ""}])").find("/notes/0/say") !=
        std::string::npos);
  Problems problems;
  CHECK_FALSE(load_lesson("one-gaet", problems));
  CHECK(render(problems).find("did you mean \"one-gate\"") != std::string::npos);
}

TEST_CASE("every moment has its name, in its place") {
  for (std::size_t i = 0; i < kMomentNames.size(); ++i) CHECK(kMomentNames[i].value == static_cast<int>(i));
  CHECK(kMomentNames.size() == static_cast<std::size_t>(Moment::over) + 1);
}

TEST_CASE("the lesson schema in the repository is the one that the fields give") {
  INFO("regenerate with: ./dev run schema lesson > scenarios/lesson.schema.json");
  std::ifstream in(std::string(BREAKGLASS_SOURCE_DIR) + "/scenarios/lesson.schema.json", std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  CHECK(text.str() == lesson_schema());
}

}  // namespace breakglass::tests
