#include <catch2/catch.hpp>

#include "scenarios/override.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/trace_csv.hpp"
#include "tests/scenarios/golden_support.hpp"
#include "tests/scenarios/menu_params.hpp"

namespace breakglass::tests {
namespace {

using namespace scenarios;

std::string said_of_document(const std::string& text) {
  Problems problems("menu.json", text);
  if (const auto root = parse_text(problems)) {
    MenuParams params;
    read_document(*root, params, problems);
  }
  return render(problems);
}

std::string said_of_syntax(const std::string& text) {
  Problems problems("menu.json", text);
  parse_text(problems);
  return render(problems);
}

// The first line of the input is the argument (or several, one a line, up to a line "in"); the rest the
// document.
std::string said_of_overrides(const std::string& input) {
  const std::size_t in = input.find("\nin\n");
  Problems problems("menu.json", input.substr(in + 4));
  auto root = parse_text(problems);
  REQUIRE(root);
  std::size_t at = 0;
  while (at < in) {
    const std::size_t end = std::min(input.find('\n', at), in);
    apply_override(*root, input.substr(at, end - at), problems);
    at = end + 1;
  }
  MenuParams params;
  read_document(*root, params, problems);
  return render(problems);
}

std::string said_of_trace(const std::string& text) {
  Problems problems;
  std::size_t at = 0;
  const ChunkSource chunks = [&](char* buffer, std::size_t size) {
    // Small bites, so that lines straddle chunks.
    const std::size_t got = std::min({size, text.size() - at, std::size_t{7}});
    text.copy(buffer, got, at);
    at += got;
    return got;
  };
  const auto trace = read_trace("trace.csv", chunks, problems);
  CHECK(trace.has_value() == problems.empty());
  return render(problems);
}

}  // namespace

TEST_CASE("syntax errors say what was expected, with a caret") { check_golden("syntax.txt", said_of_syntax); }
TEST_CASE("documents that do not fit their fields are explained") {
  check_golden("fields.txt", said_of_document);
}
TEST_CASE("distributions that make no sense are explained") {
  check_golden("distributions.txt", said_of_document);
}
TEST_CASE("overrides are explained in their own text") { check_golden("overrides.txt", said_of_overrides); }
TEST_CASE("traces that cannot be read are explained") { check_golden("traces.txt", said_of_trace); }
TEST_CASE("what is shown cannot lie on the terminal") { check_golden("shown.txt", said_of_document); }

}  // namespace breakglass::tests
