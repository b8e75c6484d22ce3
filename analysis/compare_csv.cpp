#include "analysis/compare_csv.hpp"

#include <utility>

#include "analysis/json_writer.hpp"

namespace breakglass::analysis {
namespace {

using Number = std::optional<double>;

class Table {
 public:
  void row(std::string_view strategy, std::string_view metric, std::string_view statistic,
           std::string_view value, std::string_view unit) {
    text_ += csv_cell(strategy) + ',' + csv_cell(metric) + ',' + csv_cell(statistic) + ',';
    text_ += value;  // escaped by whoever knows whether it is a number
    text_ += ',' + csv_cell(unit) + "\r\n";
  }
  void number(std::string_view strategy, std::string_view metric, std::string_view statistic, Number value,
              std::string_view unit) {
    row(strategy, metric, statistic, value ? number_text(*value) : std::string(), unit);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

Number low_of(const std::optional<Interval>& i) { return i ? Number(i->low) : std::nullopt; }
Number high_of(const std::optional<Interval>& i) { return i ? Number(i->high) : std::nullopt; }

void write_run(Table& table, const Comparison& comparison) {
  const Provenance& from = comparison.provenance;
  table.row("", "run", "scenario", csv_cell(from.scenario_id), "");
  table.row("", "run", "hash", csv_cell(from.scenario_hash), "");
  table.row("", "run", "seed", std::to_string(from.seed), "");
  table.row("", "run", "replications", std::to_string(comparison.replications), "");
  table.row("", "run", "partial", from.is_partial ? "1" : "0", "");
  table.number("", "run", "quantile_relative_error", comparison.quantile_relative_error.value_or(0), "");
}

void write_metric(Table& table, std::string_view strategy, const MetricSummary& metric,
                  std::string_view harm_unit) {
  const MetricInfo& about = info(metric.metric);
  const auto put = [&](std::string_view statistic, Number value) {
    table.number(strategy, about.name, statistic, value, unit_name(about.unit, harm_unit));
  };
  put("mean", metric.mean);
  put("ci95_low", low_of(metric.ci95));
  put("ci95_high", high_of(metric.ci95));
  put("sd", metric.sd);
  for (std::size_t i = 0; i < kLevelCount; ++i) {
    const std::string name(kLevels[i].name);
    put(name, metric.quantiles[i].value);
    put(name + "_ci95_low", metric.quantiles[i].low);
    put(name + "_ci95_high", metric.quantiles[i].high);
  }
  put("cvar95", metric.cvar95);
  if (about.kind == MetricKind::time) {
    table.row(strategy, about.name, "censored", std::to_string(metric.censored), "replications");
  }
}

void write_probability(Table& table, std::string_view strategy, std::string_view metric,
                       std::string_view statistic, const ProbabilitySummary& p) {
  const std::string name(statistic);
  const std::string prefix = name == "mean" ? "" : name + "_";
  table.number(strategy, metric, name, p.mean, "probability");
  table.number(strategy, metric, prefix + "ci95_low", p.ci95.low, "probability");
  table.number(strategy, metric, prefix + "ci95_high", p.ci95.high, "probability");
}

void write_pair(Table& table, const Comparison& comparison, const PairSummary& pair) {
  const std::string who = comparison.strategies[pair.a].name + " vs " + comparison.strategies[pair.b].name;
  const MetricInfo& about = info(pair.metric);
  const auto put = [&](std::string_view statistic, Number value) {
    table.number(who, about.name, statistic, value, unit_name(about.unit, comparison.provenance.harm_unit));
  };
  put("mean_difference", pair.mean_difference);
  put("mean_difference_ci95_low", low_of(pair.ci95));
  put("mean_difference_ci95_high", high_of(pair.ci95));
  write_probability(table, who, about.name, "p_a_lower", pair.a_lower);
  write_probability(table, who, about.name, "p_equal", pair.tied);
  table.number(who, about.name, "correlation", pair.correlation, "");
}

void write_best(Table& table, const Comparison& comparison) {
  const std::string_view metric = info(comparison.best_metric).name;
  table.row(comparison.strategies[comparison.best.strategy].name, metric, "best", "1", "");
  for (const std::size_t tie : comparison.best.ties) {
    table.row(comparison.strategies[tie].name, metric, "tied_with_best", "1", "");
  }
}

}  // namespace

std::string csv_cell(std::string_view text) {
  constexpr std::string_view kStartsFormula = "=+-@\t\r";
  std::string cell;
  if (!text.empty() && kStartsFormula.find(text.front()) != std::string_view::npos) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string to_csv(const Comparison& comparison) {
  Table table;
  table.row("strategy", "metric", "statistic", "value", "unit");
  write_run(table, comparison);
  for (const StrategySummary& strategy : comparison.strategies) {
    for (const MetricSummary& metric : strategy.metrics) {
      write_metric(table, strategy.name, metric, comparison.provenance.harm_unit);
    }
    for (std::size_t e = 0; e < kEventCount; ++e) {
      write_probability(table, strategy.name, kEvents[e], "mean", strategy.probabilities[e]);
    }
  }
  for (const PairSummary& pair : comparison.pairs) write_pair(table, comparison, pair);
  write_best(table, comparison);
  return table.take();
}

}  // namespace breakglass::analysis
