// docs/fields.md is generated from the lists of fields; this test keeps it so.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scenarios/load.hpp"

namespace {

using namespace breakglass::scenarios;

std::string expected_text() {
  return "# Every field of a scenario and of a strategy\n\n"
         "Generated from the lists of fields that also read the files; do not edit. `[]` stands for an "
         "element of a\n"
         "list, `<id>` for a name that the file chooses. A distribution is written as a value, or as "
         "`uniform`,\n"
         "`exponential`, `normal`, `lognormal`, `gamma` or `beta` with its parameters, or as `atoms` (values "
         "with their\n"
         "probabilities) with an `else`.\n\n"
         "## A scenario\n\n" +
         scenario_fields() + "\n## A strategy\n\n" + strategy_fields();
}

}  // namespace

TEST_CASE("the page of fields is the one that the fields give") {
  const std::string path = std::string(BREAKGLASS_SOURCE_DIR) + "/docs/fields.md";
  if (std::getenv("BREAKGLASS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected_text();
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  INFO("regenerate with BREAKGLASS_UPDATE_GOLDEN=1 in the environment of this test");
  CHECK(text.str() == expected_text());
}
