#include "analysis/compare_json.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/json_writer.hpp"
#include "rows.hpp"

namespace breakglass::analysis {
namespace {

using Json = nlohmann::ordered_json;

Comparison comparison_of(std::uint64_t replications, std::uint64_t exact = kExactReplications) {
  Provenance from;
  from.scenario_id = "pii-leak";
  from.scenario_hash = "0123abcd";
  from.harm_unit = "records \"exposed\"";
  from.seed = std::numeric_limits<std::uint64_t>::max();
  return summarize(testing::tally_of(replications, 3, exact), {"full-canary", "immediate", "do-nothing"},
                   from);
}

Json parsed(const Comparison& comparison) { return Json::parse(to_json(comparison, {.version = "0.1.0"})); }

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}
using Keys = std::vector<std::string>;

TEST_CASE("the document has the documented members in their order") {
  const Json j = parsed(comparison_of(500));
  REQUIRE(keys_of(j) == Keys{"program", "scenario", "seed", "replications", "partial", "quantiles",
                             "strategies", "paired", "best"});
  const Json& strategy = j["strategies"][0];
  REQUIRE(keys_of(strategy) == Keys{"name", "metrics", "probabilities"});
  REQUIRE(keys_of(strategy["metrics"]) ==
          Keys{"harm_total", "harm_ongoing", "harm_residual", "harm_regression", "harm_deadline",
               "harm_containment", "users_harmed", "requests_on_regression", "time_to_ship_s",
               "time_to_full_s", "time_to_harm_stopped_s", "time_to_close_s"});
  REQUIRE(keys_of(strategy["probabilities"]) ==
          Keys{"regression_present", "regression_reached_full", "rolled_back", "rolled_back_clean",
               "rollback_failed", "deadline_missed", "harm_stopped_by_horizon", "full_within_2h",
               "shipped_unapproved", "approval_refused"});
  REQUIRE(keys_of(strategy["metrics"]["harm_total"]) ==
          Keys{"unit", "mean", "ci95", "sd", "p5", "p50", "p95", "p99", "cvar95", "quantile_ci95"});
  REQUIRE(strategy["metrics"]["time_to_full_s"].contains("censored"));
  REQUIRE(keys_of(j["paired"][0]) ==
          Keys{"a", "b", "metric", "mean_difference", "ci95", "p_a_lower", "p_equal", "correlation"});
  REQUIRE(keys_of(j["best"]) == Keys{"metric", "strategy", "ties"});
}

TEST_CASE("every number reads back as the double it was") {
  const Comparison c = comparison_of(500);
  const Json j = parsed(c);
  const MetricSummary& harm = c.strategies[1].metrics[0];
  const Json& written = j["strategies"][1]["metrics"]["harm_total"];
  REQUIRE(written["unit"] == "records \"exposed\"");
  REQUIRE(written["mean"].get<double>() == harm.mean);
  REQUIRE(written["ci95"][0].get<double>() == harm.ci95->low);
  REQUIRE(written["sd"].get<double>() == *harm.sd);
  REQUIRE(written["p99"].get<double>() == *harm.quantiles[3].value);
  REQUIRE(written["cvar95"].get<double>() == *harm.cvar95);
  REQUIRE(written["quantile_ci95"]["p50"][1].get<double>() == *harm.quantiles[1].high);
  REQUIRE(j["seed"].get<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());
  REQUIRE(j["replications"] == 500);
  REQUIRE(j["partial"] == false);
  REQUIRE(j["paired"][2]["a"] == "immediate");
  REQUIRE(j["paired"][2]["mean_difference"].get<double>() == c.pairs[2].mean_difference);
  REQUIRE(j["paired"][2]["p_a_lower"]["mean"].get<double>() == c.pairs[2].a_lower.mean);
  REQUIRE(j["best"]["strategy"] == "full-canary");
}

TEST_CASE("what does not exist is null, and a sketch is said to be one, with its error") {
  const Json one = parsed(comparison_of(1));
  const Json& harm = one["strategies"][0]["metrics"]["harm_total"];
  REQUIRE(harm["ci95"].is_null());
  REQUIRE(harm["sd"].is_null());
  REQUIRE(harm["quantile_ci95"]["p5"] == Json::array({nullptr, nullptr}));
  REQUIRE(one["quantiles"] == Json{{"from", "sample"}, {"relative_error", 0}});
  const Json many = parsed(comparison_of(600, 300));
  REQUIRE(many["quantiles"] == Json{{"from", "sketch"}, {"relative_error", 0.001}});
  REQUIRE(many["strategies"][2]["metrics"]["time_to_full_s"]["p99"].is_null());  // among the censored
  REQUIRE(many["strategies"][2]["metrics"]["time_to_full_s"]["censored"] > 0);
}

TEST_CASE("the text is the same every time and ends with one newline") {
  const std::string text = to_json(comparison_of(300), {.version = "0.1.0"});
  REQUIRE(text == to_json(comparison_of(300), {.version = "0.1.0"}));
  REQUIRE(text.starts_with("{\n  \"program\": {\"name\": \"breakglass\", \"version\": \"0.1.0\"},\n"));
  REQUIRE(text.ends_with("}\n"));
  REQUIRE_FALSE(text.ends_with("\n\n"));
}

TEST_CASE("numbers are the shortest text that reads back, and never anything but a number") {
  REQUIRE(number_text(0.1) == "0.1");
  REQUIRE(number_text(-0.0) == "0");
  REQUIRE(number_text(100'000) == "100000");
  REQUIRE(number_text(1e15) == "1000000000000000");
  REQUIRE(number_text(1e22) == "1e+22");
  REQUIRE(number_text(1.5e-7) == "1.5e-07");
  REQUIRE(number_text(std::nan("")) == "null");
  REQUIRE(number_text(-std::numeric_limits<double>::infinity()) == "null");
  testing::Draws draws(500);
  for (int i = 0; i < 10'000; ++i) {
    const double value = (draws.uniform() - 0.5) * std::exp(80 * draws.normal());
    REQUIRE(std::strtod(number_text(value).c_str(), nullptr) == value);
  }
}

TEST_CASE("strings are escaped, and bytes that are not UTF-8 are replaced") {
  REQUIRE(quoted("a\"b\\c\n\x01\x7f") == R"("a\"b\\c\n\u0001\u007f")");
  REQUIRE(quoted("Bengalūru €") == "\"Bengalūru €\"");
  REQUIRE(quoted("\xff\xc0\xaf\xed\xa0\x80x\xe2\x82") ==
          "\"" + std::string("\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDx\uFFFD\uFFFD") + "\"");
  REQUIRE(Json::parse(quoted("\xf4\x90\x80\x80")).is_string());
}

TEST_CASE("empty objects and nested lines are laid out as one would write them") {
  JsonWriter json;
  json.open_object();
  json.key("none");
  json.open_array();
  json.close_array();
  json.key("line");
  json.open_object(Layout::line);
  json.member("a", std::uint64_t{1});
  json.key("b");
  json.open_array();
  json.value(true);
  json.value(std::optional<double>());
  json.close_array();
  json.close_object();
  json.close_object();
  REQUIRE(json.take() == "{\n  \"none\": [],\n  \"line\": {\"a\": 1, \"b\": [true, null]}\n}\n");
}

}  // namespace
}  // namespace breakglass::analysis
