#include <catch2/catch.hpp>

#include "scenarios/line_index.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/visible.hpp"

namespace breakglass::tests {

using namespace scenarios;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("what could lie on a terminal is spelled, and nothing else is") {
  CHECK(visible("plain é 日本 🚒") == "plain é 日本 🚒");
  CHECK(visible("a\x1b[31m\a\x7f") == "a\\x1b[31m\\x07\\x7f");
  CHECK(visible("a\nb\rc\td") == "a\\nb\\rc d");
  CHECK(visible("\xE2\x80\xAE\xE2\x81\xA6") == "\\u202e\\u2066");
  CHECK(visible("\xC2\x9B") == "\\u009b");
  CHECK(visible(std::string_view("\0x", 2)) == "\\x00x");
  CHECK(visible("\xF3\xA0\x81\x81") == "\\u{e0041}");
  for (const char* bad : {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFF"}) {
    CAPTURE(bad);
    CHECK(visible(bad).starts_with("\\x"));
    CHECK(first_bad_utf8(bad) == 0);
  }
  CHECK(visible("abcdefghij", 10) == "abcdefghij");
  CHECK(visible("abcdefghijk", 10) == "abcdefg...");
  CHECK(display_width("ab") == 2);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
}

TEST_CASE("the caret stands under every byte of a line, however long, and lines keep to 100 columns") {
  std::string text = "first\n";
  for (int i = 0; i < 300; ++i) text += static_cast<char>('a' + i % 26);
  text += "\nlast";
  for (std::uint32_t at = 6; at < 306; ++at) {
    Problems problems("f", text);
    problems.add_at({0, at, at + 1}, "here");
    const auto lines = lines_of(render(problems));
    REQUIRE(lines.size() == 5);
    REQUIRE(lines[0] == "f:2:" + std::to_string(at - 5) + ": error: here");
    REQUIRE(lines[1].size() <= 100);
    const std::size_t caret = lines[2].find('^');
    REQUIRE(caret < lines[1].size());
    REQUIRE(lines[1][caret] == text[at]);
  }
}

TEST_CASE("the caret can stand behind the last character, and marks are cut at the line's end") {
  Problems problems("f", "ab\ncd\n");
  problems.add_at({0, 2, 2}, "at the end");
  problems.add_at({0, 3, 6}, "over the end");
  problems.add_at({0, 6, 6}, "behind it all");
  CHECK(render(problems) ==
        "f:1:3: error: at the end\n    1 | ab\n      |   ^\n\n"
        "f:2:1: error: over the end\n    2 | cd\n      | ^~\n\n"
        "f:3:1: error: behind it all\n    3 | \n      | ^\n\n3 problems in f\n");
}

TEST_CASE("lines and columns agree with counting, across notes and line ends") {
  std::string text = "\xEF\xBB\xBF";
  for (int i = 0; i < 5000; ++i)
    text += i % 7 == 0 ? "é\r\n" : i % 11 == 0 ? "x\r" : i % 5 == 0 ? "\n" : "ab€";
  LineIndex index;
  LineIndex fresh_order;
  std::int64_t line = 1;
  std::int64_t column = 1;
  for (std::size_t at = 3; at < text.size();) {
    const LineColumn found = index.locate(text, at);
    REQUIRE(found.line == line);
    REQUIRE(found.column == column);
    const bool ends = ends_line(text, at);
    at += decode(text, at).bytes;
    line += ends ? 1 : 0;
    column = ends ? 1 : column + 1;
  }
  // From the back, so that no earlier call has prepared the way.
  CHECK(fresh_order.locate(text, text.size()).line == line);
  CHECK(fresh_order.locate(text, 3).line == 1);
}

TEST_CASE("problems come in file order, and more than can be kept are counted") {
  Problems problems("f", std::string(5000, 'x'));
  for (std::uint32_t i = 0; i < 3000; ++i) problems.add({0, 4000 - i, 4001 - i}, "/a", std::to_string(i));
  CHECK(problems.count() == 3000);
  const auto list = problems.resolve();
  CHECK(list.size() == Problems::kMaxKept);
  CHECK(list.front().what == "1999");
  const auto lines = lines_of(render(problems));
  CHECK(lines[lines.size() - 2] == "... and 2950 more");
  CHECK(lines.back() == "3000 problems in f");
}

TEST_CASE("a text without problems renders to nothing") { CHECK(render(Problems("f", "x")).empty()); }

}  // namespace breakglass::tests
