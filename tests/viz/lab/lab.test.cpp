#include "viz/lab/room.hpp"

#include <catch2/catch.hpp>

#include "tests/viz/player_support.hpp"

namespace breakglass::viz {
namespace {

LabRequest small(std::uint64_t replications) {
  LabRequest request;
  request.scenario = "pii-leak";
  request.strategies = {"compressed-canary", "immediate"};
  request.replications = replications;
  return request;
}

TEST_CASE("the lab's numbers are those of compare") {
  const LabResult result = run_lab(small(300));
  REQUIRE(result.comparison);
  scenarios::Problems problems;
  const auto loaded = scenarios::load_scenario("pii-leak", {}, problems);
  REQUIRE(loaded);
  std::vector<sim::Strategy> strategies;
  for (const char* id : {"compressed-canary", "immediate"})
    strategies.push_back(*scenarios::load_strategy(id, *loaded, problems));
  analysis::CompareOptions options;
  options.replications = 300;
  const analysis::Comparison expected = analysis::compare(loaded->scenario, strategies, options);
  CHECK(result.comparison->replications == 300);
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(result.comparison->strategies[i].metrics[0].mean == expected.strategies[i].metrics[0].mean);
  CHECK(result.race.size() == 2);
  CHECK(result.race[0].harm.size() == result.race[0].times_s.size());
}

TEST_CASE("an own schedule takes part, and a number that is moved moves the result") {
  LabRequest request = small(256);
  request.own = {{0.5, std::chrono::minutes{10}}, {1, std::chrono::minutes{30}}};
  request.like = "compressed-canary";
  const LabResult own = run_lab(request);
  REQUIRE(own.comparison);
  REQUIRE(own.comparison->strategies.size() == 3);
  CHECK(own.comparison->strategies[2].name == "yours");
  request.overrides = {"/change/regression/probability=0.9"};
  const LabResult worse = run_lab(request);
  REQUIRE(worse.comparison);
  CHECK(worse.comparison->strategies[1].metrics[0].mean > own.comparison->strategies[1].metrics[0].mean);
}

TEST_CASE("what cannot be run says why") {
  LabRequest request = small(10);
  request.overrides = {"/change/regression/probability=7"};
  CHECK(run_lab(request).problem.find("regression/probability") != std::string::npos);
  request = small(10);
  request.scenario = "nowhere";
  CHECK(run_lab(request).problem.find("nowhere") != std::string::npos);
  request = small(10);
  request.strategies.clear();
  CHECK_FALSE(run_lab(request).problem.empty());
}

TEST_CASE("a run that is cancelled keeps what is done") {
  LabJob job(small(100000000));
  while (!job.is_done()) {
    if (const auto result = job.take(); result && result->comparison) {
      job.cancel();
      CHECK(result->comparison->replications >= 256);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  const auto last = job.take();
  CHECK((!last || last->comparison->replications < 100000000));
}

TEST_CASE("a step is moved by the arrows, between its neighbours, and the run follows") {
  Player player(1280, 720, 1);
  open_start(player.app);
  REQUIRE(player.activate("Lab"));
  REQUIRE(player.activate("yours"));
  player.frames(2);
  LabDesk& desk = player.app.lab_desk;
  REQUIRE(player.can("step 2"));
  desk.memory.focus = "step 2";
  for (int i = 0; i < 5; ++i) player.press(Key::right);
  for (int i = 0; i < 3; ++i) player.press(Key::up);
  CHECK(desk.own[1].duration == std::chrono::minutes{20});
  CHECK(desk.own[1].weight == Approx(0.28));
  for (int i = 0; i < 60; ++i) player.press(Key::down);
  CHECK(desk.own[1].weight == Approx(0.03));  // never below the step before
  CHECK(player.app.lab_job != nullptr);
  player.press(Key::escape);
  CHECK(player.app.room == Room::start);
}

}  // namespace
}  // namespace breakglass::viz
