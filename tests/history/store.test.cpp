// Drills go into a history and come out as they were; what is not ours, or later than ours, is left alone.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/history/history_support.hpp"

namespace breakglass::tests {
namespace {

using history::Access;
using history::Database;

constexpr std::string_view kNothing[] = {"CREATE TABLE old (a);"};

void check_same(const history::Played& a, const history::Played& b) {
  CHECK(a.identity == b.identity);
  CHECK(a.log == b.log);
  CHECK(a.seed == b.seed);
  CHECK(a.replication == b.replication);
  CHECK(a.mode == b.mode);
  CHECK(a.started == b.started);
  CHECK(a.ended == b.ended);
  CHECK(a.harm == b.harm);
  CHECK(a.harm_unit == b.harm_unit);
  CHECK(a.grade == b.grade);
  CHECK(a.is_emergency == b.is_emergency);
  CHECK(a.treated_as_emergency == b.treated_as_emergency);
  REQUIRE(a.tasks.size() == b.tasks.size());
  for (std::size_t i = 0; i < a.tasks.size(); ++i) CHECK(a.tasks[i].passed == b.tasks[i].passed);
  REQUIRE(a.mistakes.size() == b.mistakes.size());
  for (std::size_t i = 0; i < a.mistakes.size(); ++i) CHECK(a.mistakes[i].at_s == b.mistakes[i].at_s);
  REQUIRE(a.stated.size() == b.stated.size());
  for (std::size_t i = 0; i < a.stated.size(); ++i) {
    CHECK(a.stated[i].question == b.stated[i].question);
    CHECK(a.stated[i].probability == b.stated[i].probability);
    CHECK(a.stated[i].outcome == b.stated[i].outcome);
  }
}

std::vector<history::Played> drills_in(const std::string& path) {
  Database database;
  REQUIRE(database.open(path, Access::read, history::migrations()).empty());
  const history::Loaded loaded = history::load(database);
  REQUIRE(loaded.error.empty());
  return loaded.drills;
}

std::int64_t number(const std::string& path, history::Migrations known, const char* sql) {
  Database database;
  REQUIRE(database.open(path, Access::read, known).empty());
  history::Statement statement(database, sql);
  REQUIRE(statement.next());
  return statement.integer(0);
}

}  // namespace

TEST_CASE("a drill comes out of the history as it went in, whatever its texts hold") {
  const Folder folder;
  {
    Database database;
    REQUIRE(database.open(folder.file("h"), Access::write, history::migrations()).empty());
    const history::Recorded recorded = history::record(database, some_drill("a"));
    CHECK(recorded.error.empty());
    CHECK(recorded.is_new);
    CHECK(recorded.id == 1);
  }
  const auto drills = drills_in(folder.file("h"));
  REQUIRE(drills.size() == 1);
  check_same(drills[0], some_drill("a"));
}

TEST_CASE("a log is recorded once; what is known later is filled in, and nothing replaced") {
  const Folder folder;
  Database database;
  REQUIRE(database.open(folder.file("h"), Access::write, history::migrations()).empty());
  history::record(database, some_drill("a"));
  history::Played graded = some_drill("a");
  graded.grade = 0.25;
  graded.harm = 77;
  graded.stated[0].posterior = 0.5;
  CHECK_FALSE(history::record(database, graded).is_new);
  graded.grade = 0.75;
  CHECK(history::record(database, graded).id == 1);
  history::record(database, some_drill("b"));
  const auto drills = drills_in(folder.file("h"));
  REQUIRE(drills.size() == 2);
  CHECK(drills[0].grade == 0.25);
  CHECK(drills[0].harm == 0.1);
  CHECK(drills[0].stated[0].posterior == 0.5);
  CHECK_FALSE(drills[1].grade);
}

TEST_CASE("a drill that cannot be recorded whole is not recorded at all") {
  const Folder folder;
  Database database;
  REQUIRE(database.open(folder.file("h"), Access::write, history::migrations()).empty());
  history::Played twice = some_drill("a");
  twice.stated.push_back(twice.stated[0]);
  CHECK(history::record(database, twice).error.find("UNIQUE constraint failed") != std::string::npos);
  CHECK(drills_in(folder.file("h")).empty());
  CHECK(history::record(database, some_drill("b")).error.empty());
}

TEST_CASE("two writers at once lose nothing") {
  const Folder folder;
  constexpr int kEach = 40;
  const auto write = [&](const std::string& name) {
    for (int i = 0; i < kEach; ++i) {
      Database database;  // opened anew each time: the first two make the file at once
      std::string why = database.open(folder.file("h"), Access::write, history::migrations());
      if (why.empty()) why = history::record(database, some_drill(name + std::to_string(i))).error;
      if (!why.empty()) WARN(why);
    }
  };
  std::thread one(write, "one");
  std::thread two(write, "two");
  one.join();
  two.join();
  CHECK(drills_in(folder.file("h")).size() == 2 * kEach);
}

TEST_CASE("an older history is brought up to date, step by step, and keeps what it has") {
  const Folder folder;
  const std::string path = folder.file("h");
  const std::vector<std::string_view> later{
      history::migrations()[0], "ALTER TABLE drills ADD COLUMN weather TEXT NOT NULL DEFAULT 'fair'",
      "UPDATE drills SET weather = 'rain'"};
  {
    Database database;
    REQUIRE(database.open(path, Access::write, history::migrations().first(1)).empty());
    history::record(database, some_drill("a"));
  }
  CHECK(number(path, later, "SELECT count(*) FROM drills WHERE weather = 'rain'") == 1);
  CHECK(number(path, later, "PRAGMA user_version") == 3);
}

TEST_CASE("a migration that fails leaves the file as it was, to the byte") {
  const Folder folder;
  const std::string path = folder.file("h");
  {
    Database database;
    REQUIRE(database.open(path, Access::write, history::migrations()).empty());
    history::record(database, some_drill("a"));
  }
  const std::string before = bytes_of(path);
  const std::vector<std::string_view> bad{history::migrations()[0],
                                          "ALTER TABLE drills ADD COLUMN weather TEXT",
                                          "INSERT INTO nowhere VALUES (1)"};
  Database database;
  CHECK(database.open(path, Access::write, bad).find("no such table: nowhere") != std::string::npos);
  CHECK(bytes_of(path) == before);
  CHECK(drills_in(path).size() == 1);
}

TEST_CASE("a history of a later version is refused in clear words, and stays as it is") {
  const Folder folder;
  const std::string path = folder.file("h");
  const std::vector<std::string_view> later{history::migrations()[0], "CREATE TABLE seasons (a)"};
  {
    Database database;
    REQUIRE(database.open(path, Access::write, later).empty());
    history::record(database, some_drill("a"));
  }
  const std::string before = bytes_of(path);
  for (const Access access : {Access::read, Access::write}) {
    Database database;
    CHECK(database.open(path, access, history::migrations())
              .find("is of a later version of breakglass: its schema is 2, and this program knows 1; it is "
                    "left as it is") != std::string::npos);
  }
  CHECK(bytes_of(path) == before);
}

TEST_CASE("what is no history of ours is refused and left alone") {
  const Folder folder;
  const auto refusal = [](const std::string& path) {
    Database database;
    return database.open(path, Access::write, history::migrations());
  };
  const auto says = [&](const std::string& path, const char* what) {
    INFO(refusal(path));
    CHECK(refusal(path).find(what) != std::string::npos);
  };
  std::ofstream(folder.file("text")) << std::string(2000, 'x');
  says(folder.file("text"), "it is not even a database");
  CHECK(bytes_of(folder.file("text")) == std::string(2000, 'x'));
  {
    Database other;
    REQUIRE(other.open(folder.file("other"), Access::write, kNothing).empty());
    REQUIRE(other.run("PRAGMA application_id = 7").empty());
  }
  says(folder.file("other"), "it is the database of another program");
  says(folder.file("no/such/folder"), "No such file or directory");
  std::filesystem::create_directory(folder.file("folder"));
  says(folder.file("folder"), "it is no file");
  Database absent;
  CHECK_FALSE(absent.open(folder.file("none"), Access::read, history::migrations()).empty());
  CHECK_FALSE(std::filesystem::exists(folder.file("none")));
}

}  // namespace breakglass::tests
