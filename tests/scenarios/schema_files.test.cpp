// The schemas beside the scenarios are generated from the lists of fields; these tests keep them so.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "scenarios/load.hpp"

namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(std::string(BREAKGLASS_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the scenario schema in the repository is the one that the fields give") {
  INFO("regenerate with: ./dev run schema scenario > scenarios/scenario.schema.json");
  CHECK(file_text("scenarios/scenario.schema.json") == breakglass::scenarios::scenario_schema());
}

TEST_CASE("the strategy schema in the repository is the one that the fields give") {
  INFO("regenerate with: ./dev run schema strategy > scenarios/strategy.schema.json");
  CHECK(file_text("scenarios/strategy.schema.json") == breakglass::scenarios::strategy_schema());
}
