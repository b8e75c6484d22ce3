#include "viz/arguments.hpp"

#include <catch2/catch.hpp>

namespace breakglass::viz {
namespace {

using namespace std::chrono_literals;

std::string problem(const std::vector<std::string>& words) { return parse_arguments(words).problem; }

TEST_CASE("the arguments of a screenshot are read") {
  const auto parsed =
      parse_arguments({"pii-leak", "--strategy", "immediate", "--seed=9", "--replication", "4",
                       "--screenshot", "a.png", "--size", "2560x1440", "--scale", "200", "--at", "1h30m"});
  REQUIRE(parsed.problem.empty());
  const Arguments& a = parsed.arguments;
  CHECK(a.scenario == "pii-leak");
  CHECK(a.strategy == "immediate");
  CHECK(a.seed == 9);
  CHECK(a.replication == 4);
  CHECK(a.screenshot == "a.png");
  CHECK(a.width == 2560);
  CHECK(a.height == 1440);
  CHECK(a.scale == 2);
  CHECK(a.at == sim::Time{90min});
}

TEST_CASE("what is wrong with the arguments is said, with what to write instead") {
  CHECK(problem({}) == "name a scenario: a file, or a shipped one such as pii-leak");
  CHECK(problem({"a", "b"}) == "one scenario at a time; \"b\" is too many");
  CHECK(problem({"a", "--sed", "1"}) == "unknown option \"--sed\"; did you mean \"--seed\"?");
  CHECK(problem({"a", "--seed"}) == "--seed needs a value");
  CHECK(problem({"a", "--seed", "-1"}) ==
        "--seed: \"-1\" is not a whole number from 0 to 18446744073709551615");
  CHECK(problem({"a", "--size", "10x10"}) ==
        "--size: \"10x10\" is not WIDTHxHEIGHT from 640x480 to 7680x4320, such as 1280x720");
  CHECK(problem({"a", "--size", "1280"}) ==
        "--size: \"1280\" is not WIDTHxHEIGHT from 640x480 to 7680x4320, such as 1280x720");
  CHECK(problem({"a", "--scale", "300"}) == "--scale: \"300\" is not a whole number from 100 to 250");
  CHECK(problem({"a", "--at", "25"}) == "--at: \"25\" is not a time after the page, such as 1h30m");
  CHECK(parse_arguments({"--help"}).arguments.help);
}

}  // namespace
}  // namespace breakglass::viz
