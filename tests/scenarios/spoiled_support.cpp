#include "tests/scenarios/spoiled_support.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace breakglass::tests {

std::string sound_file(const std::string& name) {
  std::ifstream in(std::string(BREAKGLASS_SOURCE_DIR) + "/tests/scenarios/bad_input/" + name,
                   std::ios::binary);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string spoiled(std::string text, const std::string& edits) {
  std::istringstream lines(edits);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const std::size_t arrow = line.find(" => ");
    REQUIRE(arrow != std::string::npos);
    const std::string old = line.substr(0, arrow);
    INFO("looking for " << old);
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    CHECK(text.find(old, at + 1) == std::string::npos);
    text.replace(at, old.size(), line.substr(arrow + 4));
  }
  return text;
}

}  // namespace breakglass::tests
