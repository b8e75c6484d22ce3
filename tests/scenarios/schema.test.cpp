#include "scenarios/schema.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "scenarios/fields_doc.hpp"
#include "tests/scenarios/menu_params.hpp"

namespace breakglass::tests {

using namespace scenarios;

namespace {

// A struct that contains itself, as an approval of approvals would.
struct TreeParams {
  std::string name;
  std::vector<TreeParams> children;
};
template <class V>
void fields(V& visit, TreeParams& p) {
  visit(field("name", "a name").required(), p.name);
  visit(field("children", "more of them"), p.children);
}

}  // namespace

TEST_CASE("the schema says what the fields say") {
  const auto schema = nlohmann::json::parse(json_schema<MenuParams>("Menu", "A test's menu"));
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK(schema["title"] == "Menu");
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["required"] == nlohmann::json({"title", "rate"}));
  const auto& properties = schema["properties"];
  CHECK(properties.size() == 23);
  CHECK(properties["miss"] ==
        nlohmann::json::parse(
            R"({"description": "probability that a page is missed", "type": "number", "minimum": 0,
                                      "maximum": 1, "default": 0.1})"));
  CHECK(properties["guests"]["type"] == "integer");
  CHECK(properties["tables"]["minimum"] == 0);
  CHECK(properties["heat"]["enum"] == nlohmann::json({"mild", "hot", "very-hot"}));
  CHECK(properties["horizon"]["allOf"][0]["$ref"] == "#/definitions/duration");
  CHECK(properties["horizon"]["default"] == "1d");
  CHECK_FALSE(properties["doubling"].contains("default"));
  CHECK(properties["limit"]["exclusiveMinimum"] == 0);
  CHECK(properties["weights"]["minItems"] == 3);
  CHECK(properties["weights"]["items"]["maximum"] == 1);
  CHECK(properties["burst"]["properties"]["factor"]["exclusiveMinimum"] == 1);
  CHECK(properties["timezone"]["pattern"] == "^([-+][0-9]{2}:[0-9]{2}|Z)$");
  const auto& dish = properties["by_name"]["additionalProperties"];
  CHECK_FALSE(dish["properties"].contains("id"));
  CHECK(dish["properties"]["calls"]["additionalProperties"]["anyOf"].size() == 2);
  CHECK(properties["dishes"]["items"]["required"] == nlohmann::json({"id"}));
  for (const char* name :
       {"duration", "rate", "duration_distribution", "number_distribution", "number_continuous"}) {
    CAPTURE(name);
    CHECK(schema["definitions"].contains(name));
  }
  CHECK_FALSE(schema["definitions"].contains("rate_distribution"));
}

TEST_CASE("a struct that contains itself has a finite schema and a finite table") {
  const auto schema = nlohmann::json::parse(json_schema<TreeParams>("Tree", ""));
  CHECK(schema["properties"]["children"]["items"].empty());
  CHECK(field_rows<TreeParams>().size() == 4);
}

TEST_CASE("the fields' table has a row for each, nested ones by path") {
  const std::string text = fields_markdown<MenuParams>();
  CHECK(text.starts_with("| field | written as | default | meaning |\n|---|---|---|---|\n"));
  for (const char* row : {
           "| `title` | a string | required | what the menu is called |\n",
           "| `miss` | a probability from 0 to 1 | `0.1` | probability that a page is missed |\n",
           "| `horizon` | a duration such as \"25m\", above 0s | `\"1d\"` | how long it runs |\n",
           "| `doubling` | a duration such as \"25m\", above 0s |  | time to double; never when absent |\n",
           "| `burst.factor` | a number above 1 | `3` (a guess \\| of ours) | rate in a burst over the mean "
           "rate |\n",
           "| `dishes[].id` | a string | required | its name |\n",
           "| `by_name.<id>.calls.<id>.per_request` | a number at least 0 | required | mean calls per "
           "request |\n",
           "| `weights` | a list of 3, each a share from 0 to 1 | `[0.5, 0.25, 0.25]` | three shares |\n",
           "| `heat` | `mild`, `hot`, `very-hot` | `\"hot\"` | how hot |\n",
       }) {
    CAPTURE(row);
    CHECK(text.find(row) != std::string::npos);
  }
  CHECK(text.find("by_name.<id>.id") == std::string::npos);
}

}  // namespace breakglass::tests
