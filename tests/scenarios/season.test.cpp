// Seasons: what is shipped reads without a complaint, and what is wrong is said at its place.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "scenarios/season.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;

std::string said_of(const std::string& weeks) {
  Problems problems("season.json",
                    R"({"id": "s", "real_per_month": 1, "review": "?", "weeks": [)" + weeks + "]}");
  const auto season = read_season(problems, 0);
  CHECK(season.has_value() == problems.empty());
  return render(problems);
}

}  // namespace

TEST_CASE("the shipped season reads, and says where its numbers come from") {
  Problems problems;
  const auto season = load_season("first-month", problems);
  INFO(render(problems));
  REQUIRE(season);
  CHECK(season->weeks.size() >= 4);
  CHECK(season->erosion.haste_odds > 1);
  CHECK(season->sources.size() >= 2);
  CHECK(season->review.find("bar") != std::string::npos);
}

TEST_CASE("a season's faults are said at their places") {
  CHECK(said_of(R"({"week": 1, "scenario": "pii-leak"})").empty());
  const std::string slip = said_of(R"({"week": 1, "scenario": "pii-laek"})");
  CHECK(slip.find("did you mean \"pii-leak\"") != std::string::npos);
  CHECK(slip.find("/weeks/0/scenario") != std::string::npos);
  const std::string falls =
      said_of(R"({"week": 2, "scenario": "pii-leak"}, {"week": 1, "scenario": "pii-leak"})");
  CHECK(falls.find("/weeks/1/week") != std::string::npos);
  CHECK(said_of("").find("without weeks") != std::string::npos);
  Problems problems;
  CHECK_FALSE(load_season("first-moth", problems));
  CHECK(render(problems).find("did you mean \"first-month\"") != std::string::npos);
}

TEST_CASE("each needless bypass multiplies odds, within bounds") {
  CHECK(erosion_factor(1.5, 0) == 1);
  CHECK(erosion_factor(1.5, -1) == 1);
  CHECK(erosion_factor(1.5, 2) == 2.25);
  CHECK(erosion_factor(1.5, 1000) == kMostErosion);
  CHECK(erosion_factor(0.5, 1) == 0.5);
  CHECK(erosion_factor(0.5, 1000) == 1 / kMostErosion);
}

TEST_CASE("the season schema in the repository is the one that the fields give") {
  INFO("regenerate with: ./dev run schema season > scenarios/season.schema.json");
  std::ifstream in(std::string(BREAKGLASS_SOURCE_DIR) + "/scenarios/season.schema.json", std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  CHECK(text.str() == season_schema());
}

}  // namespace breakglass::tests
