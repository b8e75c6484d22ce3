#include "analysis/compare.hpp"
#include "analysis/json_writer.hpp"
#include "cli/timeline_report.hpp"

namespace breakglass::cli {
namespace {

using analysis::JsonWriter;
using analysis::Layout;

std::string_view kind_name(analysis::LineKind kind) {
  switch (kind) {
    case analysis::LineKind::event: return "event";
    case analysis::LineKind::dashboard: return "dashboard";
    case analysis::LineKind::decision: return "decision";
    case analysis::LineKind::fact: return "fact";
    case analysis::LineKind::hindsight: return "hindsight";
  }
  return "";
}

// What only hindsight tells.
bool is_hidden(analysis::Metric metric) {
  using analysis::Metric;
  switch (metric) {
    case Metric::time_to_ship_s:
    case Metric::time_to_full_s:
    case Metric::time_to_close_s: return false;
    default: return true;
  }
}
bool is_hidden(analysis::Event event) {
  using analysis::Event;
  switch (event) {
    case Event::rolled_back:
    case Event::rollback_failed:
    case Event::full_within_2h:
    case Event::approval_refused: return false;
    default: return true;
  }
}

void write_line(JsonWriter& json, const analysis::TimelineLine& line, bool hindsight) {
  json.open_object(Layout::line);
  json.member("at_s", sim::to_seconds(line.at));
  json.member("clock", std::string_view(line.clock));
  json.member("kind", kind_name(line.kind));
  json.member("text", std::string_view(line.text));
  json.member("belief", line.belief < 0 ? std::optional<double>() : std::optional<double>(line.belief));
  json.member("harm", hindsight ? std::optional<double>(line.harm) : std::optional<double>());
  json.member("harm_reckoned", line.reckoned);
  json.close_object();
}

std::optional<double> seconds_of(sim::Time at) {
  return at == sim::kNever ? std::optional<double>() : std::optional<double>(sim::to_seconds(at));
}

void write_known(JsonWriter& json, const analysis::Known& known) {
  json.key("known");
  json.open_object();
  json.member("harm_reckoned", known.harm);
  json.member("resolution_verified_s", seconds_of(known.verified_at));
  json.member("regression_found_s", seconds_of(known.found_at));
  json.member("deadline_missed", known.deadline_missed);
  json.close_object();
}

void write_outcome(JsonWriter& json, const analysis::OutcomeRow& row, std::string_view harm_unit,
                   bool hindsight) {
  json.key("outcome");
  json.open_object();
  json.key("metrics");
  json.open_object();
  for (std::size_t m = 0; m < analysis::kMetricCount; ++m) {
    const analysis::MetricInfo& about = analysis::kMetrics[m];
    json.key(about.name);
    json.open_object(Layout::line);
    json.member("unit", analysis::unit_name(about.unit, harm_unit));
    const auto metric = static_cast<analysis::Metric>(m);
    const bool is_missing = analysis::is_censored(row, metric) || (!hindsight && is_hidden(metric));
    json.member("value", is_missing ? std::optional<double>() : std::optional<double>(row.value[m]));
    json.close_object();
  }
  json.close_object();
  json.key("events");
  json.open_object();
  for (std::size_t e = 0; e < analysis::kEventCount; ++e) {
    const auto event = static_cast<analysis::Event>(e);
    const bool is_missing = !hindsight && is_hidden(event);
    json.member(analysis::kEvents[e],
                is_missing ? std::optional<bool>() : std::optional<bool>(analysis::happened(row, event)));
  }
  json.close_object();
  json.close_object();
}

}  // namespace

std::string timeline_json(const analysis::Timeline& timeline, const TimelineAbout& about) {
  JsonWriter json;
  json.open_object();
  json.key("program");
  json.open_object(Layout::line);
  json.member("name", "breakglass");
  json.member("version", BREAKGLASS_VERSION);
  json.close_object();
  json.key("scenario");
  json.open_object(Layout::line);
  json.member("id", std::string_view(about.scenario));
  json.member("hash", std::string_view(about.hash));
  json.close_object();
  json.member("strategy", std::string_view(about.strategy));
  json.member("seed", about.seed);
  json.member("replication", static_cast<std::uint64_t>(about.replication));
  json.member("harm_unit", std::string_view(about.harm_unit));
  json.member("hindsight", about.hindsight);
  json.key("timeline");
  json.open_array();
  for (const analysis::TimelineLine& line : timeline.lines) write_line(json, line, about.hindsight);
  json.close_array();
  write_known(json, timeline.known);
  write_outcome(json, analysis::row_of(timeline.outcome, sim::from_seconds(about.horizon_s)), about.harm_unit,
                about.hindsight);
  json.close_object();
  return json.take();
}

}  // namespace breakglass::cli
