#include "analysis/sweep/sweep.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "analysis/sweep/sweep_json.hpp"
#include "sweep_scenes.hpp"

namespace breakglass::analysis {
namespace {

using testing::Files;

Parameter parameter(const std::string& text, bool needs_points = true) {
  scenarios::Problems problems;
  const auto out = read_parameter("--vary", text, needs_points, problems);
  INFO(scenarios::render(problems));
  REQUIRE(out);
  return *out;
}

std::string refused(const std::string& text, bool needs_points = true) {
  scenarios::Problems problems;
  REQUIRE_FALSE(read_parameter("--vary", text, needs_points, problems));
  REQUIRE(problems.count() == 1);
  return std::to_string(problems.resolve()[0].column) + " " + problems.resolve()[0].what;
}

TEST_CASE("a parameter is a pointer, a range and a number of points") {
  const Parameter p = parameter("/change/regression/probability=0.1:0.5:5");
  REQUIRE(grid_value(p, 0) == 0.1);
  REQUIRE(grid_value(p, 2) == Approx(0.3));
  REQUIRE(grid_value(p, 4) == 0.5);
  REQUIRE(override_text(p, 0.25) == "/change/regression/probability=0.25");
  const Parameter log = parameter("/harm/ongoing/per_request=0.001:0.1:3:log");
  REQUIRE(grid_value(log, 1) == Approx(0.01));
  REQUIRE(grid_value(log, 2) == 0.1);
  const Parameter time = parameter("/rollback/verify=1m:5m:3");
  REQUIRE(override_text(time, grid_value(time, 1)) == "/rollback/verify=3m");
  const Parameter rate = parameter("/traffic/entry/api/rate=10/s:40/s", false);
  REQUIRE(override_text(rate, 20) == "/traffic/entry/api/rate=20/s");
}

TEST_CASE("what is no parameter is refused where it goes wrong") {
  REQUIRE(refused("change=1:2:3") == "8 this does not begin with a pointer and '='");
  REQUIRE(refused("/a") == "8 this does not begin with a pointer and '='");
  REQUIRE(refused("/a=1:2") == "14 a part is missing");
  REQUIRE(refused("/a=1:2:3:4") == "17 this is one part too many");
  REQUIRE(refused("/a=1:x:3") == "13 \"x\" is not a number");
  REQUIRE(refused("/a=1:2m:3") == "13 the two ends are not of one kind");
  REQUIRE(refused("/a=2:1:3") == "13 the range ends where it begins, or before");
  REQUIRE(refused("/a=0:1:3:log") == "17 a logarithmic grid cannot begin at zero or below");
  REQUIRE(refused("/a=0:1:1") == "15 \"1\" is not a number of points");
  REQUIRE(refused("/a=0:1:2000") == "15 \"2000\" is not a number of points");
  REQUIRE(refused("/a=0:1:3", false) == "15 this is one part too many");
}

SweepRequest request(const Files& files, const std::vector<std::string>& grid) {
  SweepRequest out;
  out.recipe = testing::poisson_recipe(files);
  for (const std::string& text : grid) out.grid.push_back(parameter(text));
  out.matters = out.grid;
  out.sobol_samples = 8;
  out.tornado_worlds = 256;
  out.max_worlds = 1024;
  return out;
}

std::string problem_of(const SweepRequest& bad) {
  scenarios::Problems problems;
  check_request(bad, problems);
  REQUIRE(problems.count() >= 1);
  return problems.resolve()[0].what;
}

TEST_CASE("ranges and pointers that the scenario does not allow are refused before the work") {
  const Files files;
  REQUIRE(problem_of(request(files, {"/change/regression/probability=0.2:1.5:4"}))
              .starts_with("the scenario is not legal there"));
  REQUIRE(problem_of(request(files, {"/harm_unit=0:1:4"})) ==
          "what it names is no number but the string \"units\"");
  REQUIRE(problem_of(request(files, {"/services=0:1:4"})) == "what it names is no number but a list of 1");
  REQUIRE(problem_of(request(files, {"/horizon=0.5:2:4"})).starts_with("the scenario is not legal there"));
  REQUIRE(
      problem_of(request(files, {"/change/no_such=0:1:4"})).starts_with("the scenario is not legal there"));
  REQUIRE(problem_of(request(files, {"/no/such=0:1:4"})).starts_with("the scenario is not legal there"));
}

Sweep done(const SweepRequest& wanted) {
  const SweepEnding ending = run_sweep(wanted);
  INFO(ending.problem);
  REQUIRE(ending.sweep);
  return *ending.sweep;
}

TEST_CASE("a line is cut where the strategies break even, and a map along its rows") {
  const Files files;
  const Sweep line = done(request(files, {"/change/regression/probability=0.05:0.6:6"}));
  REQUIRE(line.points.size() == 6);
  REQUIRE(line.strategies[line.points[0].race.best] == "bold");
  REQUIRE(line.strategies[line.points[5].race.best] == "do-nothing");
  REQUIRE(line.borders.size() == 1);
  REQUIRE(line.borders[0].border.value == Approx(1.0 / 3).epsilon(0.05));
  REQUIRE(line.own[0] == 0.2);
  REQUIRE(line.tornado->bars.size() == 1);
  REQUIRE_FALSE(line.tornado->bars[0].total);

  // With ongoing harm q per request and bad harm 0.3: p* = q / 0.3.
  const Sweep map = done(
      request(files, {"/change/regression/probability=0.05:0.9:5", "/harm/ongoing/per_request=0.05:0.2:3"}));
  REQUIRE(map.points.size() == 15);
  int rows = 0;
  for (const SweepBorder& b : map.borders) {
    const double p = b.along == 0 ? b.border.value : *b.other;
    const double q = b.along == 0 ? *b.other : b.border.value;
    CAPTURE(p, q, b.along);
    REQUIRE(p == Approx(q / 0.3).epsilon(0.06));
    rows += b.along == 0;
  }
  REQUIRE(rows == 3);
  REQUIRE(map.tornado->bars[0].total);
}

TEST_CASE("neither threads nor a stop on the way move a bit of the result") {
  const Files files;
  SweepRequest wanted =
      request(files, {"/change/regression/probability=0.05:0.6:6", "/harm/ongoing/per_request=0.05:0.2:3"});
  wanted.threads = 1;
  const std::string once = to_json(done(wanted), {.version = "0"});
  wanted.threads = 3;
  REQUIRE(to_json(done(wanted), {.version = "0"}) == once);
  wanted.version = "0";
  wanted.checkpoint = files.path("checkpoint");
  int rounds = 0;
  for (;; ++rounds) {
    int calls = 0;
    const SweepEnding ending = run_sweep(wanted, [&](const SweepProgress&) { return ++calls < 3; });
    REQUIRE(ending.sweep);
    if (!ending.sweep->is_partial) break;
    REQUIRE(rounds < 200);
  }
  REQUIRE(rounds > 1);
  REQUIRE(to_json(done(wanted), {.version = "0"}) == once);
}

// The share of experiments in which the break-even's interval holds 1/3.
TEST_CASE("the interval of a break-even covers the closed form") {
  const Files files;
  const Recipe recipe = testing::poisson_recipe(files);
  const Parameter p = parameter("/change/regression/probability=0.1:0.6:2");
  const Stretch stretch{&p, 0, 1, {}};
  const int experiments = std::getenv("BREAKGLASS_DEEP") != nullptr ? 2000 : 200;
  int hits = 0;
  int off = 0;
  for (int i = 0; i < experiments; ++i) {
    const Border border = find_border(recipe, stretch, 0, 1, {static_cast<std::uint64_t>(i), 0.2, 256});
    REQUIRE(border.is_found);
    hits += contains(border.ci95, 1.0 / 3);
    off += contains(border.ci95, 1.01 / 3);
  }
  const double margin = 3 * std::sqrt(0.95 * 0.05 / experiments);
  REQUIRE(std::abs(hits / double(experiments) - 0.95) < margin);
  REQUIRE(off / double(experiments) < 0.95 - margin);  // sabotage: 1% away
}

}  // namespace
}  // namespace breakglass::analysis
