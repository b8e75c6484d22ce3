#include "analysis/sweep/journal.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <optional>

#include "sweep_scenes.hpp"

namespace breakglass::analysis {
namespace {

using testing::Files;

const JournalHead kHead{"0.1.0", "af0de9c2df053abd72c42fb26efe651c", "what was asked"};
const std::vector<double> kFirst{1, 0.1, -3e-300};
const std::vector<double> kSecond{2, 1e22};

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A journal with two answers.
std::string written(const Files& files) {
  const std::string path = files.path("whole");
  Journal journal;
  REQUIRE(journal.open(path, kHead).empty());
  REQUIRE(journal.add("point/0", kFirst).empty());
  REQUIRE(journal.add("point/1", kSecond).empty());
  return read(path);
}

TEST_CASE("answers come back to the last bit") {
  const Files files;
  written(files);
  Journal journal;
  REQUIRE(journal.open(files.path("whole"), kHead).empty());
  REQUIRE(journal.size() == 2);
  REQUIRE(*journal.find("point/0") == kFirst);
  REQUIRE(*journal.find("point/1") == kSecond);
  REQUIRE(journal.find("point/2") == nullptr);
}

TEST_CASE("a journal that was cut anywhere goes on, and ends with the same bytes") {
  const Files files;
  const std::string whole = written(files);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    const std::string path = files.write("cut", whole.substr(0, cut));
    CAPTURE(cut);
    {
      Journal journal;
      REQUIRE(journal.open(path, kHead).empty());
      if (journal.find("point/0") == nullptr) REQUIRE(journal.add("point/0", kFirst).empty());
      if (journal.find("point/1") == nullptr) REQUIRE(journal.add("point/1", kSecond).empty());
      REQUIRE(*journal.find("point/0") == kFirst);
    }
    REQUIRE(read(path) == whole);
  }
}

TEST_CASE("a journal in which any bit was turned is refused and left alone, or cut at its last line") {
  const Files files;
  const std::string whole = written(files);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
      const std::string path = files.write("damaged", damaged);
      Journal journal;
      CAPTURE(i, bit);
      if (!journal.open(path, kHead).empty()) {
        REQUIRE(read(path) == damaged);
      } else {
        if (journal.find("point/0") != nullptr) REQUIRE(*journal.find("point/0") == kFirst);
        if (journal.find("point/1") != nullptr) REQUIRE(*journal.find("point/1") == kSecond);
      }
    }
  }
}

std::string refusal(const Files& files, const std::string& text, const JournalHead& head = kHead) {
  Journal journal;
  const std::string path = files.write("other", text);
  const std::string problem = journal.open(path, head);
  REQUIRE(read(path) == text);
  return problem;
}

TEST_CASE("a checkpoint of something else says what of") {
  using Catch::Contains;
  const Files files;
  const std::string whole = written(files);
  JournalHead other = kHead;
  other.scenario_hash[0] = '0';
  REQUIRE_THAT(refusal(files, whole, other), Contains("of another scenario"));
  other = kHead;
  other.version = "0.2.0";
  REQUIRE_THAT(refusal(files, whole, other), Contains("was begun by version 0.1.0, and this is 0.2.0"));
  other = kHead;
  other.request += "!";
  REQUIRE_THAT(refusal(files, whole, other), Contains("of another sweep: parameters, strategies"));
  REQUIRE_THAT(refusal(files, "{\"id\": \"pii-leak\"}\n"), Contains("no checkpoint of a sweep"));
  REQUIRE_THAT(refusal(files, "no line end"), Contains("no checkpoint of a sweep"));
  REQUIRE_THAT(Journal().open(files.path("no/such/folder"), kHead), Contains("cannot open"));
  REQUIRE_THAT(Journal().open("/dev/null", kHead), Contains("no regular file"));
}

TEST_CASE("two sweeps cannot write one checkpoint") {
  const Files files;
  Journal first;
  REQUIRE(first.open(files.path("one"), kHead).empty());
  REQUIRE_THAT(Journal().open(files.path("one"), kHead), Catch::Contains("in use by another sweep"));
}

}  // namespace
}  // namespace breakglass::analysis
