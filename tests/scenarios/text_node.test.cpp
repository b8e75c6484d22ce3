#include <catch2/catch.hpp>

#include "scenarios/text_node.hpp"

namespace breakglass::tests {

using namespace scenarios;

namespace {

std::string spelled(const Problems& problems, Place place) {
  return problems.source(place.source).text.substr(place.begin, place.end - place.begin);
}

std::string first_problem(const std::string& text, const TextBudget& budget = {}) {
  Problems problems("f", text);
  CHECK_FALSE(parse_text(problems, 0, budget));
  const auto list = problems.resolve();
  return list.empty() ? std::string() : list.front().what;
}

}  // namespace

TEST_CASE("every value and key knows where it stood, comments and separators aside") {
  Problems problems("f", R"({ // "a": 5
    "a" : [1, -2.5e3 ,"x\ty"] , /* "b": 7 */ "b":{"c":null},
    "d": true})");
  const auto root = parse_text(problems);
  REQUIRE(root);
  CHECK(problems.empty());
  CHECK(spelled(problems, root->at) == problems.source(0).text);
  const Node& a = *root->find("a");
  CHECK(spelled(problems, a.at) == R"([1, -2.5e3 ,"x\ty"])");
  CHECK(spelled(problems, a.key_at) == R"("a")");
  CHECK(spelled(problems, a.items[1].at) == "-2.5e3");
  CHECK(a.items[1].text == "-2.5e3");
  CHECK(a.items[1].number == -2500);
  CHECK(spelled(problems, a.items[2].at) == R"("x\ty")");
  CHECK(a.items[2].text == "x\ty");
  CHECK(spelled(problems, find(*root, "/b/c")->at) == "null");
  CHECK(spelled(problems, find(*root, "/b/c")->key_at) == R"("c")");
  CHECK(spelled(problems, find(*root, "/d")->at) == "true");
  CHECK(line_and_column(problems, find(*root, "/d")->at) == "3:10");
}

TEST_CASE("pointers find values, with their escapes, and nothing else") {
  Problems problems("f", R"({"a/b": {"~": [0, {"": 3}]}, "m~n": 1})");
  const auto root = parse_text(problems);
  REQUIRE(root);
  CHECK(find(*root, "") == &*root);
  CHECK(find(*root, "/a~1b/~0/1/")->number == 3);
  CHECK(find(*root, "/m~0n")->number == 1);
  for (const char* missing : {"/a", "/a/b", "/a~1b/~0/2", "/a~1b/~0/01", "/a~1b/~0/-", "m", "/a~1b/~0/0/x"}) {
    CAPTURE(missing);
    CHECK(find(*root, missing) == nullptr);
  }
  CHECK(&find_or_around(*root, "/a~1b/~0/1/nothing/there") == find(*root, "/a~1b/~0/1"));
  std::string pointer;
  append_token(pointer, "a/b");
  append_token(pointer, "~");
  CHECK(pointer == "/a~1b/~0");
}

TEST_CASE("a byte-order mark and CRLF move no column") {
  Problems problems("f", "\xEF\xBB\xBF{\r\n \"a\": 1,\r\n\"é\": \"€\", \"b\": 2}\r\n");
  const auto root = parse_text(problems);
  REQUIRE(root);
  CHECK(line_and_column(problems, root->at) == "1:1");
  CHECK(line_and_column(problems, root->find("a")->at) == "2:7");
  CHECK(line_and_column(problems, root->find("b")->key_at) == "3:11");
}

TEST_CASE("budgets hold exactly at their limit") {
  TextBudget budget;
  budget.depth = 3;
  CHECK(first_problem("[[[[1]]]]", budget) == "too deep");
  Problems deep("f", "[[[1]]]");
  CHECK(parse_text(deep, 0, budget));

  budget = {};
  budget.nodes = 4;
  CHECK(first_problem("[1,2,3,4]", budget) == "the document has more than 4 values");
  Problems many("f", "[1,2,3]");
  CHECK(parse_text(many, 0, budget));

  budget = {};
  budget.string_bytes = 3;
  CHECK(first_problem(R"(["abcd"])", budget) == "this string is 4 bytes long");
  CHECK(first_problem(R"({"abcd": 1})", budget) == "this string is 4 bytes long");
  Problems fits("f", R"({"abc": "\u20ac"})");
  CHECK(parse_text(fits, 0, budget));

  budget = {};
  budget.bytes = 6;
  CHECK(first_problem("[1,2,3]", budget) == "too large: 7 bytes");
}

TEST_CASE("a million brackets are refused without a crash") {
  CHECK(first_problem(std::string(1'000'000, '[')) == "too deep");
  std::string objects;
  for (int i = 0; i < 200'000; ++i) objects += R"({"a":)";
  CHECK(first_problem(objects) == "too deep");
}

TEST_CASE("a repeated key is reported at both places, and the first value stands") {
  Problems problems("f", "{\"a\": 1,\n \"b\": {\"a\": 5}, \"a\": {\"c\": [2]}}");
  const auto root = parse_text(problems);
  REQUIRE(root);
  REQUIRE(problems.count() == 1);
  CHECK(problems.resolve()[0].what == "duplicate key \"a\": first given at 1:2");
  CHECK(line_and_column(problems, problems.resolve()[0].place) == "2:17");
  CHECK(root->find("a")->number == 1);
  CHECK(root->items.size() == 2);
}

TEST_CASE("hundreds of thousands of problems in one line take no time to locate") {
  std::string text = "{";
  for (int i = 0; i < 60'000; ++i) text += R"("a":1,)";
  text.back() = '}';
  Problems problems("f", text);
  CHECK(parse_text(problems));
  CHECK(problems.count() == 59'999);
  const std::string shown = render(problems);
  CHECK(shown.find("... and 59949 more\n59999 problems in f\n") != std::string::npos);
}

TEST_CASE("numbers are read from their text: to the last bit, whatever the locale") {
  Problems problems(
      "f",
      "[0.1, 1e23, 5e-324, 1.7976931348623157e308, 9007199254740993, -0, 123456789012345678901234567890]");
  const auto root = parse_text(problems);
  REQUIRE(root);
  const double expected[] = {
      0.1, 1e23, 5e-324, 1.7976931348623157e308, 9007199254740992.0, 0.0, 1.2345678901234568e29};
  for (std::size_t i = 0; i < 7; ++i) CHECK(root->items[i].number == expected[i]);
  CHECK(root->items[4].text == "9007199254740993");
}

TEST_CASE("printed JSON keeps to its width, escapes what it must, and reads back to the same tree") {
  const std::string text =
      R"({"a": [1, 2.5, "x\"\\\n\u0001é"], "long": ["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", {"c": null, "d": {}}], "e": true})";
  Problems problems("f", text);
  const auto root = parse_text(problems);
  REQUIRE(root);
  const std::string narrow = print_json(*root, 40);
  CHECK(narrow ==
        "{\n  \"a\": [1, 2.5, \"x\\\"\\\\\\n\\u0001é\"],\n  \"long\": [\n    \"aaaaaaaaaaaaaaaaaaaa\",\n"
        "    \"bbbbbbbbbbbbbbbbbbbb\",\n    {\"c\": null, \"d\": {}}\n  ],\n  \"e\": true\n}\n");
  Problems again("f", narrow);
  CHECK(print_json(*parse_text(again), 40) == narrow);
}

}  // namespace breakglass::tests
