#include "viz/run/run_view.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

#include "scenarios/load.hpp"
#include "sim/simulator.hpp"
#include "tests/viz/views_support.hpp"

namespace breakglass::viz {
namespace {

using namespace std::chrono_literals;

double total(const std::array<double, sim::kHarmSources>& harm) {
  return std::accumulate(harm.begin(), harm.end(), 0.0);
}

TEST_CASE("looking at a run does not change it: it ends with the outcome of the same ticket") {
  scenarios::Problems problems;
  const auto loaded = scenarios::load_scenario("pii-leak", {}, problems);
  REQUIRE(loaded);
  for (const sim::Strategy& strategy : loaded->strategies) {
    CAPTURE(strategy.params.id);
    const RunView view = view_run(loaded->scenario, strategy, 7, 3);
    const sim::Outcome outcome = sim::simulate(loaded->scenario, strategy, 7, 3);
    CHECK(view.harm.back() == outcome.harm);
    CHECK(at(view, view.horizon).harm == Approx(total(outcome.harm)));
  }
}

TEST_CASE("harm never falls, and begins at nothing") {
  const RunView view = shipped_run("pii-leak", "compressed-canary", 2);
  CHECK(view.sampled.size() == view.harm.size());
  CHECK(view.sampled.size() == view.weight.size());
  CHECK(total(view.harm.front()) == 0);
  CHECK(std::is_sorted(view.sampled.begin(), view.sampled.end()));
  for (std::size_t i = 1; i < view.harm.size(); ++i) CHECK(total(view.harm[i]) >= total(view.harm[i - 1]));
}

TEST_CASE("the weight takes the strategy's steps and no others") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  for (const double weight : view.weight) {
    CHECK((weight == 0 || weight == 0.01 || weight == 0.1 || weight == 0.5 || weight == 1));
  }
  CHECK(view.weight.back() == 1);
}

TEST_CASE("no reading is known before it was published, and its age counts from the end of its window") {
  const RunView view = shipped_run("pii-leak", "compressed-canary");
  REQUIRE(view.signals.size() == 3);
  const SignalView& errors = view.signals[0];
  REQUIRE(errors.readings.size() > 10);
  CHECK(newest(errors, {}) == nullptr);
  CHECK(newest(errors, errors.readings.front().at - 1ns) == nullptr);
  for (const Reading& r : errors.readings) {
    CHECK(r.at - r.until == errors.delay);
    CHECK(r.low <= r.change);
    CHECK(r.change <= r.high);
    CHECK(newest(errors, r.at)->at == r.at);
    CHECK(newest(errors, r.at - 1ns) != newest(errors, r.at));
  }
}

TEST_CASE("a strategy that ships nothing has no readings and no belief, and is shown to the horizon") {
  const RunView view = shipped_run("pii-leak", "do-nothing");
  CHECK(view.signals.empty());
  CHECK(view.belief.empty());
  CHECK(view.story_end == view.horizon);
  CHECK_FALSE(at(view, view.horizon).belief);
}

TEST_CASE("times read as people say them") {
  CHECK(elapsed_text(11251s) == "+3:07:31");
  CHECK(elapsed_text(-5s) == "-0:00:05");
  CHECK(age_text(45s) == "45 s");
  CHECK(age_text(150s) == "2 min");
  CHECK(age_text(3h + 5min) == "3 h 05 min");
  CHECK(age_text(52h) == "2 d 4 h");
  CHECK(age_text(-3s) == "0 s");
}

}  // namespace
}  // namespace breakglass::viz
