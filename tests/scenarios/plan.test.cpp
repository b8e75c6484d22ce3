// Lesson plans: what does not exist is said at its place, with what there is.
#include "scenarios/plan.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace breakglass::tests {
namespace {

using namespace scenarios;

std::string said_of(const std::string& injects, const std::string& scenario = "pii-leak") {
  Problems problems("plan.json",
                    R"({"id": "p", "scenario": ")" + scenario + R"(", "injects": [)" + injects + "]}");
  const auto plan = read_plan(problems, 0);
  CHECK(plan.has_value() == problems.empty());
  return render(problems);
}

}  // namespace

TEST_CASE("a plan's slips are said at their places, with what is known") {
  CHECK(said_of(R"({"at": "5m", "kind": "asleep", "who": "security-lead", "lasts": "30m"})").empty());
  CHECK(said_of(R"({"at": "5m", "kind": "lag", "signal": "error-rate", "lasts": "5m"})").empty());
  CHECK(said_of(R"({"at": "5m", "kind": "fault", "factor": 2, "text": "it spreads"})").empty());
  CHECK(said_of(R"({"at": "5m", "kind": "call", "from": "regulator", "text": "and?"})").empty());
  CHECK(said_of(R"({"at": "5m", "kind": "say", "text": "hm"})").empty());

  const std::string person =
      said_of(R"({"at": "5m", "kind": "asleep", "who": "securty-lead", "lasts": "30m"})");
  CHECK(person.find("plan.json:1:") != std::string::npos);
  CHECK(person.find("/injects/0/who") != std::string::npos);
  CHECK(person.find("did you mean \"security-lead\"") != std::string::npos);
  CHECK(person.find("platform-lead") != std::string::npos);
  const std::string signal = said_of(R"({"at": "5m", "kind": "lag", "signal": "speed", "lasts": "5m"})");
  CHECK(signal.find("/injects/0/signal") != std::string::npos);
  CHECK(signal.find("error-rate") != std::string::npos);
  CHECK(said_of("", "pii-laek").find("did you mean \"pii-leak\"") != std::string::npos);
  CHECK(said_of(R"({"at": "5m", "kind": "asleep", "who": "security-lead"})").find("\"lasts\"") !=
        std::string::npos);
  CHECK(said_of(R"({"at": "5m", "kind": "lag", "lasts": "5m"})").find("missing field \"signal\"") !=
        std::string::npos);
  CHECK(said_of(R"({"at": "5m", "kind": "say"})").find("missing field \"text\"") != std::string::npos);
  CHECK(said_of(R"({"at": "900d", "kind": "say", "text": "late"})").find("after the scenario's horizon") !=
        std::string::npos);
  CHECK(said_of(R"({"at": "5m", "kind": "snooze"})").find("asleep") != std::string::npos);
}

TEST_CASE("a file of another kind is called so, once") {
  Problems problems("season.json", R"({"id": "s", "real_per_month": 1, "review": "?", "weeks": []})");
  CHECK_FALSE(read_plan(problems, 0));
  CHECK(problems.count() == 1);
  CHECK(render(problems).find("something else than a lesson plan") != std::string::npos);
}

TEST_CASE("the schema of lesson plans in the repository is the one that the fields give") {
  INFO("regenerate with: ./dev run schema plan > scenarios/plan.schema.json");
  std::ifstream in(std::string(BREAKGLASS_SOURCE_DIR) + "/scenarios/plan.schema.json", std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  CHECK(text.str() == plan_schema());
}

}  // namespace breakglass::tests
