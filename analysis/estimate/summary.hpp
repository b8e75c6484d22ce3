// The result of a comparison as a value: everything that tables, JSON, CSV and the report print, and nothing
// they must compute.
//
// Where a number does not exist it is absent (std::nullopt), never NaN: a standard deviation of one value, a
// quantile among censored times, a bound that no order statistic reaches.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate/best.hpp"
#include "analysis/estimate/interval.hpp"
#include "analysis/estimate/outcome.hpp"
#include "analysis/estimate/precision.hpp"
#include "analysis/estimate/quantiles.hpp"
#include "analysis/estimate/tally.hpp"

namespace breakglass::analysis {

struct ReportedLevel {
  std::string_view name;
  Level level;
};
inline constexpr std::size_t kLevelCount = 4;
inline constexpr std::array<ReportedLevel, kLevelCount> kLevels{
    {{"p5", {5, 100}}, {"p50", {50, 100}}, {"p95", {95, 100}}, {"p99", {99, 100}}}};

// A quantile with its order-statistic interval; each bound is absent where it is unbounded or censored.
struct QuantileEstimate {
  std::optional<double> value;
  std::optional<double> low;
  std::optional<double> high;
};

struct MetricSummary {
  Metric metric{};
  std::uint64_t count = 0;     // replications, censored ones included
  std::uint64_t censored = 0;  // did not happen by the horizon; always 0 for amounts
  double mean = 0;             // for times the restricted mean of min(time, horizon)
  std::optional<Interval> ci95;
  std::optional<double> sd;  // as the mean: of min(time, horizon)
  double min = 0;
  double max = 0;
  std::array<QuantileEstimate, kLevelCount> quantiles;  // in the order of kLevels
  std::optional<double> cvar95;                         // absent only without replications
};

struct ProbabilitySummary {
  std::uint64_t successes = 0;
  std::uint64_t count = 0;
  double mean = 0;  // successes / count; 0 when count is 0
  Interval ci95;    // Wilson
};

struct StrategySummary {
  std::string name;
  std::array<MetricSummary, kMetricCount> metrics;
  std::array<ProbabilitySummary, kEventCount> probabilities;
};

// a before b in the list of strategies; differences are a - b, so a negative one says that a does less harm.
struct PairSummary {
  std::size_t a = 0;
  std::size_t b = 0;
  Metric metric = kPairedMetric;
  double mean_difference = 0;
  std::optional<Interval> ci95;
  std::optional<double> sd_difference;
  ProbabilitySummary a_lower;  // share of worlds in which a is strictly lower; ties count for neither
  ProbabilitySummary tied;     // share of worlds in which both are exactly equal
  std::optional<double> correlation;
};

// Where the numbers come from: with a replication's index this is the ticket that replays it.
struct Provenance {
  std::string scenario_id;
  std::string scenario_hash;
  std::string harm_unit;
  std::uint64_t seed = 0;
  bool is_partial = false;  // stopped before what was asked: interrupted, or --max-replications reached
};

struct Comparison {
  Provenance provenance;
  std::uint64_t replications = 0;
  std::optional<double> quantile_relative_error;  // present when quantiles and CVaR come from a sketch
  std::vector<StrategySummary> strategies;
  std::vector<PairSummary> pairs;
  Metric best_metric = kPairedMetric;
  Best best;
  // Of a run that was to stop by its precision: the last look at it.
  std::optional<PrecisionCheck> precision;
};

// `names` in the order of the tally's strategies, at least one and as many.
Comparison summarize(const Tally& tally, std::vector<std::string> names, Provenance provenance);

// The parts, for whoever needs only one.
MetricSummary summarize_metric(const Tally& tally, std::size_t strategy, Metric metric);
ProbabilitySummary summarize_probability(std::uint64_t successes, std::uint64_t count);
PairSummary summarize_pair(const Tally& tally, std::size_t a, std::size_t b);

}  // namespace breakglass::analysis
