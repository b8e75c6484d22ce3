#include "analysis/compare_json.hpp"

#include "analysis/json_writer.hpp"

namespace breakglass::analysis {
namespace {

using Bound = std::optional<double>;

void write_range(JsonWriter& json, std::string_view name, Bound low, Bound high) {
  json.key(name);
  json.open_array(Layout::line);
  json.value(low);
  json.value(high);
  json.close_array();
}

void write_interval(JsonWriter& json, const std::optional<Interval>& interval) {
  if (interval) {
    write_range(json, "ci95", interval->low, interval->high);
  } else {
    json.key("ci95");
    json.null();
  }
}

void write_probability(JsonWriter& json, std::string_view name, const ProbabilitySummary& p) {
  json.key(name);
  json.open_object(Layout::line);
  json.member("mean", p.mean);
  write_range(json, "ci95", p.ci95.low, p.ci95.high);
  json.close_object();
}

void write_metric(JsonWriter& json, const MetricSummary& metric, std::string_view harm_unit) {
  const MetricInfo& about = info(metric.metric);
  json.key(about.name);
  json.open_object(Layout::line);
  json.member("unit", unit_name(about.unit, harm_unit));
  json.member("mean", metric.mean);
  write_interval(json, metric.ci95);
  json.member("sd", metric.sd);
  for (std::size_t i = 0; i < kLevelCount; ++i) json.member(kLevels[i].name, metric.quantiles[i].value);
  json.member("cvar95", metric.cvar95);
  json.key("quantile_ci95");
  json.open_object();
  for (std::size_t i = 0; i < kLevelCount; ++i) {
    write_range(json, kLevels[i].name, metric.quantiles[i].low, metric.quantiles[i].high);
  }
  json.close_object();
  if (about.kind == MetricKind::time) json.member("censored", metric.censored);
  json.close_object();
}

void write_strategy(JsonWriter& json, const StrategySummary& strategy, std::string_view harm_unit) {
  json.open_object();
  json.member("name", strategy.name);
  json.key("metrics");
  json.open_object();
  for (const MetricSummary& metric : strategy.metrics) write_metric(json, metric, harm_unit);
  json.close_object();
  json.key("probabilities");
  json.open_object();
  for (std::size_t e = 0; e < kEventCount; ++e) {
    write_probability(json, kEvents[e], strategy.probabilities[e]);
  }
  json.close_object();
  json.close_object();
}

void write_pair(JsonWriter& json, const Comparison& comparison, const PairSummary& pair) {
  json.open_object(Layout::line);
  json.member("a", comparison.strategies[pair.a].name);
  json.member("b", comparison.strategies[pair.b].name);
  json.member("metric", info(pair.metric).name);
  json.member("mean_difference", pair.mean_difference);
  write_interval(json, pair.ci95);
  write_probability(json, "p_a_lower", pair.a_lower);
  write_probability(json, "p_equal", pair.tied);
  json.member("correlation", pair.correlation);
  json.close_object();
}

void write_best(JsonWriter& json, const Comparison& comparison) {
  json.key("best");
  json.open_object(Layout::line);
  json.member("metric", info(comparison.best_metric).name);
  json.member("strategy", comparison.strategies[comparison.best.strategy].name);
  json.key("ties");
  json.open_array();
  for (const std::size_t tie : comparison.best.ties) json.value(comparison.strategies[tie].name);
  json.close_array();
  json.close_object();
}

constexpr std::string_view kTruths[] = {"no", "undecided", "yes"};

void write_reading(JsonWriter& json, const Reading& reading) {
  const Quantity& q = reading.quantity;
  json.open_object(Layout::line);
  json.member("strategy", q.strategy);
  json.member("quantity", q.is_probability ? kEvents[index_of(q.event)] : info(q.metric).name);
  json.member("statistic", q.level ? kLevels[*q.level].name : "mean");
  json.member("value", reading.value);
  write_range(json, "ci95", reading.low, reading.high);
  json.close_object();
}

void write_gates(JsonWriter& json, std::span<const Judgement> gates) {
  json.key("gates");
  json.open_array();
  for (const Judgement& gate : gates) {
    json.open_object();
    json.member("fail_if", gate.text);
    json.member("holds", kTruths[static_cast<std::size_t>(gate.truth)]);
    json.key("findings");
    json.open_array();
    for (const Finding& finding : gate.findings) {
      json.open_object();
      if (!finding.strategy.empty()) json.member("strategy", finding.strategy);
      json.member("holds", kTruths[static_cast<std::size_t>(finding.truth)]);
      json.key("readings");
      json.open_array();
      for (const Reading& reading : finding.readings) write_reading(json, reading);
      json.close_array();
      json.close_object();
    }
    json.close_array();
    json.close_object();
  }
  json.close_array();
}

void write_head(JsonWriter& json, const Comparison& comparison, ProgramInfo program) {
  write_program(json, program);
  json.key("scenario");
  json.open_object(Layout::line);
  json.member("id", comparison.provenance.scenario_id);
  json.member("hash", comparison.provenance.scenario_hash);
  json.close_object();
  json.member("seed", comparison.provenance.seed);
  json.member("replications", comparison.replications);
  json.member("partial", comparison.provenance.is_partial);
  json.key("quantiles");
  json.open_object(Layout::line);
  json.member("from", comparison.quantile_relative_error ? "sketch" : "sample");
  json.member("relative_error", comparison.quantile_relative_error.value_or(0));
  json.close_object();
}

}  // namespace

std::string to_json(const Comparison& comparison, ProgramInfo program, std::span<const Judgement> gates) {
  JsonWriter json;
  json.open_object();
  write_head(json, comparison, program);
  json.key("strategies");
  json.open_array();
  for (const StrategySummary& strategy : comparison.strategies) {
    write_strategy(json, strategy, comparison.provenance.harm_unit);
  }
  json.close_array();
  json.key("paired");
  json.open_array();
  for (const PairSummary& pair : comparison.pairs) write_pair(json, comparison, pair);
  json.close_array();
  write_best(json, comparison);
  if (!gates.empty()) write_gates(json, gates);
  json.close_object();
  return json.take();
}

}  // namespace breakglass::analysis
