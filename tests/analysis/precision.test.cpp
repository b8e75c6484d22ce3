#include "analysis/estimate/precision.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "analysis/estimate/interval.hpp"
#include "draws.hpp"
#include "rows.hpp"

namespace breakglass::analysis {
namespace {

using testing::Draws;

// A tally of one strategy of which only the harm varies, fed value by value.
class Harm {
 public:
  void draw(Draws& draws, double sd_of_log, std::uint64_t until) {
    auto& counts = tally_.strategies[0].counts;
    for (; tally_.replications < until; ++tally_.replications) {
      for (Moments& m : counts.moments) m.count = tally_.replications + 1;
      harm_.count = tally_.replications;
      add(harm_, std::exp(sd_of_log * draws.normal()));
    }
    counts.moments[0] = harm_;
  }
  const Tally& tally() const { return tally_; }
  const Moments& moments() const { return harm_; }

 private:
  Tally tally_ = make_tally(1);
  Moments harm_;
};

using NextLook = std::function<std::uint64_t(std::uint64_t)>;

// The share of 2,000 stopped experiments whose last interval holds the truth. Three standard deviations
// are 1.5 points.
double stopped_coverage(double target, double sd_of_log, const NextLook& look) {
  Draws draws(400);
  const double truth = std::exp(sd_of_log * sd_of_log / 2);
  int hits = 0;
  for (int i = 0; i < 2000; ++i) {
    Harm harm;
    do {
      harm.draw(draws, sd_of_log, look(harm.tally().replications));
    } while (!check_precision(harm.tally(), target).is_reached);
    hits += contains(*student_interval(harm.moments()), truth) ? 1 : 0;
  }
  return hits / 2000.0;
}

const NextLook kRule = [](std::uint64_t done) { return next_look(done, std::uint64_t{1} << 40U); };

TEST_CASE("an interval that was stopped by its precision still covers at its nominal rate") {
  // Wanted sizes between the looks at 1024, 2048 and 4096, where the decision to stop hangs on the sample.
  for (const double target : {0.0455, 0.055}) {
    const double share = stopped_coverage(target, 0.8, kRule);
    CAPTURE(target);
    REQUIRE(share >= 0.935);
    REQUIRE(share <= 0.965);
  }
}

TEST_CASE("the coverage test catches a rule that looks after every few replications from the start") {
  const NextLook impatient = [](std::uint64_t done) { return done + 4; };
  REQUIRE(stopped_coverage(0.25, 0.8, impatient) < 0.935);
}

TEST_CASE("looks double from the first and end at the most that is allowed") {
  std::vector<std::uint64_t> looks;
  for (std::uint64_t done = 0; done < 10'000;) looks.push_back(done = next_look(done, 10'000));
  REQUIRE(looks == std::vector<std::uint64_t>{1024, 2048, 4096, 8192, 10'000});
  REQUIRE(next_look(10'000, 10'000) == 10'000);
  REQUIRE(next_look(0, 300) == 300);
  REQUIRE(next_look(1500, 10'000) == 2048);
}

TEST_CASE("every mean, probability and difference must be as narrow as was asked") {
  const Tally tally = testing::tally_of(2048, 2);
  const PrecisionCheck check = check_precision(tally, 0.01);
  REQUIRE_FALSE(check.is_reached);
  REQUIRE(check.subject == PrecisionSubject::mean);
  const Moments& harm = tally.strategies[check.strategy].counts.moments[index_of(check.metric)];
  REQUIRE(check.worst_ratio == Approx(half_width(*student_interval(harm)) / (0.01 * harm.mean)));
  REQUIRE(check_precision(tally, check.worst_ratio * 0.01 * 1.0001).is_reached);
  REQUIRE_FALSE(check_precision(tally, check.worst_ratio * 0.01 * 0.9999).is_reached);
}

TEST_CASE("the mean of any metric may be what keeps the run from stopping") {
  OutcomeBlock block{0, 1, {}};
  for (int i = 0; i < 256; ++i) {
    OutcomeRow row;
    set(row, Metric::harm_total, 10);
    set(row, Metric::harm_regression, i % 16 == 0 ? 5 : 0);
    block.rows.push_back(row);
  }
  Tally tally = make_tally(1);
  REQUIRE(absorb(tally, digest(block)));
  const PrecisionCheck check = check_precision(tally, 0.1);
  REQUIRE_FALSE(check.is_reached);
  REQUIRE(check.subject == PrecisionSubject::mean);
  REQUIRE(check.metric == Metric::harm_regression);
}

TEST_CASE("a probability may be what keeps the run from stopping") {
  Tally tally = make_tally(1);
  OutcomeBlock block;
  block.strategies = 1;
  for (int i = 0; i < 256; ++i) {
    OutcomeRow row;
    set(row, Event::rolled_back, i % 2 == 0);
    set(row, Metric::harm_total, 10);
    block.rows.push_back(row);
  }
  REQUIRE(absorb(tally, digest(block)));
  const PrecisionCheck check = check_precision(tally, 0.05);
  REQUIRE(check.subject == PrecisionSubject::probability);
  REQUIRE(check.event == Event::rolled_back);
  REQUIRE(check.worst_ratio == Approx(0.0608 / 0.05).epsilon(0.01));
  REQUIRE(check_precision(tally, 0.07).is_reached);
}

TEST_CASE("a harm that is never there is known precisely, and one world is never enough") {
  Tally nothing = testing::tally_of(0, 1);
  REQUIRE_FALSE(check_precision(nothing, 0.5).is_reached);
  REQUIRE_FALSE(check_precision(testing::tally_of(1, 1), 1000).is_reached);

  OutcomeBlock block{0, 1, std::vector<OutcomeRow>(256)};
  Tally tally = make_tally(1);
  REQUIRE(absorb(tally, digest(block)));
  REQUIRE(check_precision(tally, 0.01).is_reached);
}

TEST_CASE("the forecast follows the square of the ratio") {
  REQUIRE(forecast_replications(1000, {.worst_ratio = 3}) == 9000);
  REQUIRE(forecast_replications(1000, {.worst_ratio = 0.1}) == 1000);
  REQUIRE(forecast_replications(1000, {.worst_ratio = kHopeless}) == 1'000'000'000'000'000'000U);
}

}  // namespace
}  // namespace breakglass::analysis
