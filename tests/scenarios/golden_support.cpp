#include "tests/scenarios/golden_support.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace breakglass::tests {
namespace {

std::string with_bytes(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "<0x") == 0 && i + 5 < text.size() && text[i + 5] == '>') {
      result += static_cast<char>(std::stoi(text.substr(i + 3, 2), nullptr, 16));
      i += 5;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::vector<GoldenCase> read_cases(const std::string& path) {
  std::ifstream in(path);
  REQUIRE(in);
  std::vector<GoldenCase> cases;
  bool in_expected = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      cases.push_back({line.substr(4), {}, {}});
      in_expected = false;
    } else if (line == "--- says") {
      in_expected = true;
    } else if (!cases.empty()) {
      (in_expected ? cases.back().expected : cases.back().input) += line + "\n";
    }
  }
  for (GoldenCase& c : cases) {
    if (!c.input.empty()) c.input.pop_back();
  }
  return cases;
}

}  // namespace

void check_golden(const std::string& file, const std::function<std::string(const std::string&)>& say) {
  const std::string path = std::string(BREAKGLASS_SOURCE_DIR) + "/tests/scenarios/golden/" + file;
  const std::vector<GoldenCase> cases = read_cases(path);
  CHECK(!cases.empty());
  const bool update = std::getenv("BREAKGLASS_UPDATE_GOLDEN") != nullptr;
  std::ostringstream out;
  for (const GoldenCase& c : cases) {
    const std::string said = say(with_bytes(c.input));
    INFO(file << ": " << c.title);
    if (!update) CHECK(said == c.expected);
    out << "=== " << c.title << "\n" << c.input << "\n--- says\n" << said;
  }
  if (update) std::ofstream(path) << out.str();
}

}  // namespace breakglass::tests
