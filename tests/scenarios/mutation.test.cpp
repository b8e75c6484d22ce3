// What a stranger may send: every truncation and every single-byte change of good files. Nothing may crash
// (the sanitizer builds run this too), every refusal must come with a problem, and what is shown stays
// printable.
#include <catch2/catch.hpp>

#include "scenarios/override.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/trace_csv.hpp"
#include "scenarios/visible.hpp"
#include "tests/scenarios/menu_params.hpp"

namespace breakglass::tests {

using namespace scenarios;

namespace {

const std::string kMenu = R"({ // c
"title":"é\n","rate":"3/min","miss":0.25,"seed":12,"horizon":"1h30m","timezone":"-05:30",
"curve":[1,2e3],"burst":{"factor":2},"by_name":{"a":{"calls":{"b":0.5}}},/* x */
"effect":{"atoms":{"0":0.03},"else":{"beta":[8,2]}}})";

const std::string kTrace = "TIME,\"a\"\n2023-11-16 18:17:03.97,1\n2023-11-16T18:17:04Z,2\n";
const std::string kCounts = "time,count\r\n0,5\r\n60,0\r\n120,7\r\n";

bool is_printable(const std::string& text) {
  if (first_bad_utf8(text) != std::string::npos) return false;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) return false;
  }
  return true;
}

// Whether reading behaved: a result, or problems that say why not, printable either way.
bool behaves(const std::string& text) {
  Problems problems("menu.json", text);
  bool fine = true;
  auto root = parse_text(problems);
  fine = fine && (root || !problems.empty());
  if (root) {
    MenuParams params;
    const std::size_t before = problems.count();
    const bool ok = read_document(*root, params, problems);
    fine = fine && ok == (problems.count() == before);
    apply_override(*root, "/burst/factor=" + text.substr(0, 40), problems);
    apply_override(*root, text.substr(text.size() / 2, 30), problems);
  }
  return fine && is_printable(render(problems));
}

bool trace_behaves(const std::string& text) {
  std::size_t at = 0;
  const ChunkSource chunks = [&](char* buffer, std::size_t size) {
    const std::size_t got = std::min({size, text.size() - at, std::size_t{9}});
    text.copy(buffer, got, at);
    at += got;
    return got;
  };
  Problems problems;
  const auto trace = read_trace("t.csv", chunks, problems);
  const bool fine = trace.has_value() == problems.empty() && is_printable(render(problems));
  return fine && (!trace || cumulative_count(*trace, trace->length_ns) == total_requests(*trace));
}

template <class Check>
void mutate(const std::string& good, Check check) {
  for (std::size_t length = 0; length <= good.size(); ++length) {
    CAPTURE(length);
    REQUIRE(check(good.substr(0, length)));
  }
  // Bytes that mean something to a parser, and some that mean nothing anywhere.
  static constexpr char kBytes[] =
      "\0\x01\t\n\r \"'\\/*{}[],:;=-+.0129eEntux~%#\x1b\x7f\x80\xbf\xc2\xe2\xef\xf0\xff";
  const std::string bytes(kBytes, sizeof kBytes - 1);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : bytes) {
      std::string changed = good;
      changed[at] = byte;
      CAPTURE(at, static_cast<int>(byte));
      REQUIRE(check(changed));
      changed = good;
      changed.insert(at, 1, byte);
      REQUIRE(check(changed));
    }
    std::string shorter = good;
    shorter.erase(at, 1);
    REQUIRE(check(shorter));
  }
}

}  // namespace

TEST_CASE("no damage to a document goes unsaid or crashes") {
  REQUIRE(behaves(kMenu));
  mutate(kMenu, behaves);
}

TEST_CASE("no damage to a trace goes unsaid or crashes") {
  mutate(kTrace, trace_behaves);
  mutate(kCounts, trace_behaves);
}

}  // namespace breakglass::tests
