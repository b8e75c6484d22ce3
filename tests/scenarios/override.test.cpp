#include "scenarios/override.hpp"

#include <catch2/catch.hpp>

namespace breakglass::tests {

using namespace scenarios;

namespace {

// The document after the overrides; "" if one was refused.
std::string after(const std::string& text, std::initializer_list<const char*> arguments) {
  Problems problems("f", text);
  auto root = parse_text(problems);
  REQUIRE(root);
  for (const char* argument : arguments) {
    const bool applied = apply_override(*root, argument, problems);
    CHECK(applied == problems.empty());
    if (!applied) return {};
  }
  return print_json(*root);
}

}  // namespace

TEST_CASE("values are JSON where they can be and strings where not") {
  const std::string text = R"({"a": 1, "b": {"c": [1, 2]}})";
  CHECK(after(text, {"/a=2.5"}) == "{\"a\": 2.5, \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=true"}) == "{\"a\": true, \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=null"}) == "{\"a\": null, \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=7d"}) == "{\"a\": \"7d\", \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=40/s"}) == "{\"a\": \"40/s\", \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=x=y"}) == "{\"a\": \"x=y\", \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=\"5\""}) == "{\"a\": \"5\", \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a="}) == "{\"a\": \"\", \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=[1, {\"d\": 2}]"}) == "{\"a\": [1, {\"d\": 2}], \"b\": {\"c\": [1, 2]}}\n");
  CHECK(after(text, {"/a=01"}) == "{\"a\": \"01\", \"b\": {\"c\": [1, 2]}}\n");
}

TEST_CASE("later overrides see earlier ones") {
  CHECK(after(R"({"a": 1})", {"/b={\"c\": [1, 2]}", "/b/c/1=3", "/b/d=x", "/a=2", "/a=3"}) ==
        "{\"a\": 3, \"b\": {\"c\": [1, 3], \"d\": \"x\"}}\n");
}

TEST_CASE("keys with slashes, tildes and nothing in them can be reached") {
  CHECK(after(R"({"a/b": 1, "~": 2, "": 3})", {"/a~1b=4", "/~0=5", "/=6"}) ==
        "{\"a/b\": 4, \"~\": 5, \"\": 6}\n");
}

TEST_CASE("what cannot be reached is refused and changes nothing") {
  const std::string text = R"({"a": 1, "b": {"c": [1, 2]}})";
  for (const char* bad : {"a=1", "", "=", "/a", "/x/y=1", "/a/b=1", "/b/c/2=1", "/b/c/-=1", "/b/c/x=1",
                          "/b/c/-1=1", "/a=[", "/a=\"x", "/a={]", "/~=1", "/b/c/0/d=1"}) {
    CAPTURE(bad);
    Problems problems("f", text);
    auto root = parse_text(problems);
    CHECK_FALSE(apply_override(*root, bad, problems));
    CHECK(problems.count() == 1);
    CHECK(print_json(*root) == text + "\n");
  }
}

TEST_CASE("places of a new value point into its argument") {
  Problems problems("f", R"({"a": 1})");
  auto root = parse_text(problems);
  REQUIRE(apply_override(*root, "/a={\"b\": 5}", problems));
  const Place place = find(*root, "/a/b")->at;
  const std::string& text = problems.source(place.source).text;
  CHECK(text == "--set /a={\"b\": 5}");
  CHECK(text.substr(place.begin, place.end - place.begin) == "5");
}

}  // namespace breakglass::tests
