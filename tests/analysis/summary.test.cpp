#include "analysis/estimate/summary.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "rows.hpp"

namespace breakglass::analysis {
namespace {

using testing::tally_of;

Tally tally_of_rows(std::vector<OutcomeRow> rows) {
  Tally tally = make_tally(1);
  REQUIRE(absorb(tally, digest(OutcomeBlock{0, 1, std::move(rows)})));
  return tally;
}

TEST_CASE("a metric's summary is what a pencil gives") {
  std::vector<OutcomeRow> rows(5);
  const std::vector<double> harms{4, 0, 2, 8, 6};
  for (std::size_t i = 0; i < rows.size(); ++i) set(rows[i], Metric::harm_total, harms[i]);
  const MetricSummary s = summarize_metric(tally_of_rows(rows), 0, Metric::harm_total);
  REQUIRE(s.count == 5);
  REQUIRE(s.mean == 4);
  REQUIRE(*s.sd == Approx(std::sqrt(10.0)));
  REQUIRE(s.ci95->high == Approx(4 + 2.7764451052 * std::sqrt(2.0)));
  REQUIRE(s.min == 0);
  REQUIRE(s.max == 8);
  REQUIRE(*s.quantiles[1].value == 4);
  REQUIRE(*s.quantiles[0].value == Approx(0.4));
  REQUIRE_FALSE(s.quantiles[1].low);  // five values reach the median with 93.75% only
  REQUIRE(*s.cvar95 == 8);
}

TEST_CASE("a censored time enters the mean as the horizon and leaves quantiles unknown") {
  std::vector<OutcomeRow> rows(40);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < 30) {
      set(rows[i], Metric::time_to_full_s, static_cast<double>(30 - i));
    } else {
      set_censored(rows[i], Metric::time_to_full_s, 1000);
    }
  }
  const MetricSummary s = summarize_metric(tally_of_rows(rows), 0, Metric::time_to_full_s);
  REQUIRE(s.censored == 10);
  REQUIRE(s.mean == Approx((30 * 31 / 2 + 10 * 1000) / 40.0));
  REQUIRE(*s.quantiles[1].value == 20.5);
  REQUIRE(s.quantiles[1].low);
  REQUIRE(s.quantiles[1].high);
  REQUIRE_FALSE(s.quantiles[2].value);
  REQUIRE_FALSE(s.quantiles[2].high);
  REQUIRE(*s.cvar95 == 1000);
}

TEST_CASE("one replication has a mean and nothing that needs two") {
  const Comparison c = summarize(tally_of(1, 2), {"a", "b"}, {});
  const MetricSummary& harm = c.strategies[0].metrics[0];
  REQUIRE(harm.count == 1);
  REQUIRE_FALSE(harm.ci95);
  REQUIRE_FALSE(harm.sd);
  REQUIRE(*harm.quantiles[3].value == harm.mean);
  REQUIRE(*harm.cvar95 == harm.mean);
  REQUIRE_FALSE(c.pairs[0].ci95);
  REQUIRE(c.best.ties.size() == 1);  // nothing can be told yet
}

TEST_CASE("no replication at all is still a result") {
  const Comparison c = summarize(make_tally(2), {"a", "b"}, {});
  REQUIRE(c.replications == 0);
  REQUIRE_FALSE(c.strategies[1].metrics[0].quantiles[0].value);
  REQUIRE_FALSE(c.strategies[1].metrics[0].cvar95);
  REQUIRE(c.strategies[1].probabilities[0].ci95 == Interval{0, 1});
}

TEST_CASE("the sketch's quantiles and CVaR lie within its stated error of the sample's") {
  constexpr std::uint64_t kReplications = 2000;
  const Comparison exact = summarize(tally_of(kReplications, 2), {"a", "b"}, {});
  const Comparison rough = summarize(tally_of(kReplications, 2, 256), {"a", "b"}, {});
  REQUIRE_FALSE(exact.quantile_relative_error);
  REQUIRE(*rough.quantile_relative_error == kSketchRelativeError);
  const auto is_near = [](std::optional<double> got, std::optional<double> expected) {
    if (!got || !expected) return got.has_value() == expected.has_value();
    return std::fabs(*got - *expected) <= kSketchRelativeError * std::fabs(*expected);
  };
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::size_t m = 0; m < kMetricCount; ++m) {
      const MetricSummary& e = exact.strategies[s].metrics[m];
      const MetricSummary& r = rough.strategies[s].metrics[m];
      CAPTURE(s, m);
      REQUIRE(r.mean == e.mean);
      REQUIRE(r.ci95 == e.ci95);
      REQUIRE(is_near(r.cvar95, e.cvar95));
      for (std::size_t q = 0; q < kLevelCount; ++q) {
        REQUIRE(is_near(r.quantiles[q].value, e.quantiles[q].value));
        REQUIRE(is_near(r.quantiles[q].low, e.quantiles[q].low));
        REQUIRE(is_near(r.quantiles[q].high, e.quantiles[q].high));
      }
    }
  }
}

TEST_CASE("pairs, probabilities and the best come out in the order of the strategies") {
  const Comparison c = summarize(tally_of(2000, 3), {"x", "y", "z"}, {});
  REQUIRE(c.pairs.size() == 3);
  REQUIRE((c.pairs[1].a == 0 && c.pairs[1].b == 2));
  REQUIRE(c.pairs[1].mean_difference ==
          Approx(c.strategies[0].metrics[0].mean - c.strategies[2].metrics[0].mean).epsilon(1e-9));
  REQUIRE(*c.pairs[1].correlation > 0.5);
  REQUIRE(c.best.strategy == 0);
  REQUIRE(c.best.ties.empty());
  REQUIRE(c.strategies[2].name == "z");
  REQUIRE(c.strategies[0].probabilities[2].mean == Approx(0.3).margin(0.04));
}

}  // namespace
}  // namespace breakglass::analysis
