#include "scenarios/reader.hpp"

#include <catch2/catch.hpp>

#include "scenarios/writer.hpp"
#include "tests/scenarios/menu_params.hpp"

namespace breakglass::tests {

using namespace scenarios;
using namespace std::chrono_literals;
using Kind = sim::Distribution::Kind;

namespace {

MenuParams read_menu(const std::string& text) {
  Problems problems("f", text);
  MenuParams params;
  const auto root = parse_text(problems);
  REQUIRE(root);
  CHECK(read_document(*root, params, problems));
  CHECK(render(problems) == "");
  return params;
}

MenuParams full_menu() {
  MenuParams menu;
  menu.title = "a \"menu\"\n";
  menu.rate_per_s = 3.0 / 60;
  menu.miss = 0.25;
  menu.score = 1e-9;
  menu.guests = 100;
  menu.seed = std::numeric_limits<std::int64_t>::max();
  menu.tables = 255;
  menu.is_open = false;
  menu.horizon = 90min;
  menu.doubling = 3h;
  menu.wait_s = 0.5;
  menu.heat = Heat::very_hot;
  menu.timezone = {330};
  menu.curve = {0, 0.1, 2};
  menu.weights = {1, 0, 0};
  menu.notes = {"a", ""};
  menu.pauses = {5min, 1500ms};
  menu.burst = BurstParams{4, 20min};
  menu.limit = 7;
  menu.dishes = {{"soup", Heat::hot, {{"bread", 0.5, false}, {"a/b", 2, true}}}, {"stew", Heat::mild, {}}};
  menu.by_name = menu.dishes;
  menu.answer = {Kind::uniform, 60, 120, {}};
  menu.effect = {Kind::beta, 8, 2, {{0, 0.03}, {1, 0.9}}};
  return menu;
}

}  // namespace

TEST_CASE("a document of every shape is read") {
  const MenuParams menu = read_menu(R"({
    "title": "t", "rate": "3/min", "miss": 0.25, "score": -1e3, "guests": 7, "seed": 9007199254740993, "tables": 255,
    "open": false, "horizon": "1h30m", "doubling": "3h", "wait": "90s", "heat": "very-hot", "timezone": "+05:30",
    "curve": [1, 2.5], "weights": [0, 1, 0.5], "notes": ["a"], "pauses": ["5m", "90s"],
    "burst": {"length": "20m"}, "limit": null,
    "dishes": [{"id": "soup", "calls": {"bread": 0.5, "wine": {"per_request": 2, "cached": true}}}],
    "by_name": {"stew": {"heat": "mild"}, "soup": {}},
    "answer": {"lognormal": {"median": "2m", "p95": "10m"}},
    "effect": {"atoms": {"1": 0.9, "0": 0.03}, "else": {"beta": [8, 2]}}})");
  CHECK(menu.title == "t");
  CHECK(menu.rate_per_s == 3.0 / 60);
  CHECK(menu.score == -1000);
  CHECK(menu.seed == 9007199254740993);
  CHECK(menu.tables == 255);
  CHECK_FALSE(menu.is_open);
  CHECK(menu.horizon == 90min);
  CHECK(menu.wait_s == 90);
  CHECK(menu.heat == Heat::very_hot);
  CHECK(menu.timezone.minutes == 330);
  CHECK(menu.curve == std::vector<double>{1, 2.5});
  CHECK(menu.weights == std::array<double, 3>{0, 1, 0.5});
  CHECK(menu.pauses == std::vector<Duration>{5min, 90s});
  CHECK(menu.burst == BurstParams{3, 20min});
  CHECK_FALSE(menu.limit);
  REQUIRE(menu.dishes.size() == 1);
  CHECK(menu.dishes[0].calls == std::vector<CallParams>{{"bread", 0.5, false}, {"wine", 2, true}});
  REQUIRE(menu.by_name.size() == 2);
  CHECK(menu.by_name[0] == DishParams{"stew", Heat::mild, {}});
  CHECK(menu.by_name[1].id == "soup");
  CHECK(menu.answer == sim::Distribution{Kind::lognormal, 120, 600, {}});
  CHECK(menu.effect == sim::Distribution{Kind::beta, 8, 2, {{0, 0.03}, {1, 0.9}}});
}

TEST_CASE("absent fields keep their defaults") {
  MenuParams expected;
  expected.title = "t";
  expected.rate_per_s = 4;
  CHECK(read_menu(R"({"title": "t", "rate": "4/s"})") == expected);
}

TEST_CASE("a value that is wrong leaves the struct's own") {
  Problems problems(
      "f", R"({"title": "t", "rate": "4/s", "miss": 7, "guests": 2.5, "answer": {"beta": 1}, "heat": "x"})");
  MenuParams params;
  CHECK_FALSE(read_document(*parse_text(problems), params, problems));
  CHECK(problems.count() == 4);
  CHECK(params.miss == 0.1);
  CHECK(params.guests == 4);
  CHECK(params.heat == Heat::hot);
  CHECK(params.answer == MenuParams{}.answer);
}

TEST_CASE("what is written reads back to an equal struct, defaults or not") {
  for (const bool defaults : {false, true}) {
    const MenuParams menu = full_menu();
    const std::string text = to_json(menu, {defaults});
    CAPTURE(text);
    CHECK(read_menu(text) == menu);
    CHECK(to_json(read_menu(text), {defaults}) == text);

    MenuParams plain;
    plain.title = "t";
    const std::string plain_text = to_json(plain, {defaults});
    CAPTURE(plain_text);
    CHECK(read_menu(plain_text) == plain);
  }
}

TEST_CASE("only what differs from the defaults is written, required fields always") {
  MenuParams menu;
  menu.title = "t";
  CHECK(to_json(menu) == "{\"title\": \"t\", \"rate\": \"1/s\"}\n");
  menu.burst = BurstParams{};
  menu.dishes = {{"soup", Heat::mild, {{"bread", 0.5, false}}}};
  CHECK(to_json(menu) ==
        "{\"title\": \"t\", \"rate\": \"1/s\", \"burst\": {}, "
        "\"dishes\": [{\"id\": \"soup\", \"calls\": {\"bread\": 0.5}}]}\n");
}

TEST_CASE("a default that its own range excludes means absent and is never written") {
  MenuParams menu;
  menu.title = "t";
  const std::string text = to_json(menu, {true});
  CHECK(text.find("doubling") == std::string::npos);
  CHECK(text.find("\"horizon\": \"1d\"") != std::string::npos);
}

TEST_CASE("distributions of every kind round-trip") {
  const sim::Distribution all[] = {
      {Kind::fixed, 0.5, 0, {}},
      {Kind::uniform, 0, 1, {}},
      {Kind::exponential, 0.25, 0, {}},
      {Kind::normal, 0.5, 0.1, {}},
      {Kind::lognormal, 0.1, 0.5, {}},
      {Kind::gamma, 0.5, 0.25, {}},
      {Kind::beta, 2, 3, {}},
      {Kind::beta, 2, 3, {{0.5, 0.5}}},
      {Kind::fixed, 0.25, 0, {{0, 0.5}}},
      {Kind::fixed, 1, 0, {{0, 0.4}, {1, 0.6}}},
  };
  for (const auto& distribution : all) {
    MenuParams menu;
    menu.title = "t";
    menu.effect = distribution;
    menu.answer = distribution;
    const std::string text = to_json(menu);
    CAPTURE(text);
    CHECK(read_menu(text) == menu);
  }
}

TEST_CASE("every field's problem is found in one pass, in the file's order") {
  Problems problems(
      "f", R"({"miss": 7, "x": 1, "guests": 2.5, "answer": {"beta": 1}, "heat": "x", "curve": [-1, -2]})");
  MenuParams params;
  CHECK_FALSE(read_document(*parse_text(problems), params, problems));
  std::vector<std::string> pointers;
  for (const Problem& p : problems.resolve()) pointers.push_back(p.pointer);
  CHECK(pointers == std::vector<std::string>{"/title", "/rate", "/miss", "/x", "/guests", "/answer/beta",
                                             "/heat", "/curve/0", "/curve/1"});
}

TEST_CASE("a part of a document is read with its own pointer") {
  Problems problems("f", R"({"a": {"factor": 0.5}})");
  const auto root = parse_text(problems);
  BurstParams burst;
  CHECK_FALSE(read_document(*root->find("a"), burst, problems, "/a"));
  CHECK(problems.resolve()[0].pointer == "/a/factor");
}

TEST_CASE("a shorthand names its field") {
  CHECK(shorthand_field<CallParams>() == "per_request");
  CHECK(shorthand_field<BurstParams>().empty());
}

}  // namespace breakglass::tests
